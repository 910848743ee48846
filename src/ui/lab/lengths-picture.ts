/** How long the passages are, as columns, in words and as a table. */
import { columnChart } from '../pictures/column-chart.ts';
import { csv } from '../pictures/csv.ts';
import { drawingSvg, type Drawing } from '../pictures/drawing.ts';
import type { Bin } from './lengths.ts';

export interface Lengths {
  readonly bins: readonly Bin[];
  /** Tokens that the settings allow. */
  readonly limit: number;
}

/** @param width pixels */
export function lengthsDrawing({ bins, limit }: Lengths, width: number): Drawing {
  const marked = { value: limit, label: `limit set: ${limit}` };
  return columnChart({ columns: bins, across: 'Tokens of a passage', up: 'Passages', limit: marked }, width);
}

/** Bins of tokens that have passages: `16 to 31: 4`. */
export function lengthsText({ bins, limit }: Lengths): string {
  const some = bins.filter(({ count }) => count > 0);
  const each = some.map(({ from, to, count }) => `${from} to ${to - 1}: ${count}`);
  return `Passages by their number of tokens. ${each.join('; ')}. The limit set is ${limit}.`;
}

export function lengthsSvg(lengths: Lengths): string {
  const words = { title: 'Passages by length', description: [lengthsText(lengths)] };
  return drawingSvg(words, lengthsDrawing(lengths, 760));
}

export function lengthsCsv({ bins }: Lengths): string {
  return csv(
    ['tokens_from', 'tokens_to', 'passages'],
    bins.map(({ from, to, count }) => [from, to - 1, count]),
  );
}
