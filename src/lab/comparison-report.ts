/** A comparison as a file: the same bytes for the same documents, questions and settings. Times are not in it. */
import { compareRows } from './compare.ts';
import { sixPlaces } from './paired.ts';
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
  const figures = compareRows(a.rows, b.rows).map(sixPlaces);
  return `${JSON.stringify({ embedder, figures, leftOut, a, b }, null, 1)}\n`;
}
