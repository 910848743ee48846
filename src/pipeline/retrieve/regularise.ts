import { cosine } from '../index/vector.ts';
import type { Ranked } from './rank.ts';

export interface RegulariseOptions {
  /** How much of a score comes from the neighbours, 0 to 1. */
  readonly share?: number;
  /** Neighbours that count, of other documents than its own. */
  readonly neighbours?: number;
  /** Candidates that are compared with each other; those behind keep their place behind them. */
  readonly depth?: number;
}

/**
 * Passages that say alike get alike scores (score regularisation: Diaz, “Regularizing Ad Hoc Retrieval Scores”, 2005):
 * each score becomes (1 - share) of itself and `share` of the mean of its nearest candidates', weighted by their
 * squared cosines. A good passage without the words that were searched for is so found by those that have them.
 * Best first, ties in the order given.
 * @param ranked best first
 * @param vectorOf L2-normalised; a passage without one keeps its score and lends it to none
 */
export function regularise(
  ranked: readonly Ranked[],
  vectorOf: (passage: Ranked['passage']) => Float32Array | undefined,
  { share = 0.3, neighbours = 5, depth = 50 }: RegulariseOptions = {},
): Ranked[] {
  const near = ranked.slice(0, depth).map((one) => ({ one, vector: vectorOf(one.passage) }));
  const fused = near.map(({ one, vector }) => {
    if (!vector) return one.fused;
    const others = near
      .flatMap((other) =>
        other.vector && other.one.passage.path !== one.passage.path
          ? { fused: other.one.fused, likeness: Math.max(0, cosine(vector, other.vector)) ** 2 }
          : [],
      )
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, neighbours);
    const weight = others.reduce((sum, { likeness }) => sum + likeness, 0);
    if (weight === 0) return one.fused;
    const mean = others.reduce((sum, other) => sum + other.likeness * other.fused, 0) / weight;
    return (1 - share) * one.fused + share * mean;
  });
  const again = near.map(({ one }, i) => ({ ...one, fused: fused[i]! })).sort((a, b) => b.fused - a.fused);
  const least = again.at(-1)?.fused ?? 0;
  return [...again, ...ranked.slice(depth).map((one) => ({ ...one, fused: Math.min(one.fused, least) }))];
}
