import { describe, expect, it } from 'vitest';
import { interval, pairedInterval, ratio, type Share } from './bootstrap.ts';

const means = (...values: number[]): Share[] => values.map((sum) => ({ sum, weight: 1 }));
const coins = (heads: number, of: number) => means(...Array.from({ length: of }, (_, i) => Number(i < heads)));

describe('ratio', () => {
  it('is a mean where each weighs 1, and a share of all else', () => {
    expect(ratio(means(0, 1, 1, 1))).toBe(0.75);
    const sentences = [
      { sum: 1, weight: 4 },
      { sum: 2, weight: 2 },
    ];
    expect(ratio(sentences)).toBe(0.5);
    expect(ratio([])).toBeNaN();
  });
});

describe('interval', () => {
  it('has no width where nothing varies, and is nothing without questions', () => {
    expect(interval(means(1, 1, 1))).toEqual({ low: 1, high: 1 });
    expect(interval([])).toBeNull();
    expect(interval([{ sum: 0, weight: 0 }])).toBeNull();
  });

  it('is about as wide as the normal approximation says', () => {
    // 0.3 ± 1.96 · sqrt(0.3 · 0.7 / 400)
    const { low, high } = interval(coins(120, 400))!;
    expect(low).toBeCloseTo(0.255, 2);
    expect(high).toBeCloseTo(0.345, 2);
  });

  it('draws questions, not sentences', () => {
    // One of two questions has all the marks: a quarter of the draws has nothing else, a quarter nothing of it.
    const clustered = interval([
      { sum: 10, weight: 10 },
      { sum: 0, weight: 10 },
    ])!;
    expect(clustered).toEqual({ low: 0, high: 1 });
  });

  it('is the same every time', () => {
    expect(interval(coins(7, 31))).toEqual(interval(coins(7, 31)));
  });
});

describe('pairedInterval', () => {
  it('is narrower than the two apart: what both find hard cancels out', () => {
    const a = coins(100, 400);
    // Twenty more right, none lost.
    const b = coins(120, 400);
    const { low, high } = pairedInterval(a, b)!;
    // 0.05 ± 1.96 · sqrt(0.05 · 0.95 / 400)
    expect(low).toBeCloseTo(0.0286, 2);
    expect(high).toBeCloseTo(0.0714, 2);
    expect(pairedInterval(a, a)).toEqual({ low: 0, high: 0 });
    expect(() => pairedInterval(a, b.slice(1))).toThrow('as many');
  });
});
