/** How many of the true neighbours a picture keeps. */
import type { Nearest } from './nearest.ts';

/**
 * Of each place its `k` nearest others in the picture, the nearest first; equals by their place in the list.
 * @param places x and y of each in turn
 */
export function nearestInPlane(places: Float32Array, k: number): Int32Array {
  const count = places.length / 2;
  const kept = Math.max(0, Math.min(k, count - 1));
  const ids = new Int32Array(count * kept);
  const best = new Float64Array(kept);
  const who = new Int32Array(kept);
  for (let i = 0; i < count; i++) {
    const x = places[2 * i]!;
    const y = places[2 * i + 1]!;
    best.fill(Infinity);
    for (let j = 0; j < count; j++) {
      const squared = (places[2 * j]! - x) ** 2 + (places[2 * j + 1]! - y) ** 2;
      if (j === i || kept === 0 || squared >= best[kept - 1]!) continue;
      let at = kept - 1;
      for (; at > 0 && best[at - 1]! > squared; at--) {
        best[at] = best[at - 1]!;
        who[at] = who[at - 1]!;
      }
      best[at] = squared;
      who[at] = j;
    }
    ids.set(who, i * kept);
  }
  return ids;
}

export interface Agreement {
  readonly k: number;
  /** From 0 to 1. */
  readonly kept: number;
  /** What places drawn by lot would keep, on average. */
  readonly byChance: number;
}

/**
 * The share of the true `k` nearest neighbours that are among the `k` nearest in the picture, over all points: the
 * average agreement of neighbourhoods, Q_NX(k) (Lee and Verleysen 2009, “Quality assessment of dimensionality
 * reduction: rank-based criteria”).
 * @param k at most as many as `nearest` holds
 */
export function neighbourAgreement(nearest: Nearest, places: Float32Array, k: number): Agreement {
  const count = places.length / 2;
  const few = Math.min(k, nearest.k);
  if (few === 0) return { k: 0, kept: 0, byChance: 0 };
  const shown = nearestInPlane(places, few);
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const near = shown.subarray(i * few, (i + 1) * few);
    for (let j = 0; j < few; j++) if (near.includes(nearest.ids[i * nearest.k + j]!)) kept++;
  }
  return { k: few, kept: kept / (count * few), byChance: few / (count - 1) };
}
