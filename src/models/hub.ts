/** Fetches a model of the registry from its hub into the browser's store. On models.html alone: no other page may. */
import type { ModelCache } from './cache.ts';
import { download, ModelError } from './download.ts';
import type { FileEntry } from './manifest.ts';
import type { Registry, RegistryFile, RegistryModel } from './registry.ts';
import { entryOf, hubAddress, parseRegistry } from './registry.ts';
import type { Surroundings } from './store.ts';
import { openCache, ownFetch } from './store.ts';

export interface HubOptions extends Surroundings {
  readonly hub: URL;
  readonly signal?: AbortSignal;
  /** Bytes that are here, of about `RegistryModel.bytes`. */
  readonly onProgress?: (done: number) => void;
}

/** How far the fetched files could be checked. */
export interface Fetched {
  readonly bytes: number;
  /** Paths whose SHA-256 stands in the registry. */
  readonly pinned: readonly string[];
  /** Paths that were taken as they first came; the store remembers their hashes. */
  readonly trusted: readonly string[];
}

/**
 * The site's registry.
 * @throws ModelError if it cannot be fetched or read.
 */
export async function loadRegistry(base: URL, { fetch = ownFetch }: Surroundings = {}): Promise<Registry> {
  try {
    const response = await fetch(new URL('registry.json', base), { cache: 'no-cache' });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return parseRegistry(await response.json());
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ModelError('manifest', `The list of models (models/registry.json) could not be loaded: ${why}.`, {
      cause,
    });
  }
}

/**
 * Fetches what is missing, verifies it, and makes the model one of `storedModels()`. Resumes by file.
 * @throws ModelError with a sentence that names the file, or says that the browser will not store it;
 * the signal's reason when it is aborted.
 */
export async function fetchFromHub(model: RegistryModel, options: HubOptions): Promise<Fetched> {
  const cache = await openCache(options);
  if (!cache)
    throw new ModelError('storage', `This browser stores nothing for this page, so ${model.id} cannot be kept.`);
  const before = new Map((await cache.begun(model.id))?.files.map((file) => [file.path, file]));
  const files: FileEntry[] = [];
  let done = 0;
  for (const file of model.files) {
    options.signal?.throwIfAborted();
    const expected = file.sha256 ?? (await cache.seen(seenName(model, file)));
    const kept = await stillThere(cache, before.get(file.path), expected);
    const entry = kept ?? (await fetchFile(cache, model, { ...file, sha256: expected }, options, done));
    files.push(entry);
    await cache.putBegun(entryOf(options.hub, model, files));
    done += entry.bytes;
    options.onProgress?.(done);
  }
  if (!(await cache.putRecord(entryOf(options.hub, model, files)))) throw full(model);
  await cache.deleteBegun(model.id);
  await cache.deleteStale();
  const paths = (known: boolean) => model.files.filter((f) => (f.sha256 !== null) === known).map(({ path }) => path);
  return { bytes: done, pinned: paths(true), trusted: paths(false) };
}

const seenName = (model: RegistryModel, file: RegistryFile) =>
  `${model.repository}@${model.revision ?? 'main'}/${file.path}`;

async function stillThere(
  cache: ModelCache,
  file: FileEntry | undefined,
  expected: string | null,
): Promise<FileEntry | null> {
  if (!file || file.sha256 !== expected) return null;
  return (await cache.blob(file.sha256, file.bytes)) && file;
}

async function fetchFile(
  cache: ModelCache,
  model: RegistryModel,
  file: RegistryFile,
  { hub, signal, onProgress, fetch = ownFetch }: HubOptions,
  done: number,
): Promise<FileEntry> {
  const named = { ...file, path: `${model.id}/${file.path}` };
  const { blob, sha256 } = await download(hubAddress(hub, model, file.path), named, {
    fetch,
    onBytes: (arrived) => onProgress?.(done + arrived),
    ...(signal ? { signal } : {}),
  });
  if (!(await cache.put(sha256, blob))) throw full(model);
  await cache.putSeen(seenName(model, file), sha256);
  const piece = { bytes: blob.size, sha256 };
  return { path: file.path, ...piece, parts: [{ path: named.path, ...piece }] };
}

function full(model: RegistryModel): ModelError {
  const what = `The browser has no room left for ${model.id}`;
  return new ModelError('storage', `${what}: free some space or remove another model, then try again.`);
}
