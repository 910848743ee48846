/** A model's files for a worker: from the browser's store, else fetched in parts, verified and stored. Main thread only. */
import { assembleFile } from './assemble.ts';
import type { Storage } from './cache.ts';
import { ModelCache } from './cache.ts';
import type { Fetch } from './download.ts';
import { ModelError } from './download.ts';
import type { FileEntry, Manifest, ModelEntry } from './manifest.ts';
import { ManifestError, modelBytes, parseManifest } from './manifest.ts';
import { isWhole } from './whole.ts';

export { ModelError } from './download.ts';

/** A model ready to be handed to a worker; Blobs cross by reference. */
export interface ModelFiles {
  readonly id: string;
  readonly entry: ModelEntry;
  /** Path in the model's folder -> the whole, verified file. */
  readonly files: ReadonlyMap<string, Blob>;
  /** `memory`: the browser has not stored all of it; it must be fetched again on the next visit. */
  readonly kept: 'stored' | 'memory';
}

/** The browser's own `fetch` and Cache Storage unless a test gives others; `storage: null` means there is none. */
export interface Surroundings {
  readonly fetch?: Fetch;
  readonly storage?: Storage | null;
}

export interface OpenOptions extends Surroundings {
  /** The folder of `manifest.json`, with its final slash. */
  readonly base: URL;
  readonly signal?: AbortSignal;
  /** Bytes of the model's files that are here already, and of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

export const ownFetch: Fetch = (url, init) => globalThis.fetch(url, init);

// Asking for `caches` throws in a sandboxed frame.
function ownStorage(): Storage | null {
  try {
    return globalThis.caches ?? null;
  } catch {
    return null;
  }
}

/** The store; null where the browser has none. */
export const openCache = ({ storage = ownStorage() }: Surroundings) => ModelCache.open(storage);

/**
 * The manifest of the models that this site ships.
 * @throws ModelError if it cannot be fetched or read; the signal's reason when it is aborted.
 */
export async function loadManifest({ base, signal, fetch = ownFetch }: OpenOptions): Promise<Manifest> {
  const failed = (code: ModelError['code'], why: string, cause?: unknown) =>
    new ModelError(code, `The list of models (models/manifest.json) could not be loaded: ${why}.`, { cause });
  let response: Response;
  try {
    response = await fetch(new URL('manifest.json', base), { cache: 'no-cache', ...(signal ? { signal } : {}) });
  } catch (cause) {
    signal?.throwIfAborted();
    throw failed('network', 'the server cannot be reached', cause);
  }
  if (!response.ok) throw failed('missing', `the server answered ${response.status}`);
  try {
    return parseManifest(await response.json());
  } catch (cause) {
    signal?.throwIfAborted();
    throw failed('manifest', cause instanceof ManifestError ? cause.message : 'it is not JSON', cause);
  }
}

/**
 * A model that the manifest lists, complete and verified. What the store holds is not fetched; a broken download goes
 * on with the first missing part. With the manifest out of reach (offline) a complete stored copy serves.
 * @throws ModelError with a sentence that names the file; the signal's reason when it is aborted.
 */
export async function openModel(id: string, options: OpenOptions): Promise<ModelFiles> {
  const cache = await openCache(options);
  let entry: ModelEntry | undefined;
  try {
    entry = (await loadManifest(options)).models.find((model) => model.id === id);
  } catch (error) {
    const stored = options.signal?.aborted ? null : await fromCache(cache, id);
    if (stored) return stored;
    throw error;
  }
  if (!entry) {
    const stored = await fromCache(cache, id);
    if (stored) return stored;
    throw new ModelError('unknown', `The model ${id} is neither on this site nor stored in this browser.`);
  }
  return fetchModel(entry, cache, options);
}

/** A model that is complete in the store, the site's or one from the hub; null if it is not there. Fetches nothing. */
export async function openStoredModel(id: string, surroundings: Surroundings = {}): Promise<ModelFiles | null> {
  return fromCache(await openCache(surroundings), id);
}

/** The entries of all models that are complete in the store. */
export async function storedModels(surroundings: Surroundings = {}): Promise<ModelEntry[]> {
  const cache = await openCache(surroundings);
  const complete: ModelEntry[] = [];
  for (const entry of (await cache?.records()) ?? []) {
    if ((await missing(entry, cache)) === 0) complete.push(entry);
  }
  return complete;
}

/** Takes a model out of the store, with everything that no other model shares. */
export async function removeModel(id: string, surroundings: Surroundings = {}): Promise<void> {
  const cache = await openCache(surroundings);
  await cache?.deleteRecord(id);
  await cache?.deleteBegun(id);
  await cache?.deleteStale();
}

/** Bytes of a model that `openModel` would still have to fetch. */
export async function missingBytes(entry: ModelEntry, surroundings: Surroundings = {}): Promise<number> {
  return missing(entry, await openCache(surroundings));
}

async function missing(entry: ModelEntry, cache: ModelCache | null): Promise<number> {
  if (!cache) return modelBytes(entry);
  let bytes = 0;
  for (const file of entry.files) {
    if (await cache.has(file.sha256)) continue;
    for (const part of file.parts) if (!(await cache.has(part.sha256))) bytes += part.bytes;
  }
  return bytes;
}

async function fromCache(cache: ModelCache | null, id: string): Promise<ModelFiles | null> {
  const entry = await cache?.record(id);
  if (!cache || !entry) return null;
  const files = new Map<string, Blob>();
  for (const file of entry.files) {
    const blob = (await cache.blob(file.sha256, file.bytes)) ?? (await joinStored(file, cache));
    if (!blob || !(await isWhole(blob, file))) return null;
    files.set(file.path, blob);
  }
  return { id, entry, files, kept: 'stored' };
}

/** A file that is stored as its parts. */
async function joinStored(file: FileEntry, cache: ModelCache): Promise<Blob | null> {
  const parts: Blob[] = [];
  for (const part of file.parts) {
    const blob = await cache.blob(part.sha256, part.bytes);
    if (!blob) return null;
    parts.push(blob);
  }
  return new Blob(parts);
}

async function fetchModel(entry: ModelEntry, cache: ModelCache | null, options: OpenOptions): Promise<ModelFiles> {
  // The record goes first: it tells later visits which parts to keep, and frees an earlier version's space.
  let stored = (await cache?.putRecord(entry)) ?? false;
  await cache?.deleteStale();
  const total = modelBytes(entry);
  const files = new Map<string, Blob>();
  let done = 0;
  for (const file of entry.files) {
    options.signal?.throwIfAborted();
    const before = done;
    const kept = await assembleFile(file, {
      cache,
      base: options.base,
      fetch: options.fetch ?? ownFetch,
      signal: options.signal,
      onBytes: (bytes) => options.onProgress?.(before + bytes, total),
    });
    files.set(file.path, kept.blob);
    stored &&= kept.stored;
    done += file.bytes;
  }
  return { id: entry.id, entry, files, kept: stored ? 'stored' : 'memory' };
}
