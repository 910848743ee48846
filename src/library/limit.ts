/** The documents that questions are limited to: ticked one by one, or the result of a filter. */
import type { Within } from '../pipeline/retrieve/within.ts';
import { pathsWithin } from './inner.ts';
import type { Entry } from './state.ts';

type Listed = Pick<Entry, 'path' | 'outer' | 'bytes' | 'document'>;

/** What the person can do where the limit is in the way. */
export const askAll = 'Choose other documents in the list, or press “Ask all documents”.';

/** With the document and what came inside it, or without them; null when none is left. */
export function toggled(limit: Within | null, path: string, entries: readonly Listed[]): Within | null {
  const family = [path, ...pathsWithin(entries, path)];
  const { paths, heading } = limit ?? { paths: [], heading: '' };
  const others = paths.filter((one) => !family.includes(one));
  const next = paths.includes(path) ? others : [...others, ...family];
  return next.length > 0 ? { paths: next, heading } : null;
}

/** Null when all that it was limited to has gone. */
export function without(limit: Within | null, gone: ReadonlySet<string>): Within | null {
  if (!limit?.paths.some((path) => gone.has(path))) return limit;
  const paths = limit.paths.filter((path) => !gone.has(path));
  return paths.length > 0 ? { ...limit, paths } : null;
}

/** With those of its documents that are there; null where none is. */
export function among(limit: Within | null, entries: readonly Pick<Entry, 'path'>[]): Within | null {
  const here = new Set(entries.map(({ path }) => path));
  return without(limit, new Set(limit?.paths.filter((path) => !here.has(path))));
}

/** The limit with those of its documents that can be searched. @throws Error with a sentence when there is none */
export function limitedTo(limit: Within | null, entries: readonly Listed[]): Within | null {
  if (!limit) return null;
  const read = new Set(entries.filter(({ document }) => document).map(({ path }) => path));
  const paths = limit.paths.filter((path) => read.has(path));
  if (paths.length === 0)
    throw new Error(`None of the documents that this question is limited to can be searched any more. ${askAll}`);
  return { ...limit, paths };
}
