import { describe, expect, it } from 'vitest';
import { nearestInPlane, neighbourAgreement } from './neighbour-agreement.ts';
import type { Nearest } from './nearest.ts';
import { randomFrom } from '../pipeline/random.ts';

const random = randomFrom(8);
const scattered = (count: number) => Float32Array.from({ length: 2 * count }, () => random());

/** All sorted by their distance, one point after the other. */
function slowly(places: Float32Array, k: number): number[][] {
  const count = places.length / 2;
  const far = (i: number, j: number) =>
    (places[2 * i]! - places[2 * j]!) ** 2 + (places[2 * i + 1]! - places[2 * j + 1]!) ** 2;
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (_, j) => j)
      .filter((j) => j !== i)
      .sort((a, b) => far(i, a) - far(i, b) || a - b)
      .slice(0, k),
  );
}

const nearestFrom = (lists: readonly (readonly number[])[]): Nearest => ({
  k: lists[0]!.length,
  ids: Int32Array.from(lists.flat()),
  cosines: new Float32Array(lists.flat().length),
});

describe('how many true neighbours a picture keeps', () => {
  it('compares with the nearest in the plane, which are those of a slow sorting, equals by their place', () => {
    const places = scattered(70);
    places.set(places.subarray(0, 2), 20);
    places.set(places.subarray(0, 2), 40);
    expect([...nearestInPlane(places, 4)]).toEqual(slowly(places, 4).flat());
  });

  it('is all where the picture is the space, whatever the order of the neighbours', () => {
    const places = scattered(40);
    const lists = slowly(places, 5).map((list) => list.toReversed());
    expect(neighbourAgreement(nearestFrom(lists), places, 5)).toEqual({ k: 5, kept: 1, byChance: 5 / 39 });
  });

  it('is the share of shared neighbours, counted slowly', () => {
    const places = scattered(50);
    const truth = slowly(scattered(50), 6);
    const shown = slowly(places, 4);
    const shared = truth.map((list, i) => list.slice(0, 4).filter((j) => shown[i]!.includes(j)).length);
    const expected = shared.reduce((sum, one) => sum + one, 0) / (50 * 4);
    const { kept } = neighbourAgreement(nearestFrom(truth), places, 4);
    expect(kept).toBeCloseTo(expected, 12);
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(0.5);
  });

  it('is what chance gives where places are drawn by lot', () => {
    const count = 400;
    const truth = slowly(scattered(count), 10);
    const { kept, byChance } = neighbourAgreement(nearestFrom(truth), scattered(count), 10);
    expect(Math.abs(kept - byChance)).toBeLessThan(0.01);
  });

  it('is of as many neighbours as there are', () => {
    expect(neighbourAgreement(nearestFrom([[1], [0]]), Float32Array.of(0, 0, 1, 1), 5)).toEqual({
      k: 1,
      kept: 1,
      byChance: 1,
    });
    expect(neighbourAgreement(nearestFrom([[]]), Float32Array.of(0, 0), 5).k).toBe(0);
  });
});
