import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlap, segments } from './passage-segments.ts';

const spans = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 })), { minLength: 1, maxLength: 8 })
  .map((pairs) => pairs.map(([start, length]) => ({ start, end: start + length })).sort((a, b) => a.start - b.start));

describe('segments of a text', () => {
  it('show cuts, overlaps and what lies between', () => {
    const passages = [
      { start: 0, end: 10 },
      { start: 8, end: 20 },
      { start: 22, end: 30 },
    ];
    expect(segments(passages)).toEqual([
      { start: 0, end: 8, passages: [0], begins: [0] },
      { start: 8, end: 10, passages: [0, 1], begins: [1] },
      { start: 10, end: 20, passages: [1], begins: [] },
      { start: 20, end: 22, passages: [], begins: [] },
      { start: 22, end: 30, passages: [2], begins: [2] },
    ]);
    expect(overlap(passages)).toBe(2);
  });

  it('follow each other without a gap, each character in just the passages that hold it', () => {
    fc.assert(
      fc.property(spans, (passages) => {
        const made = segments(passages);
        const gaps = made.filter(({ start }, i) => i > 0 && start !== made[i - 1]!.end);
        expect(gaps).toEqual([]);
        const wrong = made.filter(({ start, end, passages: held }) => {
          const holders = (at: number) => passages.flatMap((one, i) => (one.start <= at && at < one.end ? [i] : []));
          return Array.from({ length: end - start }, (_, i) => start + i).some((at) => `${holders(at)}` !== `${held}`);
        });
        expect(wrong).toEqual([]);
        expect(made.flatMap(({ begins }) => begins).sort((a, b) => a - b)).toEqual(passages.map((_, i) => i));
      }),
      { numRuns: 40 },
    );
  });
});
