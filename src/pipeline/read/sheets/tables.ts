/** Finds the tables of a sheet: rows between empty rows, tables beside one another, captions above, a header where there is one. */
import { utils } from '@e965/xlsx';
import { UNNAMED } from '../table-writer.ts';
import type { Columns } from '../table-writer.ts';
import { filled, hasHeader, splitCaptions, usedColumns } from '../table.ts';
import type { Row } from '../table.ts';
import { sideBySide, within } from './side-by-side.ts';
import type { Span } from './side-by-side.ts';

export interface Table {
  readonly rows: readonly Row[];
  readonly columns: Columns;
  /** True of titles and remarks above a table. */
  readonly isCaption: boolean;
  /** Its columns where it stands beside another: `F–H`; else ''. */
  readonly place: string;
}

/** A header by its columns in the sheet. */
type Header = readonly string[];

interface Found {
  readonly tables: readonly Table[];
  /** Headers that rows after an empty row may go on under. */
  readonly headers: readonly Header[];
}

/** Tables in tables beside tables that are looked for: what is nested deeper is read as it stands. */
const MAX_DEPTH = 8;

/** Splits the filled rows of a sheet, in order, into tables; columns that are empty in all of a table are left out. */
export function tablesOf(rows: readonly Row[]): readonly Table[] {
  const { tables } = tablesIn(rows, [], '', 0);
  return tables.map((table, i) => (heads(table, tables[i + 1]) ? { ...table, isCaption: true } : table));
}

/** A lone cell above an empty row and a headed table is a caption too. */
function heads({ rows, columns }: Table, next: Table | undefined): boolean {
  if (next === undefined || !(next.isCaption || next.columns.inFirstRow)) return false;
  return columns === UNNAMED && rows.length === 1 && filled(rows[0]!.cells) === 1;
}

function tablesIn(rows: readonly Row[], before: readonly Header[], place: string, depth: number): Found {
  const tables: Table[] = [];
  let headers = before;
  const all = regions(rows);
  for (let i = 0; i < all.length; i++) {
    const { captions, body } = splitCaptions(all[i]!);
    const spans = depth < MAX_DEPTH ? sideBySide(body) : [];
    const above = captions.slice(0, captions.findLastIndex((row) => !isTitleOfEach(row, spans)) + 1);
    if (above.length > 0) tables.push({ ...compact(above, UNNAMED), isCaption: true, place });
    if (spans.length > 1) {
      const band = [...captions.slice(above.length), ...body];
      // What goes on below belongs to each table, before the next of them is told.
      while (i + 1 < all.length && goesOnBeside(all[i + 1]!, spans)) band.push(...all[++i]!);
      const found = spans.map((span) => tablesIn(within(band, span), [], columnsOf(span), depth + 1));
      tables.push(...found.flatMap((one) => one.tables));
      headers = found.flatMap((one) => one.headers);
    } else {
      const isHeaded = hasHeader(body);
      if (isHeaded) headers = [body[0]!.cells];
      const names = isHeaded ? body[0]!.cells : headers.find((header) => goesOn(body, header));
      const columns = names === undefined ? UNNAMED : { names, inFirstRow: isHeaded };
      tables.push({ ...compact(body, columns), isCaption: false, place });
    }
  }
  return { tables, headers };
}

/** Cells above tables beside one another that are titles of theirs; a lone one at the left may be that of all. */
function isTitleOfEach(row: Row, spans: readonly Span[]): boolean {
  const used = usedColumns([row]);
  return spans.length > 1 && (used.length > 1 || used[0]! > spans[0]!.last) && areIn(used, spans);
}

/** Rows without a header in the columns of tables that stand beside one another. */
function goesOnBeside(rows: readonly Row[], spans: readonly Span[]): boolean {
  return filled(rows[0]!.cells) > 1 && !hasHeader(rows) && areIn(usedColumns(rows), spans);
}

function areIn(columns: readonly number[], spans: readonly Span[]): boolean {
  return columns.every((column) => spans.some(({ first, last }) => first <= column && column <= last));
}

/** Runs of rows without an empty row between them. */
function regions(rows: readonly Row[]): readonly (readonly Row[])[] {
  const found: Row[][] = [];
  let previous = -1;
  for (const row of rows) {
    if (row.number !== previous + 1) found.push([]);
    found[found.length - 1]!.push(row);
    previous = row.number;
  }
  return found;
}

function columnsOf({ first, last }: Span): string {
  return `${utils.encode_col(first)}–${utils.encode_col(last)}`;
}

/** After an empty row a table goes on when its rows fill most of the columns of the last header, and no others. */
function goesOn(rows: readonly Row[], header: Header): boolean {
  const first = rows[0]!.cells;
  return (
    filled(first) > 1 &&
    filled(first) * 2 >= filled(header) &&
    rows.every(({ cells }) => cells.every((cell, i) => cell === '' || (header[i] ?? '') !== ''))
  );
}

function compact(rows: readonly Row[], { names, inFirstRow }: Columns): Pick<Table, 'rows' | 'columns'> {
  const used = usedColumns(rows);
  const pick = (cells: readonly string[]): string[] => used.map((i) => cells[i] ?? '');
  return {
    rows: rows.map(({ number, cells }) => ({ number, cells: pick(cells) })),
    columns: names.length === 0 ? UNNAMED : { names: pick(names), inFirstRow },
  };
}
