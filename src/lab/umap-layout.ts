/**
 * UMAP (McInnes, Healy and Melville 2018) of vectors whose nearest neighbours are known: points that are neighbours are
 * drawn together, others pushed apart. How far apart two groups end says little.
 */
import { UMAP } from 'umap-js';
import type { Nearest } from './nearest.ts';
import { randomFrom } from '../pipeline/random.ts';

/** Neighbours of each point that are held together, itself among them: what the authors take without being asked. */
export const umapNeighbours = 15;

/** Fewer points have no neighbourhoods to speak of. */
export const leastForUmap = 5;

/** How far the seed moves each point of the start. */
const JITTER = 0.01;

/** Half the width that the start is drawn to: with many points that of the authors, with few less, for their groups are small. */
const reachFor = (points: number): number => Math.min(10, Math.max(1.5, Math.sqrt(points) / 4));

/**
 * Begins with given places and not by lot, so that groups far apart stay where those put them (Kobak and Linderman
 * 2021). The same neighbours, start and seed give the same places, to the bit.
 * @param nearest exact, `umapNeighbours - 1` of them or all others
 * @param start x and y of each point in turn, as by `principal-components.ts`
 * @param onEpoch hears how many rounds of `of` are done
 * @throws RangeError with fewer points than `leastForUmap`
 */
export function umapLayout(
  nearest: Nearest,
  start: Float32Array,
  seed: number,
  onEpoch: (done: number, of: number) => void = () => undefined,
): Float32Array {
  const count = start.length / 2;
  if (count < leastForUmap) throw new RangeError(`UMAP needs at least ${leastForUmap} points.`);
  // umap-js wants more points than neighbours, each point among its own.
  const k = Math.min(umapNeighbours - 1, nearest.k, count - 2);
  const random = randomFrom(seed);
  const umap = new UMAP({ nNeighbors: k + 1, nComponents: 2, minDist: 0.1, spread: 1, random });
  // Each point is the first of its own neighbours, at no distance.
  const ids: number[][] = [];
  const distances: number[][] = [];
  for (let i = 0; i < count; i++) {
    const from = i * nearest.k;
    ids.push([i, ...nearest.ids.subarray(from, from + k)]);
    distances.push([0, ...Array.from(nearest.cosines.subarray(from, from + k), (cosine) => Math.max(0, 1 - cosine))]);
  }
  umap.setPrecomputedKNN(ids, distances);
  const epochs = umap.initializeFit(pairs(start));
  const embedding = umap.getEmbedding();
  const reach = reachFor(count);
  const widest = Math.max(
    Number.MIN_VALUE,
    start.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
  );
  // umap-js has no option for the start; these are the arrays that its rounds move.
  embedding.forEach((place, i) => {
    for (const d of [0, 1]) place[d] = (start[2 * i + d]! / widest) * reach + (random() - 0.5) * JITTER;
  });
  for (let done = 0; done < epochs;) {
    done = umap.step();
    onEpoch(done, epochs);
  }
  return Float32Array.from(umap.getEmbedding().flat());
}

function pairs(places: Float32Array): number[][] {
  return Array.from({ length: places.length / 2 }, (_, i) => [places[2 * i]!, places[2 * i + 1]!]);
}
