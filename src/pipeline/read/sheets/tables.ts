/** Finds the tables of a sheet: rows between empty rows, with captions above and a header where there is one. */
import { UNNAMED } from '../table-writer.ts';
import type { Columns } from '../table-writer.ts';
import { looksLikeHeader } from '../table.ts';
import type { Row } from '../table.ts';

export interface Table {
  readonly rows: readonly Row[];
  readonly columns: Columns;
}

/** Splits the filled rows of a sheet, in order, into tables; columns that are empty in all of a table are left out. */
export function tablesOf(rows: readonly Row[]): Table[] {
  const tables: Table[] = [];
  let header: readonly string[] = [];
  for (const region of regions(rows)) {
    const { captions, body } = splitCaptions(region);
    if (captions.length > 0) tables.push(compact(captions, UNNAMED));
    if (body.length === 0) continue;
    if (looksLikeHeader(narrow(body))) {
      header = body[0]!.cells;
      tables.push(compact(body, { names: header, inFirstRow: true }));
    } else tables.push(compact(body, goesOn(body, header) ? { names: header, inFirstRow: false } : UNNAMED));
  }
  return tables;
}

/** Runs of rows without an empty row between them. */
function regions(rows: readonly Row[]): Row[][] {
  const found: Row[][] = [];
  let previous = -1;
  for (const row of rows) {
    if (row.number !== previous + 1) found.push([]);
    found[found.length - 1]!.push(row);
    previous = row.number;
  }
  return found;
}

/** Rows of one cell above rows of more: titles and remarks, not entries. */
function splitCaptions(rows: readonly Row[]): { captions: readonly Row[]; body: readonly Row[] } {
  const first = rows.findIndex(({ cells }) => filled(cells) > 1);
  return first === -1 ? { captions: [], body: rows } : { captions: rows.slice(0, first), body: rows.slice(first) };
}

function filled(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => (cell === '' ? sum : sum + 1), 0);
}

/** Without empty columns, for the first hundred rows, which are enough to judge a header. */
function narrow(rows: readonly Row[]): readonly Row[] {
  return compact(rows.slice(0, 101), UNNAMED).rows;
}

/** After an empty row a table goes on when its rows fill most of the columns of the last header, and no others. */
function goesOn(rows: readonly Row[], header: readonly string[]): boolean {
  const first = rows[0]!.cells;
  return (
    filled(first) > 1 &&
    filled(first) * 2 >= filled(header) &&
    rows.every(({ cells }) => cells.every((cell, i) => cell === '' || (header[i] ?? '') !== ''))
  );
}

function compact(rows: readonly Row[], { names, inFirstRow }: Columns): Table {
  const used: number[] = [];
  const seen = new Set<number>();
  for (const { cells } of rows)
    cells.forEach((cell, i) => {
      if (cell !== '') seen.add(i);
    });
  for (const i of seen) used.push(i);
  used.sort((a, b) => a - b);
  const pick = (cells: readonly string[]): string[] => used.map((i) => cells[i] ?? '');
  return {
    rows: rows.map(({ number, cells }) => ({ number, cells: pick(cells) })),
    columns: { names: names.length === 0 ? [] : pick(names), inFirstRow },
  };
}
