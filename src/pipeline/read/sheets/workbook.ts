/** A workbook of any make, by SheetJS, as rows of formatted text; no formula is computed, stored results are shown. */
import { read, set_cptable } from '@e965/xlsx';
import type { CellObject, ParsingOptions, Range, WorkBook, WorkSheet } from '@e965/xlsx';
import { tidyCell } from '../table.ts';
import type { Row } from '../table.ts';
import { joinHeaders } from './merged-header.ts';

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Rows that hold something. */
  readonly rows: readonly Row[];
  readonly comments: readonly string[];
  /** True when the sheet goes on below its last row here. */
  readonly cut: boolean;
}

export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly title: string;
  readonly author: string;
  /** ISO 8601 or ''. */
  readonly date: string;
}

/** Rows of one sheet, and cells of all sheets, that are read. */
export const MAX_ROWS = 100_000;
export const MAX_CELLS = 1_000_000;

const OPTIONS: ParsingOptions = {
  type: 'array',
  dense: true,
  cellFormula: false,
  cellHTML: false,
  cellDates: true,
  // The format tells a number that was cut from one that is shown as its author wished.
  cellNF: true,
  // Excel's own short date depends on the country; this one means one day only.
  dateNF: 'yyyy-mm-dd',
};

/** Parses the bytes of a workbook. @throws Error of SheetJS */
export async function parseWorkbook(bytes: Uint8Array, old: boolean): Promise<Workbook> {
  // Workbooks from before Unicode name a code page; its tables are large.
  if (old) set_cptable(await import('@e965/xlsx/dist/cpexcel.full.mjs'));
  const book = read(bytes, OPTIONS);
  const budget = { cells: MAX_CELLS };
  return {
    sheets: book.SheetNames.map((name, i) => sheetOf(book, name, i, budget)),
    title: property(book, 'Title'),
    author: property(book, 'Author'),
    date: dateOf(book),
  };
}

function sheetOf(book: WorkBook, name: string, index: number, budget: { cells: number }): Sheet {
  const sheet = book.Sheets[name] ?? {};
  const comments: string[] = [];
  const rows: Row[] = [];
  const data = rowsOf(sheet);
  const numbers = Object.keys(data).map(Number);
  let cut = false;
  for (const r of numbers) {
    if (rows.length >= MAX_ROWS || budget.cells <= 0) {
      cut = true;
      break;
    }
    const cells: string[] = [];
    // Only the cells that are: a row may have one in its last column alone.
    for (const key in data[r]) {
      const c = Number(key);
      const cell = data[r][c];
      if (cell === undefined) continue;
      for (const { a = '', t = '' } of cell.c ?? []) comments.push(tidyCell(a === '' ? t : `${a}: ${t}`));
      const text = tidyCell(shownText(cell));
      if (text === '') continue;
      while (cells.length < c) cells.push('');
      cells[c] = text;
      budget.cells--;
    }
    if (cells.length > 0) rows.push({ number: r + 1, cells });
  }
  return {
    name: tidyCell(name) || `${index + 1}`,
    hidden: (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) > 0,
    rows: withMerged(rows, sheet['!merges'] ?? []),
    comments,
    cut,
  };
}

function rowsOf(sheet: WorkSheet): Record<number, Record<number, CellObject | undefined>> {
  return (sheet['!data'] ?? []) as unknown as Record<number, Record<number, CellObject | undefined>>;
}

/** What the sheet shows; a number without a format that was cut to a narrow exponent is shown whole. */
function shownText(cell: CellObject): string {
  if (cell.t === 'z') return '';
  const isPlain = cell.z === undefined || /^general$/i.test(String(cell.z));
  if (isPlain && typeof cell.v === 'number' && /^-?\d(?:\.\d+)?E[+-]?\d+$/i.test(cell.w ?? '')) return String(cell.v);
  if (cell.w !== undefined) return cell.w;
  if (cell.v instanceof Date) return cell.v.toISOString().replace(/T00:00:00\.000Z$/, '');
  return cell.v === undefined ? '' : String(cell.v);
}

/** Longer texts stand once: merged down a table they are remarks beside it. */
const MAX_REPEATED = 80;

/** A cell merged over several rows is an entry of each of them; one merged over columns is part of the name of each. */
function withMerged(rows: readonly Row[], merges: readonly Range[]): readonly Row[] {
  if (merges.length === 0) return rows;
  const byNumber = new Map(rows.map((row) => [row.number, [...row.cells]]));
  for (const { s, e } of merges) {
    const value = byNumber.get(s.r + 1)?.[s.c] ?? '';
    if (value === '' || value.length > MAX_REPEATED) continue;
    for (let r = s.r + 1; r <= Math.min(e.r, s.r + 1000); r++) {
      const cells = byNumber.get(r + 1);
      // A row that holds nothing of its own stays empty.
      if (cells === undefined || (cells[s.c] ?? '') !== '') continue;
      while (cells.length < s.c) cells.push('');
      cells[s.c] = value;
    }
  }
  const all = rows.map(({ number }) => ({ number, cells: byNumber.get(number) ?? [] }));
  return joinHeaders(all, merges);
}

function property(book: WorkBook, name: 'Title' | 'Author'): string {
  const value: unknown = book.Props?.[name];
  return typeof value === 'string' ? value.trim() : '';
}

function dateOf(book: WorkBook): string {
  const value: unknown = book.Props?.ModifiedDate ?? book.Props?.CreatedDate;
  const date = value instanceof Date ? value : typeof value === 'string' ? new Date(value) : null;
  return date === null || Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}
