/** CSV and TSV: each row as `Column: value; Column: value`, so that a row makes sense alone. */
import Papa from 'papaparse';
import { nameOf, noText, stemOf } from './reading.ts';
import type { Content } from './reading.ts';
import { rowParts, TableWriter, UNNAMED } from './table-writer.ts';
import { looksLikeHeader, tidyCell } from './table.ts';
import type { Row } from './table.ts';

/**
 * Reads a decoded table; the delimiter is found, the first row is the header if it looks like one. The header row is
 * the first block, joined by ` | `, and belongs to the first part. @throws ReadError no-text
 */
export function readCsv(path: string, text: string, notes: readonly string[]): Content {
  // Excel may write the delimiter in a first line of its own.
  const separator = /^sep=(.)\r?\n/i.exec(text);
  // A last line end would count as a row of one cell when the delimiter is guessed.
  const body = text.slice(separator?.[0].length ?? 0, contentEnd(text));
  const guessed = Papa.parse<string[]>(body, { delimiter: separator?.[1] ?? '' });
  const unknown = guessed.errors.some(({ code }) => code === 'UndetectableDelimiter');
  const parsed = unknown && body.includes('\t') ? Papa.parse<string[]>(body, { delimiter: '\t' }) : guessed;
  const rows = parsed.data
    .map((cells, i): Row => ({ number: i + 1, cells: cells.map(tidyCell) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (rows.length === 0) throw noText(nameOf(path), 'all of its cells are empty.');
  const columns = looksLikeHeader(rows) ? { names: rows[0]?.cells ?? [], inFirstRow: true } : UNNAMED;
  const writer = new TableWriter(rows.length);
  writer.table(rows, columns);
  return {
    title: stemOf(path),
    text: writer.text,
    blocks: writer.blocks,
    parts: rowParts(rows, writer.blocks, columns),
    shown: writer.shown,
    notes: [...notes, ...faults(parsed.errors)],
  };
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
