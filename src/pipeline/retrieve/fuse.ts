/** Several rankings of the same passages made one. Neither the order of the lists nor that of their hits matters. */
import type { Scored } from '../index/interface.ts';
import { byScoreThenKey } from '../index/top.ts';

export interface FusionOptions {
  /** One for each list; 1 where left out. */
  readonly weights?: readonly number[];
}

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): a hit is worth weight / (k + rank) in each list.
 * It needs no scores that can be compared, and loses what they say. Best first, ties by key.
 */
export function reciprocalRankFusion(
  lists: readonly (readonly Scored[])[],
  { k = 60, weights = [] }: FusionOptions & { readonly k?: number } = {},
): Scored[] {
  return sumByKey(
    lists.map((list, l) =>
      [...list].sort(byScoreThenKey).map(({ key }, i) => ({ key, score: (weights[l] ?? 1) / (k + i + 1) })),
    ),
  );
}

/**
 * Weighted sum of scores brought to one scale (Fox and Shaw 1994, CombSUM; z-scores: Renda and Straccia 2003).
 * `z`: mean 0 and standard deviation 1 over the list; a passage missing from a list counts as its mean, neither
 * for nor against. `range`: least 0 and greatest 1; a missing one counts as the least. Lists should therefore
 * score the same passages (`findHits` sees to it). A list of equal scores says nothing and counts 0.
 * Best first, ties by key.
 */
export function weightedSum(
  lists: readonly (readonly Scored[])[],
  { scale = 'z', weights = [] }: FusionOptions & { readonly scale?: 'z' | 'range' } = {},
): Scored[] {
  return sumByKey(
    lists.map((list, l) => {
      const { zero, one } = (scale === 'z' ? standard : range)(list.map(({ score }) => score));
      const weight = weights[l] ?? 1;
      return list.map(({ key, score }) => ({ key, score: one > zero ? (weight * (score - zero)) / (one - zero) : 0 }));
    }),
  );
}

/** The scores that become 0 and 1. Summed in ascending order, so that the order of the list leaves no trace. */
function standard(scores: readonly number[]): { zero: number; one: number } {
  const ascending = [...scores].sort((a, b) => a - b);
  const mean = ascending.reduce((sum, score) => sum + score, 0) / scores.length;
  // Equal scores have no spread, whatever rounding made of their mean.
  if (ascending[0] === ascending.at(-1)) return { zero: mean, one: mean };
  const variance = ascending.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
  return { zero: mean, one: mean + Math.sqrt(variance) };
}

function range(scores: readonly number[]): { zero: number; one: number } {
  return { zero: Math.min(...scores), one: Math.max(...scores) };
}

function sumByKey(lists: readonly (readonly Scored[])[]): Scored[] {
  const parts = new Map<number, number[]>();
  for (const { key, score } of lists.flat()) {
    const known = parts.get(key);
    if (known) known.push(score);
    else parts.set(key, [score]);
  }
  return [...parts]
    .map(([key, scores]) => ({ key, score: scores.sort((a, b) => a - b).reduce((sum, score) => sum + score, 0) }))
    .sort(byScoreThenKey);
}
