/** Tables that stand beside one another in a sheet, parted by empty columns. */
import { filled, hasHeader, isValue, splitCaptions, usedColumns } from '../table.ts';
import type { Row } from '../table.ts';

/** Columns of a sheet from the first to the last, counted from 0. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** More columns apart are a pattern, not tables. */
const MAX_SPANS = 50;

/**
 * Where each table stands; one span or none where there are not several. An empty column parts two tables when each has
 * a header of its own over two columns or more. It only spaces a table out where numbers follow, row by row, what stands
 * on their left: their labels.
 */
export function sideBySide(rows: readonly Row[]): readonly Span[] {
  const spans = spansOf(rows);
  if (spans.length < 2 || spans.length > MAX_SPANS) return [];
  const groups: Span[] = [];
  for (const span of spans) {
    const left = groups.at(-1);
    if (left === undefined || isTable(rows, span, groups[0])) groups.push(span);
    else groups[groups.length - 1] = { first: left.first, last: span.last };
  }
  while (groups.length > 1 && !isTable(rows, groups[0]!, undefined))
    groups.splice(0, 2, { first: groups[0]!.first, last: groups[1]!.last });
  return groups;
}

function spansOf(rows: readonly Row[]): Span[] {
  const spans: Span[] = [];
  for (const column of usedColumns(rows)) {
    const open = spans.at(-1);
    if (open?.last === column - 1) spans[spans.length - 1] = { first: open.first, last: column };
    else spans.push({ first: column, last: column });
  }
  return spans;
}

/** The rows with the cells of these columns alone, those that then hold nothing left out. */
export function within(rows: readonly Row[], { first, last }: Span): Row[] {
  return rows.flatMap(({ number, cells }) => {
    const own = cells.slice(0, last + 1).map((cell, i) => (i < first ? '' : cell));
    return filled(own) === 0 ? [] : [{ number, cells: own }];
  });
}

/** `left` is the table at the left edge, if this is another. */
function isTable(rows: readonly Row[], span: Span, left: Span | undefined): boolean {
  if (span.first === span.last) return false;
  const own = within(rows, span);
  const { body } = splitCaptions(own);
  if (usedColumns(body).length < 2 || !hasHeader(body)) return false;
  if (left === undefined || own.length < rows.length) return true;
  const labels = splitCaptions(within(rows, left)).body;
  const key = (some: readonly Row[]): string => some[0]?.cells.find((cell) => cell !== '') ?? '';
  return (
    key(labels) === key(body) || body.slice(1).some(({ cells }) => cells.some((cell) => cell !== '' && !isValue(cell)))
  );
}
