/** Spreadsheets (.xlsx, .xlsb, .xls, .ods): each sheet a part, its rows as `Column: value`, formulas as their last results. */
import { zipSync } from 'fflate';
import { ReadError } from '../document.ts';
import { Package } from './office/package.ts';
import { lockedFile, nameOf } from './reading.ts';
import type { Content, ReadInput } from './reading.ts';
import { NOTHING_BESIDE } from './sheets/beside-cells.ts';
import type { BesideCells } from './sheets/beside-cells.ts';
import { firstRows } from './sheets/first-rows.ts';
import { flatDetails, odsDetails } from './sheets/ods-details.ts';
import type { OdsDetails } from './sheets/ods-details.ts';
import { MAX_CELLS, MAX_ROWS, parseWorkbook } from './sheets/workbook.ts';
import type { Workbook } from './sheets/workbook.ts';
import { writeWorkbook } from './sheets/write-workbook.ts';
import { sheetPaths, xlsxDetails } from './sheets/xlsx-details.ts';
import { xlsxMargins } from './sheets/xlsx-margins.ts';

/** Cells beyond which a file that repeats them is not unrolled. */
const MAX_REPEATED_CELLS = 5 * MAX_CELLS;

/** Reads a workbook. @throws ReadError damaged, encrypted, too-large, no-text */
export async function readSpreadsheet({ path, bytes }: ReadInput): Promise<Content> {
  const name = nameOf(path);
  const { workbook, beside } = await opened(name, bytes);
  return writeWorkbook(path, workbook, beside);
}

interface Opened {
  readonly workbook: Workbook;
  readonly beside: BesideCells;
}

function opened(name: string, bytes: Uint8Array): Promise<Opened> {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const archive = new Package(name, bytes);
    refuseLocked(name, archive);
    return archive.has('content.xml') ? openDocument(name, archive) : officeOpen(name, archive);
  }
  return bytes.subarray(0, 100).includes(LESS_THAN) ? flat(name, bytes) : old(name, bytes);
}

const LESS_THAN = 0x3c;

async function officeOpen(name: string, archive: Package): Promise<Opened> {
  const files = cellFiles(archive);
  const sheets = [...files].filter(([file]) => /(?:worksheets|chartsheets)\/[^/]+\.xml$/i.test(file));
  const margins = xlsxMargins(sheets.map(([, xml]) => xml));
  const cut = new Set<string>();
  for (const [file, xml] of sheets) {
    const rows = firstRows(xml, MAX_ROWS);
    if (rows !== xml) cut.add(file);
    files.set(file, rows);
  }
  const names = sheetPaths(archive).flatMap(({ name, path }) => (cut.has(path) ? [name] : []));
  const workbook = withCut(await parse(name, packed(files), false), new Set(names));
  return { workbook, beside: xlsxDetails(archive, margins) };
}

async function openDocument(name: string, archive: Package): Promise<Opened> {
  const details = odsDetails(archive);
  const files = cellFiles(archive, 'content.xml');
  files.set('content.xml', new TextEncoder().encode(details.content));
  // A file need not have styles; SheetJS asks for them.
  if (!files.has('styles.xml')) files.set('styles.xml', new TextEncoder().encode('<office:document-styles/>'));
  return withDetails(name, packed(files), details);
}

async function flat(name: string, bytes: Uint8Array): Promise<Opened> {
  const details = flatDetails(new TextDecoder().decode(bytes));
  return withDetails(name, new TextEncoder().encode(details.content), details);
}

async function old(name: string, bytes: Uint8Array): Promise<Opened> {
  const isCompound = bytes[0] === 0xd0 && bytes[1] === 0xcf;
  if (!isCompound) return { workbook: await parse(name, bytes, true), beside: NOTHING_BESIDE };
  const { openCompound } = await import('./open-compound.ts');
  const { withSoundProperties } = await import('./sheets/sound-properties.ts');
  const { xlsDetails } = await import('./sheets/xls-details.ts');
  const file = openCompound(bytes);
  // First, while the file is as it was opened.
  const beside = xlsDetails(file);
  return { workbook: await parse(name, withSoundProperties(bytes, file), true), beside };
}

async function withDetails(name: string, bytes: Uint8Array, details: OdsDetails): Promise<Opened> {
  if (details.cells > MAX_REPEATED_CELLS) throw tooLarge(name);
  const workbook = withCut(await parse(name, bytes, false), details.cut);
  const { title, author, date } = details.properties;
  return {
    workbook: {
      title: title || workbook.title,
      author: author || workbook.author,
      date: date || workbook.date,
      sheets: workbook.sheets.map((sheet) => ({ ...sheet, hidden: sheet.hidden || details.hidden.has(sheet.name) })),
    },
    beside: details.beside,
  };
}

/** Sheets that lost rows before they were parsed go on below what is left of them. */
function withCut(workbook: Workbook, names: ReadonlySet<string>): Workbook {
  const sheets = workbook.sheets.map((sheet) => ({ ...sheet, cut: sheet.cut || names.has(sheet.name) }));
  return { ...workbook, sheets };
}

/** Parts of an archive that hold no cells: pictures, macros, embedded files. */
const UNWANTED =
  /(?:^|\/)(?:media|embeddings|Pictures|Thumbnails|printerSettings|Object [^/]*|ObjectReplacements|customXml)\/|vbaProject|\.(?:png|jpe?g|emf|wmf|gif)$/i;

/** All but those, and but one that is had already. */
function cellFiles(archive: Package, but = ''): Map<string, Uint8Array<ArrayBuffer>> {
  return archive.all((file) => file !== but && !UNWANTED.test(file) && !file.endsWith('/'));
}

/** The files without compression, so that none of them unpacks to more than was counted. */
function packed(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return zipSync(Object.fromEntries(files), { level: 0 });
}

function refuseLocked(name: string, archive: Package): void {
  const manifest = archive.bytes('META-INF/manifest.xml');
  if (manifest !== null && new TextDecoder().decode(manifest).includes('encryption-data'))
    throw lockedFile(name, 'a workbook');
}

async function parse(name: string, bytes: Uint8Array, old: boolean): Promise<Workbook> {
  try {
    return await parseWorkbook(bytes, old);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    if (/password|encrypt/i.test(reason)) throw lockedFile(name, 'a workbook');
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
