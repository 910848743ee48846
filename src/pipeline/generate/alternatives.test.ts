import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosenToken } from './alternatives.ts';

describe('what else might have been written', () => {
  it('has the probabilities of the softmax, best first, and the entropy in bits', () => {
    const even = chosenToken(2, new Float32Array([5, 5, 5, 5]), 3);
    expect(even.probability).toBeCloseTo(0.25, 12);
    expect(even.likeliest.map(({ id }) => id)).toEqual([0, 1, 2]);
    expect(even.entropy).toBeCloseTo(2, 12);
    const [half, quarter] = [Math.log(2), Math.log(1)];
    const uneven = chosenToken(1, new Float32Array([quarter, half, quarter]), 5);
    expect(uneven.likeliest.map(({ id, probability }) => [id, probability])).toEqual([
      [1, expect.closeTo(0.5, 6)],
      [0, expect.closeTo(0.25, 6)],
      [2, expect.closeTo(0.25, 6)],
    ]);
    expect(uneven.entropy).toBeCloseTo(1.5, 5);
  });

  it('holds with scores whose exponentials overflow', () => {
    const sure = chosenToken(0, new Float32Array([2000, -2000, 10]), 2);
    expect(sure.probability).toBe(1);
    expect(sure.entropy).toBe(0);
  });

  it('agrees with a plain softmax and a plain sort on any scores', () => {
    const scores = fc.float32Array({ minLength: 1, maxLength: 60, min: -30, max: 30, noNaN: true });
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 8 }), (given, count) => {
        const shares = Array.from(given, (score) => Math.exp(score));
        const sum = shares.reduce((all, share) => all + share, 0);
        const ranked = shares.map((share, id) => ({ id, p: share / sum }));
        // exponentials of scores that are nearly alike may be the same
        const sorted = ranked.sort((a, b) => given[b.id]! - given[a.id]! || a.id - b.id);
        const { likeliest, entropy } = chosenToken(0, given, count);
        expect(likeliest.map(({ id }) => id)).toEqual(sorted.slice(0, count).map(({ id }) => id));
        likeliest.forEach(({ probability }, i) => expect(probability).toBeCloseTo(sorted[i]!.p, 9));
        const plain = -sorted.reduce((all, { p }) => all + (p > 0 ? p * Math.log2(p) : 0), 0);
        expect(entropy).toBeCloseTo(plain, 6);
      }),
    );
  });
});
