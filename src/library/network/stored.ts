/** What this page has stored in the browser, store by store. */
import { CACHE_NAME } from '../../models/cache.ts';
import type { SiteFiles } from '../../service-worker/files.ts';
import { SHELL_PREFIX } from '../../service-worker/shell.ts';
import { databaseName } from '../kept/browser.ts';
import type { CollectionInfo } from '../state.ts';

export interface Stored {
  readonly what: 'models' | 'own-files' | 'collections' | 'settings' | 'others';
  readonly bytes: number;
  /** How many: model files, files of the page, collections, entries, stores of others. */
  readonly number: number;
  /** Where the browser has it: `Cache Storage`, `IndexedDB`, `Local storage`. */
  readonly where: string;
  /** Names of what is in it, where that tells something. */
  readonly names: readonly string[];
}

/** @param collections those that are kept, with their sizes */
export async function listStored(collections: readonly CollectionInfo[]): Promise<readonly Stored[]> {
  // Without a secure address there is no Cache Storage at all.
  const names = 'caches' in globalThis ? await caches.keys().catch((): string[] => []) : [];
  const shells = names.filter((name) => name.startsWith(SHELL_PREFIX));
  const [models, ownFiles, others] = await Promise.all([
    storedModels(names),
    Promise.all(shells.map(shellFiles)),
    otherStores(names.filter((name) => name !== CACHE_NAME && !shells.includes(name))),
  ]);
  const files = ownFiles.flat();
  const settings = ownEntries();
  return [
    models,
    { what: 'own-files', bytes: sum(files), number: files.length, where: 'Cache Storage', names: [] },
    {
      what: 'collections',
      bytes: collections.reduce((total, { bytes }) => total + bytes, 0),
      number: collections.length,
      where: 'IndexedDB',
      names: collections.map(({ name }) => name),
    },
    {
      what: 'settings',
      bytes: settings.reduce((total, [key, value]) => total + 2 * (key.length + value.length), 0),
      number: settings.length,
      where: 'Local storage',
      names: settings.map(([key]) => key),
    },
    { what: 'others', bytes: 0, number: others.length, where: '', names: others },
  ];
}

async function storedModels(names: readonly string[]): Promise<Stored> {
  const sizes: number[] = [];
  if (names.includes(CACHE_NAME)) {
    const cache = await caches.open(CACHE_NAME);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      sizes.push(Number(response?.headers.get('content-length') ?? 0));
    }
  }
  const files = sizes.filter((size) => size > 0);
  return { what: 'models', bytes: sum(files), number: files.length, where: 'Cache Storage', names: [] };
}

/** Sizes of the page's own files in one cache, by the list that is kept with them: nothing need be read. */
async function shellFiles(name: string): Promise<number[]> {
  const cache = await caches.open(name);
  const kept = (await cache.keys()).map(({ url }) => url);
  const list = kept.find((url) => url.endsWith('/files.json'));
  const { files } = list ? ((await (await cache.match(list))?.json()) as SiteFiles) : { files: [] };
  const base = list?.slice(0, -'files.json'.length) ?? '';
  const sizes = new Map(files.map(({ path, bytes }) => [new URL(path, base || undefined).href, bytes]));
  return kept.map((url) => sizes.get(url) ?? 0);
}

/** Local storage that is ours. */
function ownEntries(): (readonly [string, string])[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith('carrel.'))
      .map((key) => [key, localStorage.getItem(key) ?? ''] as const);
  } catch {
    // Refused storage holds nothing.
    return [];
  }
}

/** Whatever else lies under this address: of other pages that share it, since nothing here puts it there. */
async function otherStores(otherCaches: readonly string[]): Promise<string[]> {
  const databases = (await indexedDB.databases?.().catch(() => [])) ?? [];
  const local = ((): string[] => {
    try {
      return Object.keys(localStorage).filter((key) => !key.startsWith('carrel.'));
    } catch {
      return [];
    }
  })();
  const cookies = document.cookie === '' ? [] : document.cookie.split('; ').map((cookie) => cookie.split('=')[0] ?? '');
  return [
    ...otherCaches.map((name) => `cache ${name}`),
    ...databases.flatMap(({ name }) => (name === undefined || name === databaseName ? [] : [`database ${name}`])),
    ...local.map((key) => `entry ${key}`),
    ...cookies.map((name) => `cookie ${name}`),
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
