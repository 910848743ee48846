/**
 * Where verified model files lie: one cache of Cache Storage, whose Blobs the browser keeps on disk.
 * A file or part is stored under its SHA-256, a model's record (its manifest entry) under the model's id.
 */
import type { ModelEntry } from './manifest.ts';
import { parseModelEntry } from './manifest.ts';

export const CACHE_NAME = 'carrel-models';

/** What is used of Cache Storage. */
export interface Storage {
  open(name: string): Promise<Pick<Cache, 'match' | 'put' | 'delete' | 'keys'>>;
}

// A host that cannot exist: the keys are names, never fetched, and equal no request of the page.
const BLOBS = 'https://models.invalid/sha256/';
const RECORDS = 'https://models.invalid/record/';
const BEGUN = 'https://models.invalid/begun/';
const SEEN = 'https://models.invalid/seen/';

export class ModelCache {
  private constructor(private readonly cache: Awaited<ReturnType<Storage['open']>>) {}

  /** Null where the browser has no Cache Storage or refuses it: an insecure page, some private windows. */
  static async open(storage: Storage | null | undefined): Promise<ModelCache | null> {
    try {
      return storage ? new ModelCache(await storage.open(CACHE_NAME)) : null;
    } catch {
      return null;
    }
  }

  /** The stored bytes under a hash; null if there are none, or not as many as they should be. */
  async blob(sha256: string, bytes: number): Promise<Blob | null> {
    try {
      const blob = await (await this.cache.match(BLOBS + sha256))?.blob();
      return blob?.size === bytes ? blob : null;
    } catch {
      return null; // An unreadable copy is as good as none: it is fetched again.
    }
  }

  /** Whether there is something under a hash; `blob` tells whether it can be read. */
  async has(sha256: string): Promise<boolean> {
    return (await this.cache.match(BLOBS + sha256)) !== undefined;
  }

  /** False if the browser would not take it: storage full or refused. */
  async put(sha256: string, blob: Blob): Promise<boolean> {
    return this.write(BLOBS + sha256, new Response(blob, { headers: { 'content-length': String(blob.size) } }));
  }

  async delete(sha256: string): Promise<void> {
    await this.cache.delete(BLOBS + sha256);
  }

  /** The record of a complete or half-fetched model; null if there is none, or one that this page does not read. */
  async record(id: string): Promise<ModelEntry | null> {
    return this.read(RECORDS + id);
  }

  async putRecord(entry: ModelEntry): Promise<boolean> {
    return this.write(RECORDS + entry.id, Response.json(entry));
  }

  /** The files that have come of a model whose list of hashes is not known before it is complete. */
  async begun(id: string): Promise<ModelEntry | null> {
    return this.read(BEGUN + id);
  }

  async putBegun(entry: ModelEntry): Promise<boolean> {
    return this.write(BEGUN + entry.id, Response.json(entry));
  }

  async deleteBegun(id: string): Promise<void> {
    await this.cache.delete(BEGUN + id);
  }

  async deleteRecord(id: string): Promise<void> {
    await this.cache.delete(RECORDS + id);
  }

  async records(): Promise<ModelEntry[]> {
    return this.all(RECORDS);
  }

  /** The SHA-256 that a file without a known one had when it first came; it outlives the model. */
  async seen(name: string): Promise<string | null> {
    return (await (await this.cache.match(SEEN + encodeURIComponent(name)))?.text()) ?? null;
  }

  async putSeen(name: string, sha256: string): Promise<void> {
    await this.write(SEEN + encodeURIComponent(name), new Response(sha256));
  }

  /** Deletes every blob that no record names: those of an earlier version or of a removed model. */
  async deleteStale(): Promise<void> {
    const files = [...(await this.all(RECORDS)), ...(await this.all(BEGUN))].flatMap((entry) => entry.files);
    const named = new Set(files.flatMap((file) => [file.sha256, ...file.parts.map(({ sha256 }) => sha256)]));
    for (const url of await this.names()) {
      if (url.startsWith(BLOBS) && !named.has(url.slice(BLOBS.length))) await this.cache.delete(url);
    }
  }

  private async all(kind: string): Promise<ModelEntry[]> {
    const entries = (await this.names()).filter((url) => url.startsWith(kind)).map((url) => this.read(url));
    return (await Promise.all(entries)).filter((entry) => entry !== null);
  }

  private async read(name: string): Promise<ModelEntry | null> {
    const response = await this.cache.match(name);
    try {
      return response ? parseModelEntry(await response.json(), 'a stored record') : null;
    } catch {
      return null;
    }
  }

  private async names(): Promise<string[]> {
    return (await this.cache.keys()).map(({ url }) => url);
  }

  private async write(name: string, response: Response): Promise<boolean> {
    try {
      await this.cache.put(name, response);
      return true;
    } catch {
      return false;
    }
  }
}
