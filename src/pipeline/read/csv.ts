/** CSV and TSV: each row as `Column: value; Column: value`, so that a row makes sense alone. */
import Papa from 'papaparse';
import { nameOf, noText, stemOf } from './reading.ts';
import type { Content } from './reading.ts';
import { rowParts, TableWriter, UNNAMED } from './table-writer.ts';
import type { Columns } from './table-writer.ts';
import { looksLikeHeader, splitCaptions, tidyCell } from './table.ts';
import type { Row } from './table.ts';

/**
 * Reads a decoded table; the delimiter is found, the first row is the header if it looks like one, or the first below a
 * title and remarks, which are kept above it. The header row is joined by ` | `; it and all above it belong to the first
 * part. @throws ReadError no-text
 */
export function readCsv(path: string, text: string, notes: readonly string[]): Content {
  // Excel may write the delimiter in a first line of its own.
  const separator = /^sep=(.)\r?\n/i.exec(text);
  // A last line end would count as a row of one cell when the delimiter is guessed.
  const body = text.slice(separator?.[0].length ?? 0, contentEnd(text));
  const parsed = Papa.parse<string[]>(body, { delimiter: separator?.[1] ?? delimiterOf(body) });
  const rows = parsed.data
    .map((cells, i): Row => ({ number: i + 1, cells: cells.map(tidyCell) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (rows.length === 0) throw noText(nameOf(path), 'all of its cells are empty.');
  const { captions, table, columns } = headed(rows);
  const writer = new TableWriter(rows.length);
  writer.captions(captions, 2);
  const first = writer.table(table, columns);
  const [part, ...parts] = rowParts(table, writer.blocks.slice(first), columns);
  return {
    title: stemOf(path),
    text: writer.text,
    blocks: writer.blocks,
    parts: part === undefined ? parts : [{ ...part, start: 0 }, ...parts],
    shown: writer.shown,
    notes: [...notes, ...faults(parsed.errors)],
  };
}

/** What stands above the table counts as that only where a header is found below it. */
function headed(rows: readonly Row[]): { captions: readonly Row[]; table: readonly Row[]; columns: Columns } {
  const { captions, body } = splitCaptions(rows);
  for (const [above, table] of [[captions, body] as const, [[], rows] as const])
    if (looksLikeHeader(table))
      return { captions: above, table, columns: { names: table[0]!.cells, inFirstRow: true } };
  return { captions: [], table: rows, columns: UNNAMED };
}

/** Lines above a table that may hide its delimiter. */
const MAX_ABOVE = 10;

/** Found in the first rows, or in those below a title of no cells; '' where none is. */
function delimiterOf(body: string): string {
  let from = 0;
  for (let line = 0; line <= MAX_ABOVE; line++) {
    const { errors, meta } = Papa.parse<string[]>(body.slice(from, from + 100_000), { preview: 20 });
    if (!errors.some(({ code }) => code === 'UndetectableDelimiter')) return meta.delimiter;
    const end = body.indexOf('\n', from);
    if (end === -1) break;
    from = end + 1;
  }
  return body.includes('\t') ? '\t' : '';
}

function faults(errors: readonly Papa.ParseError[]): string[] {
  const quotes = errors.filter(({ type }) => type === 'Quotes');
  const [first] = quotes;
  if (!first) return [];
  const row = first.row === undefined ? '' : ` in row ${first.row + 1}`;
  return [`A quotation mark${row} is never closed or stands wrongly; the cells after it may run together.`];
}

/** Where the line ends at the end of a file begin. */
function contentEnd(text: string): number {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return end;
}
