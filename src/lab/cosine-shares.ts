/** The cosine of a question and a passage, split over the tokens of the passage. */
import type { TokenVectors } from '../pipeline/embed/embedder.ts';

export interface CosineShares {
  /** One a token, in their order. */
  readonly shares: readonly number[];
  /** Of the shares: the cosine, but for rounding. */
  readonly sum: number;
  /** Question and pooled vector, multiplied as an index does it. */
  readonly cosine: number;
}

/**
 * The mean of the token vectors t, scaled to length 1, is Σt / |Σt|, and a product with it is the sum of the products
 * with its parts: a token's share is q · t / |Σt|. Where the first token's vector stands for the passage, all is its.
 * @param question L2-normalised, of as many dimensions as the tokens' vectors
 */
export function cosineShares(
  question: Float32Array,
  { vectors, dimensions, pooling, vector }: Pick<TokenVectors, 'vectors' | 'dimensions' | 'pooling' | 'vector'>,
): CosineShares {
  const rows = Array.from({ length: vectors.length / dimensions }, (_, t) =>
    vectors.subarray(t * dimensions, (t + 1) * dimensions),
  );
  const pooled = pooling === 'mean' ? rows : rows.slice(0, 1);
  const sumOfVectors = Array.from({ length: dimensions }, (_, d) => pooled.reduce((sum, row) => sum + row[d]!, 0));
  const length = Math.hypot(...sumOfVectors);
  const shares = rows.map((row, t) => (t < pooled.length && length > 0 ? dot(question, row) / length : 0));
  return { shares, sum: shares.reduce((sum, share) => sum + share, 0), cosine: dot(question, vector) };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d]! * b[d]!;
  return sum;
}
