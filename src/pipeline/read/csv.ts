/** CSV and TSV: each row as `Column: value; Column: value`, so that a row makes sense alone. */
import Papa from 'papaparse';
import type { Block, Part } from '../document.ts';
import { spanAt } from './markup.ts';
import { nameOf, noText, stemOf } from './reading.ts';
import type { Content } from './reading.ts';

const ROWS_A_PART = 20;

interface Row {
  /** As a spreadsheet counts: the file's first row is 1. */
  readonly number: number;
  readonly cells: readonly string[];
}

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
    .map((cells, i): Row => ({ number: i + 1, cells: cells.map(tidy) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (rows.length === 0) throw noText(nameOf(path), 'all of its cells are empty.');
  const hasHeader = looksLikeHeader(rows);
  const columns = hasHeader ? (rows[0]?.cells ?? []) : [];

  const lines: string[] = [];
  const html: string[] = ['<table>'];
  const blocks: Block[] = [];
  let at = 0;
  rows.forEach(({ cells }, index) => {
    const isHeader = hasHeader && index === 0;
    const line = rowText(cells, isHeader ? [] : columns, at);
    lines.push(line.text);
    // Each row names its columns itself: a header in its context would only say them twice.
    blocks.push({ kind: 'row', header: '', start: at, end: at + line.text.length });
    if (index === (hasHeader ? 1 : 0)) html.push('<tbody>');
    const row = `<tr>${line.html(isHeader ? 'th' : 'td')}</tr>`;
    html.push(isHeader ? `<thead>${row}</thead>` : row);
    at += line.text.length + 1;
  });
  html.push(rows.length > (hasHeader ? 1 : 0) ? '</tbody></table>' : '</table>');
  return {
    title: stemOf(path),
    text: lines.join('\n'),
    blocks,
    parts: rowParts(rows, blocks, hasHeader),
    shown: { as: 'html', html: html.join('') },
    notes: [...notes, ...faults(parsed.errors)],
  };
}

/** A row's text, and its cells as markup; `at` is where the row begins in the document's text. */
function rowText(
  cells: readonly string[],
  columns: readonly string[],
  at: number,
): { text: string; html(tag: 'th' | 'td'): string } {
  const named = columns.length > 0;
  const last = cells.findLastIndex((cell) => cell !== '');
  let text = '';
  const places = cells.map((cell, i) => {
    if (named ? cell === '' : i > last) return at;
    if (text !== '' || (!named && i > 0)) text += named ? '; ' : ' | ';
    const column = columns[i] ?? '';
    if (column !== '') text += `${column}: `;
    text += cell;
    return at + text.length - cell.length;
  });
  return {
    text,
    html: (tag) => cells.map((cell, i) => `<${tag}>${spanAt(cell, places[i] ?? at)}</${tag}>`).join(''),
  };
}

function rowParts(rows: readonly Row[], blocks: readonly Block[], hasHeader: boolean): Part[] {
  const parts: Part[] = [];
  const first = hasHeader && rows.length > 1 ? 1 : 0;
  for (let from = first; from < rows.length; from += ROWS_A_PART) {
    const to = Math.min(from + ROWS_A_PART, rows.length) - 1;
    const [a, b] = [rows[from]!.number, rows[to]!.number];
    parts.push({
      kind: 'rows',
      label: a === b ? `row ${a}` : `rows ${a}–${b}`,
      start: blocks[from === first ? 0 : from]!.start,
      end: blocks[to]!.end,
    });
  }
  return parts;
}

function tidy(cell: string): string {
  return cell.replaceAll('\0', '\uFFFD').replace(/\s+/g, ' ').trim();
}

const NUMERIC = /^[-+(]?[$€£¥]?\s?[-+]?\d[\d.,'\s]*(?:[eE][-+]?\d+)?\s?(?:%|[$€£¥])?\)?$/;
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ]\d{1,2}:.*)?$/;

function isValue(cell: string): boolean {
  return NUMERIC.test(cell) || DATE.test(cell);
}

/** A header names: short, different, no numbers or dates; a lone column needs numbers below to tell. */
function looksLikeHeader(rows: readonly Row[]): boolean {
  const [first, ...rest] = rows;
  if (!first || rest.length === 0) return false;
  const names = first.cells.filter((cell) => cell !== '');
  const width = Math.max(...rest.slice(0, 100).map(({ cells }) => cells.length));
  if (names.length * 2 < Math.min(width, first.cells.length) || new Set(names).size < names.length) return false;
  if (names.some((name) => isValue(name) || name.length > 80)) return false;
  if (width > 1) return names.length > 1;
  return rest.slice(0, 100).every(({ cells }) => isValue(cells[0] ?? ''));
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
