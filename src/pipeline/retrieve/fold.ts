/** When two passages say the same, one is enough. */
import type { Passage } from '../document.ts';
import { fold } from '../index/words.ts';

/** Resemblance from which on two passages are nearly the same. */
const NEARLY = 0.9;
/** Words a shingle. */
const SHINGLE = 3;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Shingles of the passage's words; one shingle of all of them if there are fewer than three. */
function shingles(list: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (let i = 0; i === 0 || i + SHINGLE <= list.length; i++) found.add(list.slice(i, i + SHINGLE).join(' '));
  return found;
}

function without<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): T[] {
  return [...a].filter((item) => !b.has(item));
}

/** Resemblance of two texts: Jaccard coefficient of their sets of three-word shingles (Broder 1997), in [0, 1]. */
export function resemblance(a: string, b: string): number {
  const left = shingles(fold(a).match(WORD) ?? []);
  const right = shingles(fold(b).match(WORD) ?? []);
  const both = left.size - without(left, right).length;
  return both / (left.size + right.size - both);
}

/**
 * Whether one of two passages may stand for the other. Passages that differ in a number or a capitalised word
 * may not, however alike: two leases from one template differ in just what is asked about.
 */
export function nearlySame(a: Passage, b: Passage): boolean {
  if (a.text === b.text) return true;
  const left = new Set(a.text.match(WORD));
  const right = new Set(b.text.match(WORD));
  // Only what is written in another case is a name or a number; scripts without case cannot tell, and are not folded.
  const telling = [...without(left, right), ...without(right, left)].some((word) => !/^\p{Ll}/u.test(word));
  return !telling && resemblance(a.text, b.text) >= NEARLY;
}

/** Whether all of `inner`'s text stands in `outer`, white space aside. */
export function liesIn(inner: Passage, outer: Passage): boolean {
  if (inner.path === outer.path && outer.start <= inner.start && inner.end <= outer.end) return true;
  const plain = (text: string): string => text.replace(/\s+/gu, ' ').trim();
  return plain(outer.text).includes(plain(inner.text));
}
