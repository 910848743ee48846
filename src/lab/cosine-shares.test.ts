import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstToken, meanPool, normalise } from '../pipeline/embed/pool.ts';
import { cosineShares } from './cosine-shares.ts';

const dimensions = 24;
const vector = fc.float32Array({ min: -1, max: 1, noNaN: true, minLength: dimensions, maxLength: dimensions });
/** Vectors of tokens point roughly one way, as those of a text do: a mean of nearly nothing has no direction. */
const tokens = fc
  .tuple(vector, fc.array(vector, { minLength: 1, maxLength: 60 }))
  .filter(([common]) => Math.hypot(...common) > 0.5)
  .map(([common, rows]) => rows.map((row) => row.map((value, d) => 0.2 * value + common[d]!)))
  .filter((rows) => Math.hypot(...meanOf(rows)) > 0.05);
const question = vector.filter((one) => Math.hypot(...one) > 0.01).map((one) => normalise(one));

function meanOf(rows: readonly Float32Array[]): number[] {
  return Array.from({ length: dimensions }, (_, d) => rows.reduce((sum, row) => sum + row[d]!, 0) / rows.length);
}

function read(rows: readonly Float32Array[]) {
  const vectors = Float32Array.from(rows.flatMap((row) => [...row]));
  return { vectors, dimensions, pooling: 'mean' as const, vector: meanPool(vectors, rows.length, dimensions) };
}

describe('shares of the cosine', () => {
  it('add up to the cosine of the pooled vector to 1e-5', () => {
    fc.assert(
      fc.property(question, tokens, (asked, rows) => {
        const { shares, sum, cosine } = cosineShares(asked, read(rows));
        expect(shares).toHaveLength(rows.length);
        expect(Math.abs(shares.reduce((all, share) => all + share, 0) - cosine)).toBeLessThan(1e-5);
        expect(sum).toBeCloseTo(cosine, 5);
      }),
      { seed: 8 },
    );
  });

  it('belong to their tokens: in another order they are the same, and a token twice has its share twice', () => {
    fc.assert(
      fc.property(question, tokens, (asked, rows) => {
        const { shares } = cosineShares(asked, read(rows));
        const turned = cosineShares(asked, read([...rows].reverse())).shares;
        [...turned].reverse().forEach((share, i) => expect(share).toBeCloseTo(shares[i]!, 9));
        const again = cosineShares(asked, read([...rows, rows[0]!])).shares;
        expect(again.at(-1)).toBe(again[0]);
      }),
      { seed: 8 },
    );
  });

  it('are what a pencil gives: a token across the question has none, one against it less than none', () => {
    const rows = [Float32Array.of(3, 0), Float32Array.of(0, 4), Float32Array.of(-1, 0)];
    const vectors = Float32Array.from(rows.flatMap((row) => [...row]));
    const pooled = { vectors, dimensions: 2, pooling: 'mean' as const, vector: meanPool(vectors, 3, 2) };
    const { shares, sum } = cosineShares(Float32Array.of(1, 0), pooled);
    // The vectors add up to (2, 4).
    const length = Math.sqrt(20);
    [3 / length, 0, -1 / length].forEach((share, i) => expect(shares[i]).toBeCloseTo(share, 12));
    expect(sum).toBeCloseTo(2 / length, 12);
  });

  it('are all the first token’s where its vector stands for the passage', () => {
    const vectors = Float32Array.of(3, 4, 5, 6);
    const pooled = { vectors, dimensions: 2, pooling: 'cls' as const, vector: firstToken(vectors, 2) };
    const { shares, cosine } = cosineShares(Float32Array.of(1, 0), pooled);
    expect(shares[0]).toBeCloseTo(0.6, 12);
    expect(shares[1]).toBe(0);
    expect(cosine).toBeCloseTo(0.6, 6);
  });

  it('are none where all vectors are nothing', () => {
    const pooled = {
      vectors: new Float32Array(4),
      dimensions: 2,
      pooling: 'mean' as const,
      vector: new Float32Array(2),
    };
    expect(cosineShares(Float32Array.of(1, 0), pooled)).toEqual({ shares: [0, 0], sum: 0, cosine: 0 });
  });
});
