import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scored } from '../index/interface.ts';
import { reciprocalRankFusion, weightedSum } from './fuse.ts';

const list = fc.uniqueArray(fc.record({ key: fc.nat(40), score: fc.double({ min: -5, max: 30, noNaN: true }) }), {
  selector: ({ key }) => key,
  maxLength: 25,
});
/** Lists with weights, and the same shuffled: the lists among each other, and the hits in each. */
const shuffled = fc
  .array(fc.record({ hits: list, weight: fc.double({ min: 0, max: 3, noNaN: true }) }), { minLength: 1, maxLength: 4 })
  .chain((lists) =>
    fc.record({
      lists: fc.constant(lists),
      other: fc
        .shuffledSubarray(lists, { minLength: lists.length })
        .chain((permuted) =>
          fc.tuple(
            ...permuted.map(({ hits, weight }) =>
              fc.shuffledSubarray(hits, { minLength: hits.length }).map((mixed) => ({ hits: mixed, weight })),
            ),
          ),
        ),
    }),
  );
type Weighted = { hits: Scored[]; weight: number };
type Fusion = (lists: Scored[][], weights: number[]) => Scored[];

const FUSIONS: Record<string, Fusion> = {
  'reciprocal ranks': (lists, weights) => reciprocalRankFusion(lists, { weights }),
  'z-scores': (lists, weights) => weightedSum(lists, { weights }),
  ranges: (lists, weights) => weightedSum(lists, { weights, scale: 'range' }),
};

describe.each(Object.entries(FUSIONS))('fusion by %s', (_, fusion) => {
  const fuse = (lists: readonly Weighted[]): Scored[] =>
    fusion(
      lists.map(({ hits }) => hits),
      lists.map(({ weight }) => weight),
    );

  it('depends on the order neither of the lists nor of their hits', () => {
    fc.assert(
      fc.property(shuffled, ({ lists, other }) => {
        expect(fuse(other)).toEqual(fuse(lists));
      }),
    );
  });

  it('returns each key once, best first, ties by key, and leaves its input alone', () => {
    fc.assert(
      fc.property(fc.array(list, { minLength: 1, maxLength: 3 }), (lists) => {
        const before = structuredClone(lists);
        const fused = fuse(lists.map((hits) => ({ hits, weight: 1 })));
        expect(lists).toEqual(before);
        expect(fused.map(({ key }) => key).sort()).toEqual([...new Set(lists.flat().map(({ key }) => key))].sort());
        fused.forEach(({ key, score }, i) => {
          expect(Number.isFinite(score)).toBe(true);
          const last = fused[i - 1];
          if (last) expect(last.score > score || (last.score === score && last.key < key)).toBe(true);
        });
      }),
    );
  });
});

const hits = (...scores: [key: number, score: number][]): Scored[] => scores.map(([key, score]) => ({ key, score }));

describe('reciprocalRankFusion', () => {
  it('adds 1 / (60 + rank), ranks by score and then key', () => {
    const fused = reciprocalRankFusion([hits([1, 9], [2, 5], [3, 5]), hits([3, 1])], { weights: [1, 2] });
    expect(fused).toEqual([
      { key: 3, score: 1 / 63 + 2 / 61 },
      { key: 1, score: 1 / 61 },
      { key: 2, score: 1 / 62 },
    ]);
  });
});

describe('weightedSum', () => {
  it('adds z-scores: a score that stands out outweighs a rank', () => {
    const lists = [hits([1, 100], [2, 1], [3, 1], [4, 1]), hits([2, 0.4], [3, 0.39], [1, 0.38], [4, 0])];
    expect(weightedSum(lists)[0]!.key).toBe(1);
    expect(reciprocalRankFusion(lists)[0]!.key).toBe(2);
    expect(weightedSum([hits([1, 3], [2, 1])])).toEqual(hits([1, 1], [2, -1]));
  });

  it('adds shares of the range, and nothing for scores that are all equal', () => {
    expect(weightedSum([hits([1, 3], [2, 1], [3, 2])], { scale: 'range', weights: [2] })).toEqual(
      hits([1, 2], [3, 1], [2, 0]),
    );
    for (const scale of ['z', 'range'] as const) {
      expect(weightedSum([hits([1, 0.1], [2, 0.1], [3, 0.1])], { scale })).toEqual(hits([1, 0], [2, 0], [3, 0]));
    }
  });
});
