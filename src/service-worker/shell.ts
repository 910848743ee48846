/**
 * The page's own files in Cache Storage: verified by SHA-256 when they are stored, and stored with the headers
 * they are answered with. One cache a build; models are kept elsewhere (src/models).
 */
import { contentTypeOf } from '../content-type.ts';
import { headersOf } from '../policy.ts';
import { filesToKeep, hasSimd, type SiteFile, type SiteFiles } from './files.ts';

/** Begins the name of every cache of the page's own files. */
export const SHELL_PREFIX = 'carrel-shell-';
const AT_ONCE = 6;

export interface Shell {
  /** Stores what is missing. @throws Error with a sentence that names the file that could not be kept. */
  keep(onProgress: (done: number, total: number) => void): Promise<void>;
  /** The kept response for a path inside the build; undefined if it is not kept. */
  find(path: string): Promise<Response | undefined>;
  /** Deletes the caches of other builds. */
  deleteOthers(): Promise<void>;
}

/**
 * @param base the folder that the page is served from, ending in `/`
 * @param build the hash of the build that this service worker belongs to
 * @param ask fetches over the network
 */
export function openShell(base: string, build: string, ask: (url: string) => Promise<Response>): Shell {
  // Pages of several folders of one origin share Cache Storage.
  const own = `${SHELL_PREFIX}${new URL(base).pathname}-`;
  const name = own + build;
  const address = (path: string): string => base + path;

  return {
    async keep(onProgress) {
      const { files } = await fetchList();
      const wanted = filesToKeep(files, hasSimd());
      const total = wanted.reduce((sum, file) => sum + file.bytes, 0);
      const cache = await caches.open(name);
      const kept = new Set((await cache.keys()).map((request) => request.url));
      let done = 0;
      const count = (file: SiteFile): void => onProgress((done += file.bytes), total);
      const missing = wanted.filter((file) => !kept.has(address(file.path)));
      wanted.filter((file) => kept.has(address(file.path))).forEach(count);
      await inParallel(missing, AT_ONCE, async (file) => {
        const bytes = (await fromOtherBuild(file)) ?? (await fetchVerified(file));
        await cache.put(address(file.path), answer(file.path, bytes));
        count(file);
      });
    },

    async find(path) {
      const cache = await caches.open(name);
      return cache.match(address(path));
    },

    async deleteOthers() {
      const others = (await caches.keys()).filter((other) => other.startsWith(own) && other !== name);
      await Promise.all(others.map((other) => caches.delete(other)));
    },
  };

  async function fetchList(): Promise<SiteFiles> {
    const kept = await (await caches.open(name)).match(address('files.json'));
    if (kept) return (await kept.json()) as SiteFiles;
    const response = await get('files.json');
    const list = (await response.clone().json()) as SiteFiles;
    if (list.build !== build) throw new Error('The page was changed on its server a moment ago; reload it to go on.');
    await (await caches.open(name)).put(address('files.json'), answer('files.json', await response.arrayBuffer()));
    return list;
  }

  /** Bytes that an earlier build has kept under the same hash need not come over the network again. */
  async function fromOtherBuild(file: SiteFile): Promise<ArrayBuffer | null> {
    for (const other of await caches.keys()) {
      if (!other.startsWith(own) || other === name) continue;
      const kept = await (await caches.open(other)).match(address(file.path));
      const bytes = await kept?.arrayBuffer();
      if (bytes && (await sha256(bytes)) === file.sha256) return bytes;
    }
    return null;
  }

  async function fetchVerified(file: SiteFile): Promise<ArrayBuffer> {
    const bytes = await (await get(file.path)).arrayBuffer();
    if ((await sha256(bytes)) !== file.sha256) {
      throw new Error(`The file ${file.path} came damaged (${bytes.byteLength} of ${file.bytes} bytes).`);
    }
    return bytes;
  }

  async function get(path: string): Promise<Response> {
    const response = await ask(address(path)).catch(() => null);
    if (!response) throw new Error(`The file ${path} could not be fetched: the server does not answer.`);
    if (!response.ok) throw new Error(`The file ${path} could not be fetched: the server answered ${response.status}.`);
    return response;
  }
}

function answer(path: string, bytes: ArrayBuffer): Response {
  return new Response(bytes, { headers: { 'Content-Type': contentTypeOf(path), ...headersOf(path) } });
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
