import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../tests/support/random.ts';
import { fitLogistic, logistic } from './logistic.ts';

describe('fitLogistic', () => {
  it('finds the coefficients that the samples were made with', () => {
    const random = randomFrom(3);
    const samples = Array.from({ length: 20_000 }, () => {
      const features = [random() * 2 - 1, random() * 2 - 1];
      return { features, positive: random() < logistic(-0.5 + 2 * features[0]! - features[1]!), weight: 1 };
    });
    const [constant, first, second] = fitLogistic(samples);
    expect(constant).toBeCloseTo(-0.5, 1);
    expect(first).toBeCloseTo(2, 0);
    expect(second).toBeCloseTo(-1, 0);
  });

  it('weighs the samples', () => {
    const [constant] = fitLogistic([
      { features: [], positive: true, weight: 3 },
      { features: [], positive: false, weight: 1 },
    ]);
    expect(logistic(constant!)).toBeCloseTo(0.75, 6);
  });

  it('stays finite where the outcomes are apart, and refuses to fit nothing', () => {
    const apart = fitLogistic([
      { features: [0], positive: false, weight: 1 },
      { features: [1], positive: true, weight: 1 },
    ]);
    expect(apart.every(Number.isFinite)).toBe(true);
    expect(() => fitLogistic([])).toThrow('nothing to fit');
  });
});
