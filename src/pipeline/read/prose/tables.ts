/** What a word processor's tables are for: data or layout, with or without a row of names. */
import { MAX_CELL } from '../table.ts';
import { wordsIn } from './manuscript.ts';
import type { Prose, ProseRow, ProseTable } from './manuscript.ts';

const NUMBER = /^[-+(]?[$€£¥]?\s?\d[\d.,\s]*\s?[%$€£¥]?\)?$/;
/** Rows looked at to tell a header from data. */
const SAMPLE = 50;

/** Several columns of short cells without headings, code or tables in them. */
export function isData({ rows }: ProseTable): boolean {
  if (rows.every(({ cells }) => cells.length < 2)) return false;
  return rows.every(({ cells }) => cells.every((cell) => cell.every(fitsInRow) && wordsIn(cell).length <= MAX_CELL));
}

function fitsInRow(piece: Prose): boolean {
  return piece.kind === 'paragraph' && piece.style.kind !== 'heading' && piece.style.kind !== 'code';
}

/** The first row heads a table when the file says so, when it alone is bold, or when it stands in words over numbers. */
export function headedBy(rows: readonly ProseRow[]): boolean {
  const [first, ...rest] = rows;
  if (first === undefined || rest.length === 0) return false;
  if (first.isHeader) return true;
  const names = first.cells.map(wordsIn);
  const filled = names.filter((name) => name !== '');
  if (filled.length < 2 || filled.some((name) => NUMBER.test(name) || name.length > 60)) return false;
  if (isBold(first)) return !rest.every(isBold);
  const below = rest.slice(0, SAMPLE).map(({ cells }) => cells.map(wordsIn));
  return below.length > 1 && names.some((_, i) => below.every((cells) => NUMBER.test(cells[i] ?? '')));
}

function isBold({ cells }: ProseRow): boolean {
  return cells.every((cell) =>
    cell.every(
      (piece) =>
        piece.kind === 'paragraph' &&
        piece.runs.every(({ text, marks }) => !/\S/.test(text) || marks.includes('<strong>')),
    ),
  );
}
