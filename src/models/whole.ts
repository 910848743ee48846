/** Whether what the browser has stored still is what was stored. */
import type { FileEntry } from './manifest.ts';
import { sha256 } from './sha256.ts';

/**
 * True if every part of the file has its SHA-256. Part by part, so that no more than one of them is in memory: a file
 * of the right length may be damaged, or lie on a disk that is not there any more.
 */
export async function isWhole(
  stored: Blob,
  { parts }: Pick<FileEntry, 'parts'>,
  signal?: AbortSignal,
): Promise<boolean> {
  let at = 0;
  for (const { bytes, sha256: expected } of parts) {
    signal?.throwIfAborted();
    const part = stored.slice(at, at + bytes);
    if ((await sha256(part).catch(() => '')) !== expected) return false;
    at += bytes;
  }
  return at === stored.size;
}
