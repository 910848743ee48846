import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { KERNELS, kernelSource } from '../../../scripts/kernel.ts';
import { AutoIndex } from './auto.ts';
import { SimdBlock } from './block.ts';
import { CodeBlock } from './codes.ts';
import { FlatIndex } from './flat.ts';
import { KINDS, naive, normalised, randomVector, VOY } from '../../../tests/support/vectors.ts';
import { randomFrom } from '../../../tests/support/random.ts';
import { VoyPanic, VoyTree } from './voy-tree.ts';
import { VoyIndex } from './voy.ts';

/** Few values a dimension, so that equal vectors, equal scores and equal coordinates are common. */
const coarse = fc
  .array(fc.integer({ min: -2, max: 2 }), { minLength: 5, maxLength: 5 })
  .filter((values) => values.some((value) => value !== 0))
  .map(normalised);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ op: fc.constant('add' as const), key: fc.nat(60), vector: coarse }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('remove' as const), key: fc.nat(60) }) },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant('search' as const), query: coarse, k: fc.integer({ min: 1, max: 20 }) }),
  },
);

describe.each(Object.entries(KINDS))('%s', (_, create) => {
  it('returns what a naive scan returns, hit for hit, at 384 dimensions', () => {
    const random = randomFrom(7);
    const index = create(384);
    const vectors = new Map<number, Float32Array>();
    for (let key = 0; key < 400; key++) {
      // Every tenth vector repeats an earlier one.
      const vector = key % 10 === 9 ? vectors.get(key - 5)! : randomVector(random, 384);
      vectors.set(key, vector);
      index.add(key, vector);
    }
    for (let turn = 0; turn < 30; turn++) {
      const query = turn % 3 === 0 ? vectors.get(turn)! : randomVector(random, 384);
      const k = 1 + (turn % 12);
      expect(index.search(query, k)).toEqual(naive(vectors, query, k));
    }
  });

  it('orders vectors that differ by less than a Float32 sum can tell', () => {
    const random = randomFrom(11);
    const base = randomVector(random, 384);
    const index = create(384);
    const vectors = new Map<number, Float32Array>();
    for (let key = 0; key < 200; key++) {
      const nudged = base.map((value) => value * (1 + 2 ** -22 * Math.round(2 * random() - 1)));
      vectors.set(key, key % 8 === 0 ? nudged : randomVector(random, 384));
      index.add(key, vectors.get(key)!);
    }
    for (let turn = 0; turn < 20; turn++) {
      const query = normalised([...base].map((value) => value + 0.02 * (random() - 0.5)));
      const k = 1 + turn;
      expect(index.search(query, k)).toEqual(naive(vectors, query, k));
    }
  });

  it('after any sequence of additions, removals and searches equals a naive scan', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), coarse, (steps, last) => {
        const index = create(5);
        const vectors = new Map<number, Float32Array>();
        for (const s of [...steps, { op: 'search' as const, query: last, k: 7 }]) {
          if (s.op === 'add') {
            if (vectors.has(s.key)) expect(() => index.add(s.key, s.vector)).toThrow(RangeError);
            else index.add(s.key, s.vector);
            if (!vectors.has(s.key)) vectors.set(s.key, s.vector);
          } else if (s.op === 'remove') {
            expect(index.remove(s.key)).toBe(vectors.delete(s.key));
          } else {
            expect(index.search(s.query, s.k)).toEqual(naive(vectors, s.query, s.k));
          }
          expect(index.size).toBe(vectors.size);
        }
        expect([...index.keys()].sort()).toEqual([...vectors.keys()].sort());
        for (const [key, vector] of vectors) expect(index.vector(key)).toEqual(vector);
      }),
      { numRuns: 60 },
    );
  });

  it('holds 1,000 identical vectors, among others, and ties across the border of k go by key', () => {
    const random = randomFrom(3);
    const same = randomVector(random, 384);
    const index = create(384);
    for (let key = 1999; key >= 1000; key--) index.add(key, same);
    for (let key = 0; key < 100; key++) index.add(key, randomVector(random, 384));
    expect(index.search(same, 5).map(({ key }) => key)).toEqual([1000, 1001, 1002, 1003, 1004]);
    for (let key = 1000; key < 1003; key++) index.remove(key);
    expect(index.search(same, 2).map(({ key }) => key)).toEqual([1003, 1004]);
    expect(index.search(same, 5000)).toHaveLength(1097);
  });

  it('gives the cosine of any key, and null for one it does not hold', () => {
    const index = create(2);
    index.add(4, normalised([1, 0]));
    index.add(9, normalised([3, 4]));
    const [nine, none, four] = index.scores(normalised([1, 0]), [9, 5, 4]);
    expect(nine).toBeCloseTo(0.6, 6);
    expect(none).toBeNull();
    expect(four).toBe(1);
    expect(index.vector(5)).toBeUndefined();
  });

  it('refuses what it could not compare, and stays as it was', () => {
    const index = create(3);
    index.add(1, normalised([1, 2, 3]));
    expect(() => index.add(2, normalised([1, 2]))).toThrow(RangeError);
    expect(() => index.add(2, Float32Array.of(1, Number.NaN, 0))).toThrow('not a finite number');
    expect(() => index.add(2, Float32Array.of(Number.POSITIVE_INFINITY, 0, 0))).toThrow('not a finite number');
    expect(() => index.add(2, Float32Array.of(3, 4, 0))).toThrow('not L2-normalised');
    expect(() => index.add(1, normalised([1, 2, 3]))).toThrow('key 1');
    expect(() => index.search(normalised([1, 2]), 1)).toThrow(RangeError);
    expect(index.remove(2)).toBe(false);
    expect(index.size).toBe(1);
    expect(index.search(normalised([1, 2, 3]), 0)).toEqual([]);
    expect(index.search(normalised([1, 2, 3]), 9)).toHaveLength(1);
  });

  it('finds nothing in an empty index', () => {
    expect(create(3).search(normalised([1, 2, 3]), 3)).toEqual([]);
    expect(() => create(0)).toThrow(RangeError);
  });
});

describe('flat', () => {
  it.each(KERNELS)('has the kernel that %s.wat assembles to', async (name) => {
    expect(readFileSync(new URL(`${name}-kernel.ts`, import.meta.url), 'utf8')).toBe(await kernelSource(name));
  });

  it('runs on SIMD here, and without it where the engine does not validate it', async () => {
    expect(FlatIndex.create(384).block).toBeInstanceOf(SimdBlock);
    vi.resetModules();
    const validate = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    const fresh = await import('./flat.ts');
    const index = fresh.FlatIndex.create(3);
    expect(validate).toHaveBeenCalled();
    validate.mockRestore();
    expect(index.block.stride).toBe(3);
    index.add(1, normalised([1, 2, 3]));
    expect(index.search(normalised([1, 2, 3]), 1)).toHaveLength(1);
  });

  it('says how many passages it could not take when memory ends, and keeps what it has', () => {
    const index = FlatIndex.create(384);
    const vector = randomVector(randomFrom(1), 384);
    index.add(1, vector);
    const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
      throw new RangeError('refused');
    });
    expect(() => {
      for (let key = 2; key < 1000; key++) index.add(key, vector);
    }).toThrow(/not enough memory to keep the vectors of \d+ passages/);
    grow.mockRestore();
    const kept = index.size;
    expect(index.search(vector, 2000)).toHaveLength(kept);
    index.add(5000, vector);
    expect(index.size).toBe(kept + 1);
  });

  it('takes up codes where they pay, lets them go a good deal later, and holds them with every vector', () => {
    const random = randomFrom(12);
    const index = FlatIndex.create(40, { codesFrom: 100 });
    const vectors = new Map<number, Float32Array>();
    const query = randomVector(random, 40);
    const held: boolean[] = [];
    for (let key = 0; key < 120; key++) {
      vectors.set(key, randomVector(random, 40));
      index.add(key, vectors.get(key)!);
      held.push(index.codes !== null);
      expect(index.search(query, 5)).toEqual(naive(vectors, query, 5));
    }
    expect(held.indexOf(true)).toBe(99);
    for (let key = 0; key < 60; key++) {
      index.remove(key);
      vectors.delete(key);
      expect(index.codes !== null).toBe(vectors.size >= 75);
      expect(index.search(query, 5)).toEqual(naive(vectors, query, 5));
    }
  });

  it('goes on without codes where there is no memory for them', () => {
    const random = randomFrom(13);
    const index = FlatIndex.create(384, { codesFrom: 200 });
    const vectors = new Map(Array.from({ length: 400 }, (_, key) => [key, randomVector(random, 384)]));
    const reserve = vi.spyOn(CodeBlock.prototype, 'reserve').mockImplementation(() => {
      throw new RangeError('refused');
    });
    for (const [key, vector] of vectors) index.add(key, vector);
    expect(reserve).toHaveBeenCalledTimes(1);
    reserve.mockRestore();
    expect(index.codes).toBeNull();
    const query = randomVector(random, 384);
    expect(index.search(query, 9)).toEqual(naive(vectors, query, 9));
  });

  it('bounds the exact score from both sides by codes, whatever the number of dimensions', () => {
    const random = randomFrom(14);
    for (const dimensions of [1, 2, 31, 32, 33, 384, 1000, 4096]) {
      const codes = CodeBlock.create(dimensions)!;
      const vectors = Array.from({ length: 40 }, (_, i) =>
        // Every other vector has its weight on few axes: its codes leave out most.
        normalised(Array.from({ length: dimensions }, () => (i % 2 ? random() - 0.5 : (random() - 0.5) ** 9))),
      );
      codes.reserve(40);
      vectors.forEach((vector, row) => codes.set(row, vector));
      for (const query of vectors) {
        const { lower, upper, doubt } = codes.bounds(query, 40);
        expect(doubt).toBeLessThan(0.02);
        const outside = vectors.filter((vector, row) => {
          const exact = vector.reduce((sum, value, i) => sum + value * query[i]!, 0);
          return exact < lower[row]! - doubt || exact > upper[row]! + doubt;
        });
        expect(outside).toEqual([]);
        expect(Math.max(...upper.map((bound, row) => bound - lower[row]!))).toBeLessThan(0.3);
      }
    }
  });

  it.each(['floats', 'codes'] as const)('holds at most 1.3 times the bytes of the vectors (%s)', (scan) => {
    const index = FlatIndex.create(384, { scan });
    const vector = randomVector(randomFrom(15), 384);
    let most = 0;
    for (let key = 0; key < 20_000; key++) {
      index.add(key, vector);
      if (key === 5000) index.search(vector, 10);
      if (key > 5000) most = Math.max(most, index.bytes / (index.size * 384 * 4));
    }
    index.search(vector, 10);
    expect(Math.max(most, index.bytes / (20_000 * 384 * 4))).toBeLessThan(scan === 'codes' ? 1.3 : 1.05);
  });
});

describe('voy', () => {
  it('answers from the tree at 384 dimensions', () => {
    const random = randomFrom(5);
    const index = VoyIndex.create(384, VOY);
    for (let key = 0; key < 300; key++) index.add(key, randomVector(random, 384));
    index.search(randomVector(random, 384), 5);
    expect(index.scans).toBe('');
  });

  it('scans, and says why, where 33 vectors share a value along an axis', () => {
    const index = VoyIndex.create(3, VOY);
    const vectors = new Map<number, Float32Array>();
    for (let key = 0; key < 200; key++) {
      vectors.set(key, normalised([1, Math.cos(key), Math.sin(key)]));
      index.add(key, vectors.get(key)!);
    }
    const query = normalised([1, 2, 3]);
    expect(index.search(query, 9)).toEqual(naive(vectors, query, 9));
    expect(index.scans).toMatch(/voy cannot hold these vectors: .+/);
  });

  it('scans vectors that voy would cut', () => {
    const random = randomFrom(6);
    const index = VoyIndex.create(1000, VOY);
    const vectors = new Map(Array.from({ length: 40 }, (_, key) => [key, randomVector(random, 1000)]));
    for (const [key, vector] of vectors) index.add(key, vector);
    const query = randomVector(random, 1000);
    expect(index.search(query, 5)).toEqual(naive(vectors, query, 5));
    expect(index.scans).toContain('768');
  });

  it.each(['add', 'nearest'] as const)('builds a poisoned tree anew, and still answers (%s)', (call) => {
    const random = randomFrom(16);
    const index = VoyIndex.create(64, VOY);
    const vectors = new Map(Array.from({ length: 80 }, (_, key) => [key, randomVector(random, 64)]));
    for (const [key, vector] of vectors) index.add(key, vector);
    const query = randomVector(random, 64);
    if (call === 'nearest') index.search(query, 6);
    // 34 equal vectors make this very instance trap; what it is asked afterwards it cannot answer.
    const { add, nearest } = VoyTree.prototype;
    const same = Array.from({ length: 34 }, (_, i) => ({ id: 1000 + i, vector: query }));
    const poison = (tree: VoyTree): void => expect(() => add.call(tree, same)).toThrow(VoyPanic);
    let failures = 0;
    const spy =
      call === 'add'
        ? vi.spyOn(VoyTree.prototype, 'add').mockImplementationOnce(function (this: VoyTree, items) {
            poison(this);
            failures++;
            add.call(this, items);
          })
        : vi.spyOn(VoyTree.prototype, 'nearest').mockImplementationOnce(function (this: VoyTree, asked, k) {
            poison(this);
            failures++;
            return nearest.call(this, asked, k);
          });
    expect(index.search(query, 6)).toEqual(naive(vectors, query, 6));
    expect(failures).toBe(1);
    expect(spy.mock.results.map(({ type }) => type)).toEqual(['throw', 'return']);
    spy.mockRestore();
    expect(index.scans).toBe('');
    index.add(500, query);
    expect(index.search(query, 1)[0]!.key).toBe(500);
    expect(index.scans).toBe('');
  });

  it('keeps indexes apart that are used in turn, one of them broken', () => {
    const random = randomFrom(8);
    const made = [0, 1, 2].map(() => {
      const index = VoyIndex.create(64, VOY);
      const vectors = new Map(Array.from({ length: 80 }, (_, key) => [key, randomVector(random, 64)]));
      for (const [key, vector] of vectors) index.add(key, vector);
      return { index, vectors };
    });
    const broken = VoyIndex.create(3, VOY);
    for (let key = 0; key < 200; key++) broken.add(key, normalised([1, Math.cos(key), Math.sin(key)]));
    for (let turn = 0; turn < 12; turn++) {
      const { index, vectors } = made[turn % 3]!;
      if (turn === 5) broken.search(normalised([1, 2, 3]), 3);
      const query = randomVector(random, 64);
      expect(index.search(query, 6)).toEqual(naive(vectors, query, 6));
      expect(index.scans).toBe('');
    }
  });

  it('finds a vector again that was removed and added, and sweeps out what was removed', () => {
    const random = randomFrom(9);
    const index = VoyIndex.create(32, VOY);
    const vectors = new Map(Array.from({ length: 100 }, (_, key) => [key, randomVector(random, 32)]));
    for (const [key, vector] of vectors) index.add(key, vector);
    const query = randomVector(random, 32);
    expect(index.search(query, 10)).toEqual(naive(vectors, query, 10));
    index.remove(5);
    index.add(5, vectors.get(5)!);
    expect(index.search(query, 10)).toEqual(naive(vectors, query, 10));
    for (const key of [...vectors.keys()].slice(0, 90)) {
      index.remove(key);
      vectors.delete(key);
      expect(index.search(query, 10)).toEqual(naive(vectors, query, 10));
    }
    expect(index.scans).toBe('');
  });
});

describe('auto', () => {
  it('changes over with all its vectors, and back only when a good deal smaller', () => {
    const random = randomFrom(4);
    const index = AutoIndex.create(16, VOY, { most: 10, back: 6 });
    const kinds: string[] = [];
    for (let key = 0; key < 12; key++) {
      index.add(key, randomVector(random, 16));
      kinds.push(index.kind);
    }
    expect(kinds).toEqual([...Array<string>(10).fill('voy'), 'flat', 'flat']);
    for (let key = 0; key < 5; key++) index.remove(key);
    expect(index.kind).toBe('flat');
    index.remove(5);
    expect(index.kind).toBe('voy');
    expect(
      index
        .search(randomVector(random, 16), 20)
        .map(({ key }) => key)
        .sort((a, b) => a - b),
    ).toEqual([6, 7, 8, 9, 10, 11]);
    expect(() => AutoIndex.create(16, VOY, { most: 10, back: 11 })).toThrow(RangeError);
  });

  it('is flat throughout where voy cannot be had', () => {
    const index = AutoIndex.create(3, null);
    index.add(1, normalised([1, 2, 3]));
    expect(index.kind).toBe('flat');
    index.remove(1);
    expect(index.kind).toBe('flat');
  });
});
