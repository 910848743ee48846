/** Rows of a table as found in a file, and whether the first of them names the columns. */

export interface Row {
  /** As a spreadsheet counts: the first row is 1. */
  readonly number: number;
  /** By column; '' where a cell is empty. */
  readonly cells: readonly string[];
}

/** A cell with more characters than this is a column of a page, not an entry of a table. */
export const MAX_CELL = 1500;

/** A cell as one line. */
export function tidyCell(cell: string): string {
  return cell.replaceAll('\0', '\uFFFD').replace(/\s+/g, ' ').trim();
}

const NUMERIC = /^[-+(]?[$€£¥]?\s?[-+]?\d[\d.,'\s]*(?:[eE][-+]?\d+)?\s?(?:%|[$€£¥])?\)?$/;
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ]\d{1,2}:.*)?$/;

/** A number, an amount, a share or a date. */
export function isValue(cell: string): boolean {
  return NUMERIC.test(cell) || DATE.test(cell);
}

/** A header names: short, different, no numbers or dates, no labels of what stands beside them (`Total:`); a lone column needs numbers below to tell. */
export function looksLikeHeader(rows: readonly Row[]): boolean {
  const [first, ...rest] = rows.slice(0, 101);
  if (!first || rest.length === 0) return false;
  const names = first.cells.filter((cell) => cell !== '');
  const width = Math.max(...rest.map(({ cells }) => cells.length));
  if (names.length * 2 < Math.min(width, first.cells.length) || new Set(names).size < names.length) return false;
  if (names.some((name) => isValue(name) || name.length > 80 || name.endsWith(':'))) return false;
  if (width > 1) return names.length > 1;
  return rest.every(({ cells }) => isValue(cells[0] ?? ''));
}

/** A header over at least one column of numbers or dates: sure enough where the file says nothing of a header. */
export function headsNumbers(rows: readonly Row[]): boolean {
  const [first, ...rest] = rows;
  if (!first || !looksLikeHeader(rows)) return false;
  return first.cells.some((name, i) => name !== '' && rest.every(({ cells }) => isValue(cells[i] ?? '')));
}

/** Rows that are judged: enough to know a table by. */
const JUDGED = 101;

/**
 * Parts titles and remarks from the table below them: rows of one cell above rows of more, and rows of at most half of
 * the usual number of cells above a header. No captions where nothing would be left.
 */
export function splitCaptions(rows: readonly Row[]): { captions: readonly Row[]; body: readonly Row[] } {
  const widths = rows.slice(0, JUDGED).map(({ cells }) => filled(cells));
  const usual = [...widths].sort((a, b) => a - b)[widths.length >> 1] ?? 0;
  const wide = widths.findIndex((width) => width > 1 && width * 2 > usual);
  const above = wide > 0 && looksLikeHeader(withoutEmptyColumns(rows.slice(wide, wide + JUDGED)));
  const first = above ? wide : rows.findIndex(({ cells }) => filled(cells) > 1);
  return first === -1 ? { captions: [], body: rows } : { captions: rows.slice(0, first), body: rows.slice(first) };
}

/** How many cells hold something. */
export function filled(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => (cell === '' ? sum : sum + 1), 0);
}

/** The columns in which some row holds something, in order. */
export function usedColumns(rows: readonly Row[]): readonly number[] {
  const used = new Set<number>();
  for (const { cells } of rows)
    cells.forEach((cell, i) => {
      if (cell !== '') used.add(i);
    });
  return [...used].sort((a, b) => a - b);
}

export function withoutEmptyColumns(rows: readonly Row[]): readonly Row[] {
  const used = usedColumns(rows);
  return rows.map(({ number, cells }) => ({ number, cells: used.map((i) => cells[i] ?? '') }));
}

/** True if the rows, however sparse, begin with a header. */
export function hasHeader(rows: readonly Row[]): boolean {
  return looksLikeHeader(withoutEmptyColumns(rows.slice(0, JUDGED)));
}
