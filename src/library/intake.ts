/** What happens to files that arrive: new, the same again, another version, or two of one name in one drop. */
import type { Incoming } from './state.ts';

/** Files over this many bytes are not read. */
export const mostBytes = 200 * 1024 * 1024;

/** A free path like `path`: `a/lease.pdf` becomes `a/lease (2).pdf`. */
export function numbered(path: string, taken: (path: string) => boolean): string {
  if (!taken(path)) return path;
  const at = path.lastIndexOf('/') + 1;
  const dot = path.lastIndexOf('.');
  const [stem, extension] = dot > at ? [path.slice(0, dot), path.slice(dot)] : [path, ''];
  for (let n = 2; ; n++) {
    const candidate = `${stem} (${n})${extension}`;
    if (!taken(candidate)) return candidate;
  }
}

/**
 * Two loose files of one name in one drop are two documents: the second gets a number, and so on.
 * Files of one path in different drops are versions of one document and keep their path.
 */
export function distinctPaths(files: readonly Incoming[]): Incoming[] {
  const seen = new Set<string>();
  return files.map(({ path, file }) => {
    const own = numbered(path, (candidate) => seen.has(candidate));
    seen.add(own);
    return { path: own, file };
  });
}

/** Equal bytes. Both are read only when their sizes agree. */
export async function sameBytes(a: Blob, b: Blob): Promise<boolean> {
  if (a.size !== b.size) return false;
  const step = 4 * 1024 * 1024;
  for (let at = 0; at < a.size; at += step) {
    const [x, y] = await Promise.all([a, b].map((blob) => blob.slice(at, at + step).arrayBuffer()));
    const [left, right] = [new Uint8Array(x!), new Uint8Array(y!)];
    for (let i = 0; i < left.length; i++) if (left[i] !== right[i]) return false;
  }
  return true;
}

/** A person who asked for all of a file waits so many times as long. */
const patience = 10;

/** How long reading a file may take, in milliseconds: a minute, and a second for each megabyte. */
export function readingBudget(bytes: number, patient = false): number {
  return (60_000 + (bytes / 1_000_000) * 1000) * (patient ? patience : 1);
}

/** How long recognising the text of one picture may take, in milliseconds. */
export const pictureBudget = 120_000;
