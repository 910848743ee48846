import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ranked } from './rank.ts';
import { regularise } from './regularise.ts';

function one(id: string, path: string, fused: number): Ranked {
  const passage = { id, path, start: 0, end: 1, context: '', text: id, tokens: 1 };
  return { passage, fused, keywordRank: null, keywordScore: null, terms: [], vectorRank: null, cosine: null };
}

const unit = (angle: number): Float32Array => Float32Array.of(Math.cos(angle), Math.sin(angle));
const ids = (ranked: readonly Ranked[]): string[] => ranked.map(({ passage }) => passage.id);

describe('regularise', () => {
  const ranked = [one('alone', 'a', 2), one('first', 'b', 1.9), one('second', 'c', 1.8), one('unlike', 'd', -1)];
  const angles: Record<string, number> = { alone: 0, first: Math.PI / 2, second: Math.PI / 2, unlike: 0.1 };
  const vectorOf = ({ id }: Ranked['passage']): Float32Array => unit(angles[id]!);

  it('brings passages that say alike together, and before one that stands among unfitting ones', () => {
    const again = regularise(ranked, vectorOf, { share: 0.4, neighbours: 1 });
    expect(ids(again)).toEqual(['first', 'second', 'alone', 'unlike']);
    expect(again[0]!.fused).toBeCloseTo(0.6 * 1.9 + 0.4 * 1.8, 6);
    expect(again[2]!.fused).toBeCloseTo(0.6 * 2 + 0.4 * -1, 6);
  });

  it('takes nothing from passages of the same document', () => {
    const same = ranked.map((ranking) => ({ ...ranking, passage: { ...ranking.passage, path: 'a' } }));
    expect(regularise(same, vectorOf)).toEqual(same);
  });

  it('leaves a passage without a vector as it is', () => {
    const again = regularise(ranked, (passage) => (passage.id === 'alone' ? undefined : vectorOf(passage)));
    expect(again.find(({ passage }) => passage.id === 'alone')!.fused).toBe(2);
    expect(regularise(ranked, () => undefined)).toEqual(ranked);
    expect(regularise([], vectorOf)).toEqual([]);
  });

  it('keeps every passage once, best first, those beyond the depth last, and no score beyond those given', () => {
    const given = fc.array(
      fc.record({
        fused: fc.double({ min: -3, max: 5, noNaN: true }),
        angle: fc.double({ min: 0, max: 6, noNaN: true }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(given, fc.integer({ min: 1, max: 12 }), (list, depth) => {
        const sorted = [...list].sort((a, b) => b.fused - a.fused);
        const before = sorted.map(({ fused }, i) => one(String(i), String(i % 4), fused));
        const after = regularise(before, ({ id }) => unit(sorted[Number(id)]!.angle), { depth });
        expect(ids(after).sort()).toEqual(ids(before).sort());
        expect(ids(after).slice(depth)).toEqual(ids(before).slice(depth));
        after.forEach(({ fused }, i) => {
          if (i > 0) expect(fused).toBeLessThanOrEqual(after[i - 1]!.fused);
          expect(fused).toBeLessThanOrEqual(before[0]!.fused + 1e-9);
          expect(fused).toBeGreaterThanOrEqual(before.at(-1)!.fused - 1e-9);
        });
      }),
    );
  });
});
