import { describe, expect, it } from 'vitest';
import { randomisationTest } from './randomisation.ts';

describe('the paired randomisation test', () => {
  it('counts all signs of few questions exactly', () => {
    expect(randomisationTest([])).toBe(1);
    expect(randomisationTest([0.4])).toBe(1);
    // Of 2^3 sums only +++ and --- are as far from 0.
    expect(randomisationTest([1, 1, 1])).toBe(0.25);
    // ±1 ±3 is never nearer to 0 than 2, and zeros change nothing.
    expect(randomisationTest([-1, 0, 0, 3, 0])).toBe(1);
    // ±1 ±2 ±3: 6, 4, 2, 0 and their opposites; 6 and -6 of them are as far as 6, all but the two zeros as far as 2.
    expect(randomisationTest([1, 2, 3])).toBe(0.25);
    expect(randomisationTest([1, -2, 3])).toBe(0.75);
  });

  it('agrees with the sign test where all differences are alike', () => {
    // Six of six: 2 / 2^6.
    expect(randomisationTest(Array<number>(6).fill(0.1))).toBeCloseTo(2 / 64, 12);
    // 20 of 24, two-sided binomial: 0.001544.
    const many = [...Array<number>(20).fill(1), ...Array<number>(4).fill(-1)];
    expect(randomisationTest(many)).toBeGreaterThan(0.0008);
    expect(randomisationTest(many)).toBeLessThan(0.0024);
  });

  it('is the same either way round and on every run', () => {
    const differences = Array.from({ length: 40 }, (_, i) => Math.sin(i * 12.9898) + 0.2);
    const p = randomisationTest(differences);
    expect(randomisationTest(differences)).toBe(p);
    expect(Math.abs(randomisationTest(differences.map((one) => -one)) - p)).toBeLessThan(0.02);
    expect(p).toBeGreaterThan(0);
    expect(p).toBeLessThan(1);
  });
});
