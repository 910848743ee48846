import { describe, expect, it, vi } from 'vitest';
import { normalised } from '../../tests/support/vectors.ts';
import { nearestOfAll } from './nearest.ts';
import { principalPlane, project } from './principal-components.ts';
import { randomFrom } from '../pipeline/random.ts';
import { umapLayout } from './umap-layout.ts';

const dimensions = 12;

/** Three heaps of 25, about three axes. */
function heaps() {
  const random = randomFrom(8);
  const vectors = Float32Array.from(
    Array.from({ length: 75 }, (_, i) => [
      ...normalised(
        Array.from({ length: dimensions }, (_, d) => Number(d === Math.floor(i / 25)) + 0.3 * (random() - 0.5)),
      ),
    ]).flat(),
  );
  const nearest = nearestOfAll(vectors, dimensions, 14);
  return { nearest, start: project(vectors, principalPlane(vectors, dimensions)) };
}

const middle = (places: Float32Array, heap: number): [number, number] => {
  const some = Array.from({ length: 25 }, (_, i) => heap * 25 + i);
  return [0, 1].map((d) => some.reduce((sum, i) => sum + places[2 * i + d]!, 0) / 25) as [number, number];
};
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) => Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!);

describe('UMAP', () => {
  const { nearest, start } = heaps();
  const chance = vi.spyOn(Math, 'random');
  const told: string[] = [];
  const places = umapLayout(nearest, start, 1, (done, of) => told.push(`${done} of ${of}`));

  it('is the same to the bit for the same seed, whatever else is drawn by lot, and another for another', () => {
    expect(umapLayout(nearest, start, 1)).toEqual(places);
    expect(umapLayout(nearest, start, 2)).not.toEqual(places);
    expect(chance).not.toHaveBeenCalled();
  });

  it('keeps heaps together and apart from each other', () => {
    for (const heap of [0, 1, 2]) {
      const own = Array.from({ length: 25 }, (_, i) =>
        apart(places.subarray(2 * (heap * 25 + i)), middle(places, heap)),
      );
      for (const other of [0, 1, 2].filter((one) => one !== heap))
        expect(Math.max(...own)).toBeLessThan(apart(middle(places, heap), middle(places, other)) / 2);
    }
  });

  it('begins with the places it is given: groups lie about each other as they did there', () => {
    const turn = (from: Float32Array) => {
      const [a, b, c] = [0, 1, 2].map((heap) => middle(from, heap));
      return Math.sign((b![0] - a![0]) * (c![1] - a![1]) - (b![1] - a![1]) * (c![0] - a![0]));
    };
    const mirrored = start.map((value, i) => (i % 2 === 0 ? -value : value));
    expect(turn(places)).toBe(turn(start));
    expect(turn(umapLayout(nearest, mirrored, 1))).toBe(-turn(start));
  });

  it('tells each round, and refuses where there are too few points', () => {
    expect([told.length, told[0], told.at(-1)]).toEqual([500, '1 of 500', '500 of 500']);
    const few = { k: 2, ids: Int32Array.of(1, 2, 0, 2, 0, 1), cosines: new Float32Array(6) };
    expect(() => umapLayout(few, new Float32Array(6), 1)).toThrow('at least 5');
  });

  it('gives places to points that are all the same', () => {
    const ids = Int32Array.from(
      { length: 30 },
      (_, at) => [0, 1, 2, 3, 4, 5].filter((i) => i !== Math.floor(at / 5))[at % 5]!,
    );
    const same = { k: 5, ids, cosines: new Float32Array(30).fill(1) };
    expect(umapLayout(same, new Float32Array(12), 1).every(Number.isFinite)).toBe(true);
  });
});
