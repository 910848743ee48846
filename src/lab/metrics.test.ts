import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean, ndcg, rangeScores, reciprocalRank, rocArea, type Place } from './metrics.ts';
import { randomFrom } from '../../tests/support/random.ts';
import { length, union } from './ranges.ts';

const place = (start: number, end: number, document = 'a'): Place => ({ document, start, end });

describe('rangeScores', () => {
  it('counts characters', () => {
    // 20 characters are wanted; 5 + 10 are found in the 30 taken.
    const scores = rangeScores([place(0, 15), place(20, 35)], [place(10, 20), place(22, 32)]);
    expect(scores).toEqual({ recall: 15 / 20, precision: 15 / 30, iou: 15 / 35 });
  });

  it('counts what two passages hold twice once as found and twice as taken', () => {
    const scores = rangeScores([place(0, 10), place(5, 15)], [place(0, 15)]);
    expect(scores).toEqual({ recall: 1, precision: 15 / 20, iou: 15 / 20 });
  });

  it('keeps documents apart', () => {
    expect(rangeScores([place(0, 10, 'b')], [place(0, 10)])).toEqual({ recall: 0, precision: 0, iou: 0 });
  });

  it('is all 1 only for exactly what was wanted, and never above', () => {
    const ranges = fc.array(
      fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 40 })).map(([start, size]) => place(start, start + size)),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(ranges, ranges, (retrieved, references) => {
        const wanted = union(references).map(({ start, end }) => place(start, end));
        const { recall, precision, iou } = rangeScores(retrieved, wanted);
        for (const score of [recall, precision, iou]) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
        expect(iou).toBeLessThanOrEqual(Math.min(recall, precision) + 1e-12);
        expect(rangeScores(wanted, wanted)).toEqual({ recall: 1, precision: 1, iou: 1 });
      }),
    );
  });

  it('refuses a question without references', () => {
    expect(() => rangeScores([place(0, 1)], [])).toThrow('reference');
  });
});

describe('rankings', () => {
  it('gives the reciprocal rank of the first relevant result', () => {
    expect(reciprocalRank([false, false, true, true])).toBe(1 / 3);
    expect(reciprocalRank([false])).toBe(0);
  });

  // By hand: DCG = 3 + 2/log2(3) + 0 + 1/log2(5), ideal = 3 + 2/log2(3) + 1/log2(4).
  it('gives nDCG', () => {
    expect(ndcg([3, 2, 0, 1], [1, 2, 3])).toBeCloseTo(
      (3 + 2 / Math.log2(3) + 1 / Math.log2(5)) / (3 + 2 / Math.log2(3) + 1 / 2),
      12,
    );
    expect(ndcg([1, 0], [1])).toBe(1);
    expect(ndcg([0, 0], [1])).toBe(0);
    expect(ndcg([], [])).toBe(0);
  });

  it('cuts the ideal where the ranking was cut', () => {
    expect(ndcg([1, 1], [1, 1, 1, 1])).toBe(1);
  });

  it('averages', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(mean([])).toBe(0);
  });
});

describe('union', () => {
  it('holds each character once, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(60), fc.nat(10)), { maxLength: 8 }), (pairs) => {
        const ranges = pairs.map(([start, size]) => ({ start, end: start + size }));
        const characters = new Set(
          ranges.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)),
        );
        const merged = union(ranges);
        expect(length(merged)).toBe(characters.size);
        merged.forEach(({ start }, i) => expect(start).toBeGreaterThan(merged[i - 1]?.end ?? -1));
      }),
    );
  });
});

describe('rocArea', () => {
  it('counts the pairs in which the positive stands above, ties half', () => {
    expect(rocArea([0.9, 0.5], [0.1, 0.5])).toBe(3.5 / 4);
    expect(rocArea([1, 2], [0])).toBe(1);
    expect(rocArea([0], [1, 2])).toBe(0);
    expect(rocArea([1, 1], [1])).toBe(0.5);
    expect(rocArea([], [1])).toBeNaN();
  });

  it('equals the count of all pairs', () => {
    const random = randomFrom(7);
    const some = (n: number) => Array.from({ length: n }, () => Math.round(random() * 20) / 20);
    const [positives, negatives] = [some(60), some(80)];
    const won = positives.flatMap((a) => negatives.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
    expect(rocArea(positives, negatives)).toBeCloseTo(won.reduce<number>((sum, one) => sum + one, 0) / won.length, 12);
  });
});
