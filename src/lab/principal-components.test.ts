import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { principalPlane, project } from './principal-components.ts';

const rows = (...vectors: readonly (readonly number[])[]) => Float32Array.from(vectors.flat());

/** Some cloud in 6 dimensions with a different spread along each. */
const cloud = fc
  .array(fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }), {
    minLength: 8,
    maxLength: 30,
  })
  .map((vectors) => vectors.map((vector) => vector.map((value, d) => value * (6 - d))));

/** As a textbook has it, and slowly: the variance of the cloud along an axis. */
function varianceAlong(vectors: readonly (readonly number[])[], axis: ArrayLike<number>): number {
  const along = vectors.map((vector) => vector.reduce((sum, value, d) => sum + Math.fround(value) * axis[d]!, 0));
  const mean = along.reduce((sum, value) => sum + value, 0) / along.length;
  return along.reduce((sum, value) => sum + (value - mean) ** 2, 0) / along.length;
}

describe('the plane of the first two principal components', () => {
  it('is what a pencil gives: a cross lies along its arms, the longer first', () => {
    const { axes, shares, mean } = principalPlane(rows([5, 1], [1, 1], [3, 2], [3, 0]), 2);
    expect([...mean]).toEqual([3, 1]);
    expect(axes[0][0]).toBeCloseTo(1, 9);
    expect(axes[0][1]).toBeCloseTo(0, 9);
    expect(Math.abs(axes[1][1]!)).toBeCloseTo(1, 9);
    expect(shares[0]).toBeCloseTo(0.8, 9);
    expect(shares[1]).toBeCloseTo(0.2, 9);
  });

  it('lies along a line where all are on one, and nothing is left for the second axis', () => {
    const line = rows(...[-2, -1, 0, 4].map((t) => [t, t, 1]));
    const plane = principalPlane(line, 3);
    const half = Math.SQRT1_2;
    [half, half, 0].forEach((value, d) => expect(plane.axes[0][d]).toBeCloseTo(value, 9));
    expect(plane.shares[0]).toBeCloseTo(1, 9);
    expect(plane.shares[1]).toBeCloseTo(0, 9);
    const places = project(line, plane);
    expect(places[6]! - places[0]!).toBeCloseTo(6 * Math.SQRT2, 5);
  });

  it('has no shares where all vectors are the same, and puts all at one place', () => {
    const same = rows([0.6, 0.8], [0.6, 0.8], [0.6, 0.8]);
    const plane = principalPlane(same, 2);
    expect(plane.shares).toEqual([0, 0]);
    for (const value of project(same, plane)) expect(value).toBeCloseTo(0, 7);
  });

  it('has axes of length 1 across each other, and no direction has more variance than the first', () => {
    fc.assert(
      fc.property(
        cloud,
        fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
        (vectors, other) => {
          const { axes, shares } = principalPlane(rows(...vectors), 6);
          expect(Math.hypot(...axes[0])).toBeCloseTo(1, 9);
          expect(axes[0].reduce((sum, value, d) => sum + value * axes[1][d]!, 0)).toBeCloseTo(0, 9);
          const all = [0, 1, 2, 3, 4, 5].map((d) =>
            varianceAlong(
              vectors,
              [0, 1, 2, 3, 4, 5].map((e) => Number(d === e)),
            ),
          );
          const total = all.reduce((sum, value) => sum + value, 0);
          fc.pre(total > 1e-3 && Math.hypot(...other) > 0.1);
          expect(varianceAlong(vectors, axes[0]) / total).toBeCloseTo(shares[0], 6);
          expect(varianceAlong(vectors, axes[1]) / total).toBeCloseTo(shares[1], 6);
          const length = Math.hypot(...other);
          const direction = other.map((value) => value / length);
          expect(varianceAlong(vectors, direction) / total).toBeLessThan(shares[0] + 1e-6);
        },
      ),
      { seed: 8 },
    );
  });

  it('is the same for the vectors in any order, signs included', () => {
    fc.assert(
      fc.property(cloud, (vectors) => {
        const plane = principalPlane(rows(...vectors), 6);
        // Where two variances are all but equal, any axis between them is as good.
        fc.pre(plane.shares[0] - plane.shares[1] > 0.05);
        const turned = principalPlane(rows(...vectors.toReversed()), 6);
        plane.axes[0].forEach((value, d) => expect(turned.axes[0][d]).toBeCloseTo(value, 5));
        expect(Math.max(...plane.axes[0])).toBeCloseTo(Math.max(...plane.axes[0].map(Math.abs)), 12);
        expect(turned.shares[1]).toBeCloseTo(plane.shares[1], 6);
      }),
      { seed: 8 },
    );
  });

  it('is the same to the bit a second time', () => {
    const [vectors] = fc.sample(cloud, { seed: 8, numRuns: 1 });
    expect(principalPlane(rows(...vectors!), 6)).toEqual(principalPlane(rows(...vectors!), 6));
  });
});
