import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KINDS, naive, normalised, randomVector } from '../../../tests/support/vectors.ts';
import { randomFrom } from '../../../tests/support/random.ts';

/** No whole number of any kernel's steps. */
const DIMENSIONS = 37;

type Named = readonly [name: string, make: (random: () => number, i: number) => Float32Array];

const hostile: readonly Named[] = [
  ['one axis each', (_, i) => normalised(Array.from({ length: DIMENSIONS }, (_, axis) => Number(axis === i % 37)))],
  ['opposites', (_, i) => normalised(Array.from({ length: DIMENSIONS }, (_, axis) => (i % 2 ? -1 : 1) * (axis + 1)))],
  [
    'denormal numbers beside a one',
    (random, i) => Float32Array.from({ length: DIMENSIONS }, (_, axis) => (axis === i % 3 ? 1 : 1e-41 * random())),
  ],
  [
    'negative zeros',
    (random) => normalised(Array.from({ length: DIMENSIONS }, () => (random() < 0.5 ? -0 : random() - 0.5))),
  ],
  [
    'nearer to each other than a code can tell',
    (random) => normalised(Array.from({ length: DIMENSIONS }, (_, axis) => Math.sin(axis) + 1e-4 * random())),
  ],
  [
    'one large number among small ones',
    (random, i) => normalised(Array.from({ length: DIMENSIONS }, (_, axis) => (axis === i % 5 ? 40 : random() - 0.5))),
  ],
  [
    // Scores beyond 1 and below -1 are cut: all of them tie, and go by key.
    'lengths at both ends of the tolerance',
    (random, i) =>
      normalised(Array.from({ length: DIMENSIONS }, (_, axis) => (i % 2 ? -1 : 1) * (axis + 1))).map(
        (value) => value * (1 + 9e-5 * (2 * random() - 1)),
      ),
  ],
];

describe.each(Object.entries(KINDS))('%s', (_, create) => {
  it.each(hostile)('finds what a naive scan finds: %s', (_, make) => {
    const random = randomFrom(21);
    const index = create(DIMENSIONS);
    const vectors = new Map<number, Float32Array>();
    for (let i = 0; i < 150; i++) {
      // Keys fall, so that the order of insertion is not the order of keys.
      vectors.set(1000 - i, make(random, i));
      index.add(1000 - i, vectors.get(1000 - i)!);
    }
    for (let turn = 0; turn < 24; turn++) {
      const query = turn % 4 === 3 ? randomVector(random, DIMENSIONS) : make(random, turn);
      for (const k of [1, 7, 75, 149, 400]) expect(index.search(query, k)).toEqual(naive(vectors, query, k));
    }
  });

  it.each([33, 10_000])('holds %i identical passages among others', (count) => {
    const random = randomFrom(22);
    const same = randomVector(random, DIMENSIONS);
    const index = create(DIMENSIONS);
    const vectors = new Map<number, Float32Array>();
    for (let key = 0; key < count + 100; key++) {
      vectors.set(key, key >= 50 && key < 50 + count ? same : randomVector(random, DIMENSIONS));
      index.add(key, vectors.get(key)!);
    }
    for (const query of [same, randomVector(random, DIMENSIONS)]) {
      for (const k of [1, 10, 33, 34]) expect(index.search(query, k)).toEqual(naive(vectors, query, k));
    }
    for (let key = 50; key < 40 + count; key += 2) {
      index.remove(key);
      vectors.delete(key);
    }
    expect(index.search(same, 20)).toEqual(naive(vectors, same, 20));
  });

  it('refuses zero vectors and all that would make a score NaN', () => {
    const index = create(4);
    index.add(1, Float32Array.of(0, 1, 0, 0));
    const { NaN: nan, POSITIVE_INFINITY: infinite } = Number;
    for (const values of [
      [0, 0, 0, 0],
      [-0, 0, -0, 0],
      [1e-45, 1e-40, 0, 0],
      [nan, 0, 0, 1],
      [infinite, 0, 0, 0],
      [-infinite, infinite, 0, 0],
      [3e38, 3e38, 3e38, 3e38],
    ]) {
      expect(() => index.add(2, Float32Array.from(values))).toThrow(RangeError);
      expect(() => index.search(Float32Array.from(values), 3)).toThrow(RangeError);
      expect(() => index.scores(Float32Array.from(values), [1])).toThrow(RangeError);
    }
    expect(index.search(Float32Array.of(0, 1, 0, 0), 3)).toEqual([{ key: 1, score: 1 }]);
  });

  it('after additions, removals and replacements in random order equals a fresh build in another order', () => {
    const vector = fc.oneof(
      fc.integer({ min: 1, max: 2 ** 31 - 1 }).map((seed) => randomVector(randomFrom(seed), DIMENSIONS)),
      // Few different ones, so that equal vectors are common.
      fc.nat(5).map((seed) => randomVector(randomFrom(seed), DIMENSIONS)),
    );
    const change = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(fc.nat(80), vector) },
      { weight: 1, arbitrary: fc.tuple(fc.nat(80), fc.constant(null)) },
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 40, maxLength: 200 }), vector, fc.nat(3), (changes, query, often) => {
        const index = create(DIMENSIONS);
        const kept = new Map<number, Float32Array>();
        changes.forEach(([key, vector], turn) => {
          expect(index.remove(key)).toBe(kept.delete(key));
          if (vector) {
            index.add(key, vector);
            kept.set(key, vector);
          }
          // Searched while it grows: what was added last is found at once.
          if (turn % 4 === often && vector)
            expect(index.scores(vector, [key])).toEqual(
              naive(new Map([[key, vector]]), vector, 1).map(({ score }) => score),
            );
          if (turn % 4 === often) expect(index.search(query, 3)).toEqual(naive(kept, query, 3));
        });
        const fresh = create(DIMENSIONS);
        for (const [key, vector] of [...kept].reverse()) fresh.add(key, vector);
        for (const k of [1, 5, 200]) expect(index.search(query, k)).toEqual(fresh.search(query, k));
        expect([...index.keys()].sort()).toEqual([...fresh.keys()].sort());
      }),
      { numRuns: 30 },
    );
  });
});
