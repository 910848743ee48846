/** How far a share could be off for the choice of questions (Efron & Tibshirani 1993, percentile intervals). */
import { randomFrom } from '../../tests/support/random.ts';

export interface Interval {
  readonly n: number;
  readonly share: number;
  /** 95%. */
  readonly from: number;
  readonly to: number;
}

const SAMPLES = 1000;
const SEED = 1979;

/** Of one question: how many observations, and of how many it holds. */
export interface Tally {
  readonly n: number;
  readonly hits: number;
}

/** The share of hits over all questions. What comes of one question is drawn together. */
export function shareOf(questions: readonly Tally[]): Interval {
  return intervalOf([questions], ([all]) => ratio(all!))!;
}

/** Any figure over the same questions tallied in several ways, each drawn together; null where it is not a number. */
export function intervalOf(
  tallies: readonly (readonly Tally[])[],
  figure: (drawn: readonly (readonly Tally[])[]) => number,
): Interval | null {
  const size = tallies[0]!.length;
  const random = randomFrom(SEED);
  const share = figure(tallies);
  if (Number.isNaN(share)) return null;
  const drawn = Array.from({ length: SAMPLES }, () => {
    const chosen = Array.from({ length: size }, () => Math.floor(random() * size));
    return figure(tallies.map((all) => chosen.map((i) => all[i]!)));
  })
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
  const at = (part: number): number => rounded(drawn[Math.round(part * (drawn.length - 1))]!);
  const n = tallies.flat().reduce((sum, one) => sum + one.n, 0);
  return { n, share: rounded(share), from: at(0.025), to: at(0.975) };
}

/** NaN without observations. */
export function ratio(questions: readonly Tally[]): number {
  let n = 0;
  let hits = 0;
  for (const one of questions) {
    n += one.n;
    hits += one.hits;
  }
  return hits / n;
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
