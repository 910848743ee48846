/** How sure it is that one of two ways does better on the same questions. */
import { pairedInterval } from './bootstrap.ts';
import { mean } from './metrics.ts';
import { randomisationTest } from './randomisation.ts';

export interface PairedDifference {
  /** Means. */
  readonly a: number;
  readonly b: number;
  /** b - a. */
  readonly difference: number;
  /** Of the difference: 95%, percentile bootstrap, each question drawn for both. */
  readonly low: number;
  readonly high: number;
  /** How likely a difference as large is by chance (`randomisation.ts`). */
  readonly p: number;
  /** Questions that it is measured on. */
  readonly n: number;
}

/** @param pairs what each question adds to either mean. Null without any. */
export function pairedDifference(pairs: readonly (readonly [a: number, b: number])[]): PairedDifference | null {
  const [from, to] = [pairs.map(([value]) => value), pairs.map(([, value]) => value)];
  const range = pairedInterval(from.map(shareOf), to.map(shareOf));
  if (!range) return null;
  const [a, b] = [mean(from), mean(to)];
  const p = randomisationTest(pairs.map(([left, right]) => right - left));
  return { a, b, difference: b - a, ...range, p, n: pairs.length };
}

/** Six places: more are noise, and a report is to be the same to the byte. */
export function sixPlaces<T extends PairedDifference>(figure: T): T {
  const six = (value: number) => Math.round(value * 1e6) / 1e6;
  const { a, b, difference, low, high, p } = figure;
  return { ...figure, a: six(a), b: six(b), difference: six(difference), low: six(low), high: six(high), p: six(p) };
}

const shareOf = (sum: number) => ({ sum, weight: 1 });
