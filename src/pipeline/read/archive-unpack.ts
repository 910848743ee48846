/** Unpacks a ZIP's files within limits, and says of each that stays packed why. */
import { inflateSync } from 'fflate';
import type { InnerFile } from '../document.ts';
import { crc32 } from './crc32.ts';
import { detect } from './detect.ts';
import { UniquePaths, depthIn, safePath } from './inner.ts';
import { packedBytes } from './zip.ts';
import type { DirectoryEntry } from './zip.ts';

/** Archives inside archives: the files of those deeper than this are listed only. */
const MAX_DEPTH = 3;
const MAX_FILES = 2000;
const MAX_TOTAL = 500 * 1024 * 1024;
/** A file that unpacks to more than a megabyte must not grow more than this many times. */
const MAX_RATIO = 100;
const RATIO_FROM = 1024 * 1024;

export interface Unpacked {
  /** Every file that is not hidden, by its harmless path; sizes are bytes. */
  readonly listed: readonly { readonly path: string; readonly size: number }[];
  readonly inner: readonly InnerFile[];
  readonly hidden: number;
  /** Sentences on the files that stay packed. */
  readonly reasons: readonly string[];
}

type Reason = 'encrypted' | 'method' | 'ratio' | 'total' | 'count' | 'depth' | 'damaged';

const WHY: Readonly<Record<Reason, string>> = {
  encrypted: 'A password locks them: unpack the archive and add the files',
  method: 'They are packed in a rare way: unpack the archive and add the files',
  ratio: `They would grow more than ${MAX_RATIO} times, as traps do`,
  total: 'At most 500 MB are unpacked of one archive: unpack it and add the files',
  count: `At most ${MAX_FILES} files are read of one archive: unpack it and add the files`,
  depth: `They lie in more than ${MAX_DEPTH} archives, one in the other`,
  damaged: 'They are damaged: fetch the archive again from where it came',
};

/** Unpacks what the directory of the archive at `path` names. */
export function unpackZip(path: string, bytes: Uint8Array, directory: readonly DirectoryEntry[]): Unpacked {
  const listed: { path: string; size: number }[] = [];
  const inner: InnerFile[] = [];
  const kept = new Kept();
  const paths = new UniquePaths();
  const tooDeep = depthIn(path, ['zip']) >= MAX_DEPTH;
  let hidden = 0;
  let total = 0;
  for (const entry of directory) {
    if (/[/\\]$/.test(entry.name)) continue;
    if (isHidden(entry.name)) {
      hidden++;
      continue;
    }
    const safe = paths.take(safePath(entry.name) || 'unnamed');
    listed.push({ path: safe, size: entry.size });
    const reason = tooDeep ? 'depth' : refusal(entry, inner.length, total);
    const unpacked = reason === null ? unpack(bytes, entry) : null;
    if (unpacked !== null) {
      total += unpacked.length;
      // An archive under another name would not be counted as one when its own files come.
      const isNested = !/\.zip$/i.test(safe) && detect(unpacked).kind === 'zip';
      if (unpacked.length > 0) inner.push({ path: isNested ? paths.take(`${safe}.zip`) : safe, bytes: unpacked });
      continue;
    }
    kept.add(reason ?? 'damaged', safe);
  }
  return { listed, inner, hidden, reasons: kept.sentences };
}

/** The files that stay packed, by reason. */
class Kept {
  readonly #names = new Map<Reason, string[]>();

  add(reason: Reason, name: string): void {
    const names = this.#names.get(reason);
    if (names === undefined) this.#names.set(reason, [name]);
    else names.push(name);
  }

  get sentences(): string[] {
    return [...this.#names].map(([reason, names]) => {
      const first = names
        .slice(0, 3)
        .map((name) => `“${name}”`)
        .join(', ');
      const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
      return `Not unpacked: ${first}${more}. ${WHY[reason]}.`;
    });
  }
}

/** Files that no person put there: those of the system, and those whose name begins with a dot. */
function isHidden(name: string): boolean {
  const segments = name.split(/[/\\]/);
  const last = segments.at(-1) ?? '';
  return (
    segments.some((segment) => segment === '__MACOSX' || (/^\.[^.]/.test(segment) && segment !== last)) ||
    /^\.[^./\\]/.test(last) ||
    /^(?:thumbs\.db|desktop\.ini)$/i.test(last)
  );
}

function refusal(entry: DirectoryEntry, files: number, total: number): Reason | null {
  if (entry.encrypted) return 'encrypted';
  if (entry.method !== 0 && entry.method !== 8) return 'method';
  if (entry.size > RATIO_FROM && entry.size > entry.packed * MAX_RATIO) return 'ratio';
  if (total + entry.size > MAX_TOTAL) return 'total';
  return files >= MAX_FILES ? 'count' : null;
}

/** Null where the bytes are not those that were packed. */
function unpack(bytes: Uint8Array, entry: DirectoryEntry): Uint8Array<ArrayBuffer> | null {
  const packed = packedBytes(bytes, entry);
  if (packed === null || (entry.method === 0 && packed.length !== entry.size)) return null;
  try {
    // Never more than the archive claims: what goes on beyond that is cut off, and the sum below is wrong.
    const unpacked = entry.method === 0 ? packed.slice() : inflateSync(packed, { out: new Uint8Array(entry.size) });
    return crc32(unpacked) === entry.crc ? unpacked : null;
  } catch {
    return null;
  }
}
