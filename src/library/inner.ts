/** The files that a mail or an archive holds, on their way to documents of their own. */
import type { InnerBlob } from '../workers/reader.ts';
import { numbered } from './intake.ts';
import type { Incoming } from './state.ts';

/** Files taken in from one dropped file, those inside its inner files included. */
export const mostInner = 5000;

/** Bytes taken in from one dropped file in all: archives in archives could grow to any size, each by no more than it may. */
export const mostInnerBytes = 1024 * 1024 * 1024;

/** Files within files within a file: deeper ones are not taken in. */
export const mostLevels = 4;

/** The part of a list's entry that says where a file lies. */
export interface Placed {
  readonly path: string;
  readonly outer: string | null;
  readonly bytes: number;
}

/** Paths of everything inside the file at `path`, at any depth. An inner file stands after its outer one. */
export function pathsWithin(entries: readonly Placed[], path: string): ReadonlySet<string> {
  const within = new Set<string>();
  for (const entry of entries)
    if (entry.outer !== null && (entry.outer === path || within.has(entry.outer))) within.add(entry.path);
  return within;
}

/** Paths of the files around the one at `path`, the nearest first. */
export function pathsAround(entries: readonly Placed[], path: string): readonly string[] {
  const outers = new Map(entries.map((entry) => [entry.path, entry.outer]));
  const around: string[] = [];
  for (let outer = outers.get(path); outer; outer = outers.get(outer)) around.push(outer);
  return around;
}

/** Of how many files each document lies inside, by path. An inner file stands after its outer one. */
export function depthsOf(entries: readonly Placed[]): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  for (const { path, outer } of entries) depths.set(path, outer === null ? 0 : (depths.get(outer) ?? 0) + 1);
  return depths;
}

export interface Unpacked {
  readonly files: readonly Incoming[];
  /** A sentence for each reason why files were left out. */
  readonly notes: readonly string[];
}

/**
 * Gives the files inside the file at `outer` their paths, `OUTER/inner path`, which are the same every time it is read.
 * A path that belongs to a document from elsewhere gets a number.
 */
export function unpack(outer: string, inner: readonly InnerBlob[], entries: readonly Placed[]): Unpacked {
  if (inner.length === 0) return { files: [], notes: [] };
  const around = pathsAround(entries, outer);
  if (around.length >= mostLevels)
    return {
      files: [],
      notes: [`${notRead(inner.length)}: files inside files are opened at most ${mostLevels} levels deep.`],
    };
  const own = pathsWithin(entries, outer);
  const fitting = inRoom(inner, entries, around.at(-1) ?? outer, own);
  const foreign = new Set(entries.filter(({ path }) => !own.has(path)).map(({ path }) => path));
  const taken = new Set<string>();
  const placed = fitting.files.map(({ path, blob }) => {
    const whole = numbered(`${outer}/${path}`, (candidate) => foreign.has(candidate) || taken.has(candidate));
    taken.add(whole);
    return { path: whole, file: new File([blob], whole.slice(whole.lastIndexOf('/') + 1)) };
  });
  return { files: placed, notes: fitting.notes };
}

/** The first of them for which there is room among all that came in the outermost file; `own` are replaced by them. */
function inRoom(
  inner: readonly InnerBlob[],
  entries: readonly Placed[],
  outermost: string,
  own: ReadonlySet<string>,
): { readonly files: readonly InnerBlob[]; readonly notes: readonly string[] } {
  const within = pathsWithin(entries, outermost);
  const others = entries.filter(({ path }) => within.has(path) && !own.has(path));
  const files: InnerBlob[] = [];
  let bytes = others.reduce((sum, other) => sum + other.bytes, 0);
  for (const file of inner) {
    if (others.length + files.length >= mostInner || bytes + file.blob.size > mostInnerBytes) break;
    bytes += file.blob.size;
    files.push(file);
  }
  const left = inner.length - files.length;
  const most = others.length + files.length >= mostInner ? `${mostInner.toLocaleString('en')} files are` : '1 GB is';
  const notes = [`${notRead(left)}: at most ${most} taken from one file. Unpack it and add the rest.`];
  return { files, notes: left > 0 ? notes : [] };
}

function notRead(n: number): string {
  return n === 1 ? 'One file inside it was not read' : `${n.toLocaleString('en')} files inside it were not read`;
}
