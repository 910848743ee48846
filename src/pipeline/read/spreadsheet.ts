/** Spreadsheets (.xlsx, .xlsb, .xls, .ods): each sheet a part, its rows as `Column: value`, formulas as their last results. */
import { zipSync } from 'fflate';
import { ReadError } from '../document.ts';
import type { Part } from '../document.ts';
import { Package } from './office/package.ts';
import { nameOf, noText, stemOf, tidyTitle } from './reading.ts';
import type { Content, ReadInput } from './reading.ts';
import { firstRows } from './sheets/first-rows.ts';
import { flatDetails, odsDetails } from './sheets/ods-details.ts';
import type { OdsDetails } from './sheets/ods-details.ts';
import { tablesOf } from './sheets/tables.ts';
import { MAX_CELLS, MAX_ROWS, parseWorkbook } from './sheets/workbook.ts';
import type { Sheet, Workbook } from './sheets/workbook.ts';
import { ROWS_A_PART, rowParts, TableWriter } from './table-writer.ts';

/** Cells beyond which a file that repeats them is not unrolled. */
const MAX_REPEATED_CELLS = 5 * MAX_CELLS;

/** Reads a workbook. @throws ReadError damaged, encrypted, too-large, no-text */
export async function readSpreadsheet({ path, bytes }: ReadInput): Promise<Content> {
  const name = nameOf(path);
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (isZip) {
    const archive = new Package(name, bytes);
    const details = archive.has('content.xml') ? odsDetails(archive) : null;
    return read(path, unpacked(name, archive), false, details);
  }
  const isXml = bytes.subarray(0, 100).includes(0x3c);
  return read(path, bytes, !isXml, isXml ? flatDetails(new TextDecoder().decode(bytes)) : null);
}

async function read(path: string, bytes: Uint8Array, old: boolean, details: OdsDetails | null): Promise<Content> {
  const name = nameOf(path);
  if (details !== null && details.cells > MAX_REPEATED_CELLS) throw tooLarge(name);
  return content(path, withDetails(await parse(name, bytes, old), details));
}

function withDetails(workbook: Workbook, details: OdsDetails | null): Workbook {
  if (details === null) return workbook;
  const { title, author, date } = details.properties;
  return {
    title: title || workbook.title,
    author: author || workbook.author,
    date: date || workbook.date,
    sheets: workbook.sheets.map((sheet) => ({ ...sheet, hidden: sheet.hidden || details.hidden.has(sheet.name) })),
  };
}

/** Parts of an archive that hold no cells: pictures, macros, embedded files. */
const UNWANTED =
  /(?:^|\/)(?:media|embeddings|Pictures|Thumbnails|printerSettings|Object [^/]*|ObjectReplacements|customXml)\/|vbaProject|\.(?:png|jpe?g|emf|wmf|gif)$/i;

/** The same archive without compression, so that no file in it unpacks to more than was counted. */
function unpacked(name: string, archive: Package): Uint8Array {
  const manifest = archive.bytes('META-INF/manifest.xml');
  if (manifest !== null && new TextDecoder().decode(manifest).includes('encryption-data')) throw locked(name);
  const files = archive.all((file) => !UNWANTED.test(file) && !file.endsWith('/'));
  for (const [file, xml] of files)
    // One more row than is kept tells that there are more.
    if (/worksheets\/[^/]+\.xml$/i.test(file)) files.set(file, firstRows(xml, MAX_ROWS + 1));
  return zipSync(Object.fromEntries(files), { level: 0 });
}

async function parse(name: string, bytes: Uint8Array, old: boolean): Promise<Workbook> {
  try {
    return await parseWorkbook(bytes, old);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    if (/password|encrypt/i.test(reason)) throw locked(name);
    if (error instanceof RangeError || /string length|allocation/i.test(reason)) throw tooLarge(name);
    throw new ReadError(
      'damaged',
      `“${name}” is a workbook, but parts of it are missing or broken, so it was not read. Open it in Excel or LibreOffice, save it again and add that.`,
    );
  }
}

function tooLarge(name: string): ReadError {
  return new ReadError(
    'too-large',
    `“${name}” is too large a workbook to be read here. Save its sheets as CSV files in parts and add those.`,
  );
}

function locked(name: string): ReadError {
  return new ReadError(
    'encrypted',
    `“${name}” is a workbook locked with a password. Save a copy without the password and add that.`,
  );
}

/** Names that programs give: they say nothing of a sheet. */
const DEFAULT_NAME = /^(?:sheet|tabelle|feuil|feuille|hoja|foglio|planilha|blad|ark|лист|工作表|シート)[ _]?\d*$/i;

function content(path: string, { sheets, title, author, date }: Workbook): Content {
  const filled = sheets.filter(({ rows }) => rows.length > 0);
  if (filled.length === 0) throw noText(nameOf(path), 'all cells of its sheets are empty.');
  const writer = new TableWriter(filled.reduce((sum, sheet) => sum + sheet.rows.length, 0));
  const parts: Part[] = [];
  const named = filled.length > 1 && filled.some((sheet) => !DEFAULT_NAME.test(sheet.name));
  for (const sheet of filled) writeSheet(writer, parts, sheet, named);
  const comments = sheets.flatMap((sheet) => sheet.comments);
  return {
    title: tidyTitle(title) || stemOf(path),
    author,
    date,
    text: writer.text,
    blocks: writer.blocks,
    parts,
    shown: writer.shown,
    notes: [...sheetNotes(sheets), ...commentNotes(comments.length)],
    omitted: comments.length === 0 ? [] : [{ what: 'comments', text: comments.join('\n') }],
  };
}

/** Writes a sheet as a part that holds parts of twenty rows each; headed by its name where `named`. */
function writeSheet(writer: TableWriter, parts: Part[], sheet: Sheet, named: boolean): void {
  const label = `sheet ${sheet.name}`;
  const index = parts.length;
  const from = writer.blocks.length;
  const rows: Part[] = [];
  writer.openSection(index);
  if (named) writer.heading(sheet.name, 2);
  for (const table of tablesOf(sheet.rows)) {
    const first = writer.table(table.rows, table.columns);
    rows.push(...rowParts(table.rows, writer.blocks.slice(first), table.columns, `${label}, `));
  }
  writer.closeSection();
  parts.push({ kind: 'sheet', label, start: writer.blocks[from]!.start, end: writer.length });
  if (sheet.rows.length > ROWS_A_PART) parts.push(...rows);
}

function sheetNotes(sheets: readonly Sheet[]): string[] {
  const names = (of: readonly Sheet[]): string => of.map(({ name }) => `“${name}”`).join(', ');
  const hidden = sheets.filter((sheet) => sheet.hidden && sheet.rows.length > 0);
  const empty = sheets.filter((sheet) => sheet.rows.length === 0 && !sheet.cut);
  const cut = sheets.filter((sheet) => sheet.cut);
  const notes: string[] = [];
  if (hidden.length > 0) notes.push(`Hidden in the file, but read: ${names(hidden)}.`);
  if (empty.length > 0) notes.push(`Without any cells: ${names(empty)}.`);
  if (cut.length > 0)
    notes.push(
      `Only the first ${MAX_ROWS} rows of a sheet, and ${MAX_CELLS} cells in all, are read; the rest was left out of ${names(cut)}. Save it as CSV in parts to read all.`,
    );
  return notes;
}

function commentNotes(count: number): string[] {
  if (count === 0) return [];
  return [count === 1 ? 'One comment was left out.' : `${count} comments were left out.`];
}
