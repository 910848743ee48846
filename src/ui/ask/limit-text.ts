/** What questions are limited to, in words. */
import type { Within } from '../../pipeline/retrieve/within.ts';
import { count } from '../wording.ts';

/** `lease.pdf`, `lease.pdf and 2 other documents`, `3 documents, under headings with “Animals”` */
export function limitText({ paths, heading }: Within, names: ReadonlyMap<string, string>): string {
  const [first, ...others] = paths.filter((path) => names.has(path));
  const all =
    first === undefined
      ? 'documents that have been removed'
      : [names.get(first), others.length > 0 && count(others.length, 'other document')].filter(Boolean).join(' and ');
  return heading ? `${all}, under titles and headings with “${heading}”` : all;
}
