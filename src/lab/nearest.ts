/** The true nearest neighbours: by cosine, in all dimensions. */
import { FlatIndex } from '../pipeline/index/flat.ts';
import { cosine } from '../pipeline/index/vector.ts';

/** Of each vector its `k` nearest others, the nearest first; equals by their place. */
export interface Nearest {
  readonly k: number;
  /** `k` places of vectors for each vector in turn, and their cosines with it. */
  readonly ids: Int32Array;
  readonly cosines: Float32Array;
}

/**
 * Exact, by the scan that also searches large collections.
 * @param vectors L2-normalised, one after the other, `dimensions` numbers each
 * @param most neighbours wanted; there are no more than other vectors
 * @param onRow hears of how many vectors the neighbours are known
 */
export function nearestOfAll(
  vectors: Float32Array,
  dimensions: number,
  most: number,
  onRow: (done: number) => void = () => undefined,
): Nearest {
  const count = vectors.length / dimensions;
  const k = Math.max(0, Math.min(most, count - 1));
  const row = (i: number) => vectors.subarray(i * dimensions, (i + 1) * dimensions);
  const index = FlatIndex.create(dimensions);
  for (let i = 0; i < count; i++) index.add(i, row(i));
  const ids = new Int32Array(count * k);
  const cosines = new Float32Array(count * k);
  for (let i = 0; i < count; i++) {
    // One more, for itself; among many equals it need not be one of them.
    const others = index.search(row(i), k + 1).filter(({ key }) => key !== i);
    for (let j = 0; j < k; j++) {
      ids[i * k + j] = others[j]!.key;
      cosines[i * k + j] = others[j]!.score;
    }
    onRow(i + 1);
  }
  return { k, ids, cosines };
}

/** The cosine of one vector with each; all L2-normalised. */
export function cosinesWith(vector: Float32Array, vectors: Float32Array): Float32Array {
  const dimensions = vector.length;
  return Float32Array.from({ length: vectors.length / dimensions }, (_, i) => cosine(vector, vectors, i * dimensions));
}

/** Places in the order of their values, the largest first; equals by their place. */
export function largestFirst(values: Float32Array): Int32Array {
  return Int32Array.from(values, (_, i) => i).sort((a, b) => values[b]! - values[a]! || a - b);
}
