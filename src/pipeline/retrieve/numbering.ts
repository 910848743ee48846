/** The n of `[n]`: a passage keeps its number through a conversation, so that what was read of it can be used again. */
import type { Passage } from '../document.ts';

/** Id of a passage -> the number that it had in an earlier answer; the one used last first. */
export type Numbers = ReadonlyMap<string, number>;

/** The adapter was trained with numbers up to it. */
export const HIGHEST_NUMBER = 9;

/**
 * A number for each passage: the one it had, else the lowest that no passage had, else that of the passage which was
 * used longest ago. At most nine passages.
 */
export function numbering(passages: readonly Passage[], earlier: Numbers = new Map()): number[] {
  const had = passages.map(({ id }) => earlier.get(id));
  const theirs = new Set(had);
  const taken = new Set(earlier.values());
  const all = Array.from({ length: HIGHEST_NUMBER }, (_, i) => i + 1);
  const free = all.filter((number) => !taken.has(number));
  const longestAgo = [...taken].reverse().filter((number) => !theirs.has(number));
  const next = [...free, ...longestAgo].values();
  return had.map((number) => number ?? next.next().value!);
}
