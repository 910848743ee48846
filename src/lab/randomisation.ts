/**
 * Whether two settings differ by more than chance: the paired randomisation test (Fisher 1935; for retrieval Smucker,
 * Allan and Carterette 2007). If they were the same, each question's difference could as well have the other sign.
 */
import { randomFrom } from '../pipeline/random.ts';

/** Up to so many differences all signs are tried, beyond it a sample of them. */
const mostForAll = 16;
const samples = 20_000;
const seed = 20_240_131;

/** Sums that differ by rounding alone are equal. */
const rounding = 1e-9;

/**
 * How likely a mean difference at least as large, in either direction, is by chance: in (0, 1], 1 without differences.
 * Exact for up to 16 questions that differ; beyond that estimated from 20,000 draws with a fixed seed.
 */
export function randomisationTest(differences: readonly number[]): number {
  // A difference of 0 has no sign to change.
  const some = differences.filter((difference) => difference !== 0);
  const found = Math.abs(some.reduce((sum, one) => sum + one, 0)) - rounding;
  if (some.length <= mostForAll) {
    const all = 2 ** some.length;
    let reached = 0;
    for (let signs = 0; signs < all; signs++)
      if (Math.abs(some.reduce((sum, one, i) => sum + ((signs >> i) & 1 ? -one : one), 0)) >= found) reached++;
    return reached / all;
  }
  const next = randomFrom(seed);
  let reached = 0;
  for (let n = 0; n < samples; n++)
    if (Math.abs(some.reduce((sum, one) => sum + (next() < 0.5 ? -one : one), 0)) >= found) reached++;
  // The signs that were found are one draw of those that can be: p is never 0.
  return (reached + 1) / (samples + 1);
}
