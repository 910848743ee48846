/** One file of a model from its parts: stored parts first, the others fetched, each verified, then the whole if any is new. */
import type { ModelCache } from './cache.ts';
import type { Fetch } from './download.ts';
import { download, ModelError } from './download.ts';
import type { FileEntry } from './manifest.ts';
import { sha256 } from './sha256.ts';
import { isWhole } from './whole.ts';

export interface Assembly {
  readonly cache: ModelCache | null;
  /** The folder that part paths are relative to. */
  readonly base: URL;
  readonly fetch: Fetch;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of this file that are here. */
  readonly onBytes: (done: number) => void;
}

interface Kept {
  readonly blob: Blob;
  /** Whether the browser's store holds it: all of its parts, or the whole, as earlier versions of the page stored it. */
  readonly stored: boolean;
}

/** @throws ModelError if a part or the joined file is not what `file` says; the signal's reason when aborted. */
export async function assembleFile(file: FileEntry, assembly: Assembly): Promise<Kept> {
  const { cache, signal, onBytes } = assembly;
  const found = await cache?.blob(file.sha256, file.bytes);
  if (found && (await isWhole(found, file, signal))) {
    onBytes(file.bytes);
    return { blob: found, stored: true };
  }
  if (found) await cache?.delete(file.sha256);
  const parts: Kept[] = [];
  let fetched = 0;
  let done = 0;
  for (const part of file.parts) {
    const stored = await cache?.blob(part.sha256, part.bytes);
    if (stored && (await isWhole(stored, { parts: [part] }, signal))) {
      parts.push({ blob: stored, stored: true });
    } else {
      const before = done;
      const { blob } = await download(new URL(part.path, assembly.base), part, {
        fetch: assembly.fetch,
        onBytes: (arrived) => onBytes(before + arrived),
        ...(signal ? { signal } : {}),
      });
      parts.push(await keep(cache, part.sha256, blob));
      fetched++;
    }
    done += part.bytes;
    onBytes(done);
  }
  const [only] = parts;
  if (only && parts.length === 1 && file.parts[0]?.sha256 === file.sha256) return only;

  // Stored as its parts: written as a whole too, each byte would be written twice, and need twice the room meanwhile.
  const whole = new Blob(parts.map(({ blob }) => blob));
  if (fetched > 0 && (await sha256(whole, signal ? { signal } : {})) !== file.sha256) {
    // Else the stored parts would pass for a complete model.
    for (const part of file.parts) await cache?.delete(part.sha256);
    const where = file.parts.map(({ path }) => path).join(', ');
    const what = `its parts (${where}) are right, but joined they have another SHA-256`;
    throw new ModelError('damaged', `The model file ${file.path} is damaged: ${what}. The site was published wrongly.`);
  }
  return { blob: whole, stored: parts.every(({ stored }) => stored) };
}

/** Stores a blob and reads it back, so that what was fetched into memory can be let go. */
async function keep(cache: ModelCache | null, hash: string, blob: Blob): Promise<Kept> {
  const back = (await cache?.put(hash, blob)) ? await cache?.blob(hash, blob.size) : null;
  return back ? { blob: back, stored: true } : { blob, stored: false };
}
