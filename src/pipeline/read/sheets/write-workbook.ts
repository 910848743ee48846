/** Writes a workbook: each sheet a part and a section of the markup, its rows named by their columns. */
import type { Omitted, Part } from '../../document.ts';
import { pictureNotes } from '../markup.ts';
import { nameOf, noText, stemOf, tidyTitle } from '../reading.ts';
import type { Content } from '../reading.ts';
import { ROWS_A_PART, rowParts, TableWriter } from '../table-writer.ts';
import { tidyCell } from '../table.ts';
import type { BesideCells } from './beside-cells.ts';
import { tablesOf } from './tables.ts';
import { MAX_CELLS, MAX_ROWS } from './workbook.ts';
import type { Sheet, Workbook } from './workbook.ts';

/** Names that programs give: they say nothing of a sheet. */
const DEFAULT_NAME = /^(?:sheet|tabelle|feuil|feuille|hoja|foglio|planilha|blad|ark|лист|工作表|シート)[ _]?\d*$/i;

/** @throws ReadError no-text */
export function writeWorkbook(path: string, workbook: Workbook, beside: BesideCells): Content {
  const { sheets, title, author, date } = workbook;
  const drawnOn = ({ name }: Sheet): readonly string[] => beside.drawn.get(name) ?? [];
  const filled = sheets.filter((sheet) => sheet.rows.length > 0 || drawnOn(sheet).length > 0);
  if (filled.length === 0) throw noText(nameOf(path), 'all cells of its sheets are empty.');
  const writer = new TableWriter(filled.reduce((sum, sheet) => sum + sheet.rows.length, 0));
  const parts: Part[] = [];
  const named = filled.length > 1 && filled.some((sheet) => !DEFAULT_NAME.test(sheet.name));
  // A title under no name of its sheet would head the sheets after it as well.
  const titleLevel = named ? 3 : filled.length === 1 ? 2 : null;
  for (const sheet of filled) writeSheet(writer, parts, sheet, drawnOn(sheet), named, titleLevel);
  const comments = sheets.flatMap((sheet) => sheet.comments);
  return {
    title: tidyTitle(title) || stemOf(path),
    author,
    date,
    text: writer.text,
    blocks: writer.blocks,
    parts,
    shown: writer.shown,
    notes: [
      ...sheetNotes(sheets, filled),
      ...leftOut(comments.length, 'One comment was left out.', 'comments were left out.'),
      ...pictureNotes(beside.pictures),
      ...(beside.margins.length > 0 ? ['The headers and footers of its printed pages were left out.'] : []),
      ...leftOut(beside.hidden.length, 'One hidden text was left out.', 'hidden texts were left out.'),
      ...leftOut(beside.damaged, 'One damaged drawing was left out.', 'damaged drawings were left out.'),
      ...leftOut(beside.embedded, 'One embedded object was left out.', 'embedded objects were left out.'),
    ],
    omitted: omittedTexts([
      ['comments', comments],
      ['running headers and footers', beside.margins],
      ['descriptions of pictures', beside.descriptions],
      ['hidden texts', beside.hidden],
    ]),
    inner: beside.inner,
  };
}

/**
 * Writes a sheet as a part that holds parts of twenty rows each; headed by its name where `named`; what is drawn on it
 * follows. Titles of tables are headings of a level where there is one, else rows.
 */
function writeSheet(
  writer: TableWriter,
  parts: Part[],
  sheet: Sheet,
  drawn: readonly string[],
  named: boolean,
  titleLevel: number | null,
): void {
  const label = `sheet ${sheet.name}`;
  const index = parts.length;
  const from = writer.blocks.length;
  const rows: Part[] = [];
  writer.openSection(index);
  if (named) writer.heading(sheet.name, 2);
  for (const { rows: own, columns, isCaption, place } of tablesOf(sheet.rows)) {
    const first = isCaption && titleLevel !== null ? writer.captions(own, titleLevel) : writer.table(own, columns);
    const prefix = place === '' ? `${label}, ` : `${label}, columns ${place}, `;
    rows.push(...rowParts(own, writer.blocks.slice(first), columns, prefix));
  }
  for (const words of drawn.map(tidyCell)) if (words !== '') writer.paragraph(words);
  writer.closeSection();
  parts.push({ kind: 'sheet', label, start: writer.blocks[from]!.start, end: writer.length });
  if (sheet.rows.length > ROWS_A_PART) parts.push(...rows);
}

function sheetNotes(sheets: readonly Sheet[], filled: readonly Sheet[]): string[] {
  const names = (of: readonly Sheet[]): string => of.map(({ name }) => `“${name}”`).join(', ');
  const hidden = filled.filter((sheet) => sheet.hidden);
  const empty = sheets.filter((sheet) => !filled.includes(sheet) && !sheet.cut);
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

function leftOut(count: number, one: string, many: string): string[] {
  if (count === 0) return [];
  return [count === 1 ? one : `${count} ${many}`];
}

function omittedTexts(all: readonly (readonly [string, readonly string[]])[]): Omitted[] {
  return all.flatMap(([what, texts]) => (texts.length === 0 ? [] : [{ what, text: texts.join('\n') }]));
}
