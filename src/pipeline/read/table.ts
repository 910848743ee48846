/** Rows of a table as found in a file, and whether the first of them names the columns. */

export interface Row {
  /** As a spreadsheet counts: the first row is 1. */
  readonly number: number;
  /** By column; '' where a cell is empty. */
  readonly cells: readonly string[];
}

/** A cell as one line. */
export function tidyCell(cell: string): string {
  return cell.replaceAll('\0', '\uFFFD').replace(/\s+/g, ' ').trim();
}

const NUMERIC = /^[-+(]?[$€£¥]?\s?[-+]?\d[\d.,'\s]*(?:[eE][-+]?\d+)?\s?(?:%|[$€£¥])?\)?$/;
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ]\d{1,2}:.*)?$/;

function isValue(cell: string): boolean {
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
