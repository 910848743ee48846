import type { Ranked } from './rank.ts';

/**
 * The next passage to take from `rest` (best first): its best, unless that one's document has been taken from
 * already and another document has one that scores less by no more than `margin`, in units of the fused score.
 * So passages that score alike come from more than one document, and a better one never waits for diversity's sake.
 */
export function nextFrom(rest: readonly Ranked[], taken: ReadonlySet<string>, margin: number): Ranked | undefined {
  const best = rest[0];
  if (!best || !taken.has(best.passage.path)) return best;
  return rest.find(({ passage, fused }) => !taken.has(passage.path) && fused >= best.fused - margin) ?? best;
}
