/** A comparison as a file: the same bytes for the same documents, questions and settings. Times are not in it. */
import { compareRows, type Figure } from './compare.ts';
import type { Row } from './score.ts';

/** One side. */
export interface ReportedTrial {
  readonly settings: object;
  readonly passages: number;
  readonly rows: readonly Row[];
}

export function comparisonReport(
  embedder: string,
  trials: readonly [ReportedTrial, ReportedTrial],
  leftOut: readonly { readonly id: string; readonly why: string }[],
): string {
  const [a, b] = trials;
  const figures = compareRows(a.rows, b.rows).map(rounded);
  return `${JSON.stringify({ embedder, figures, leftOut, a, b }, null, 1)}\n`;
}

/** Six places: more are noise. */
function rounded(figure: Figure): Figure {
  const six = (value: number) => Math.round(value * 1e6) / 1e6;
  const { a, b, difference, low, high, p } = figure;
  return { ...figure, a: six(a), b: six(b), difference: six(difference), low: six(low), high: six(high), p: six(p) };
}
