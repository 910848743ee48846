/** How far a figure would move with other questions: percentile bootstrap (Efron and Tibshirani 1993, chapter 13). */
import { randomFrom } from '../pipeline/random.ts';

/** What one question adds to a ratio: a mean has weight 1 everywhere, a share of sentences their number. */
export interface Share {
  readonly sum: number;
  readonly weight: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const resamples = 2000;
/** Fixed, so that the same questions have the same interval. */
const seed = 20_240_131;
/** Of the resamples, left out at either end for 95%. */
const tail = 0.025;

/** Sum over weight; NaN without any weight. */
export function ratio(shares: readonly Share[]): number {
  let sum = 0;
  let weight = 0;
  for (const share of shares) {
    sum += share.sum;
    weight += share.weight;
  }
  return sum / weight;
}

/** The 95% interval of `ratio(shares)`, questions drawn with replacement. Null without any weight. */
export function interval(shares: readonly Share[]): Interval | null {
  return percentiles(shares.length, (drawn) => drawnRatio(shares, drawn));
}

/**
 * The 95% interval of `ratio(b) - ratio(a)`, where place i of both is of the same question: a question is drawn for both.
 * @throws Error when the lengths differ
 */
export function pairedInterval(a: readonly Share[], b: readonly Share[]): Interval | null {
  if (a.length !== b.length) throw new Error('Pairs need as many shares on either side.');
  return percentiles(a.length, (drawn) => drawnRatio(b, drawn) - drawnRatio(a, drawn));
}

function drawnRatio(shares: readonly Share[], drawn: Uint32Array): number {
  let sum = 0;
  let weight = 0;
  for (const i of drawn) {
    sum += shares[i]!.sum;
    weight += shares[i]!.weight;
  }
  return sum / weight;
}

/** The 95% interval of any figure of `count` questions, given the places of those that were drawn. Null if it is never a number. */
export function percentiles(count: number, statistic: (drawn: Uint32Array) => number): Interval | null {
  const next = randomFrom(seed);
  const drawn = new Uint32Array(count);
  const values: number[] = [];
  for (let n = 0; n < resamples; n++) {
    for (let i = 0; i < count; i++) drawn[i] = Math.floor(next() * count);
    const value = statistic(drawn);
    // Where all weight lies in a few questions a draw may have none of it.
    if (Number.isFinite(value)) values.push(value);
  }
  if (values.length === 0) return null;
  values.sort((a, b) => a - b);
  const last = values.length - 1;
  return { low: values[Math.floor(last * tail)]!, high: values[Math.ceil(last * (1 - tail))]! };
}
