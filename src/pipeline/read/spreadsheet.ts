/** Spreadsheets (.xlsx, .xlsb, .xls, .ods): each sheet a part, its rows as `Column: value`, formulas as their last results. */
import { zipSync } from 'fflate';
import { ReadError } from '../document.ts';
import { Package } from './office/package.ts';
import { lockedFile, nameOf } from './reading.ts';
import type { Content, ReadInput } from './reading.ts';
import { firstRows } from './sheets/first-rows.ts';
import { flatDetails, odsDetails } from './sheets/ods-details.ts';
import type { OdsDetails } from './sheets/ods-details.ts';
import { MAX_CELLS, MAX_ROWS, parseWorkbook } from './sheets/workbook.ts';
import type { Workbook } from './sheets/workbook.ts';
import { writeWorkbook } from './sheets/write-workbook.ts';
import { xlsxDetails } from './sheets/xlsx-details.ts';

/** Cells beyond which a file that repeats them is not unrolled. */
const MAX_REPEATED_CELLS = 5 * MAX_CELLS;

/** Reads a workbook. @throws ReadError damaged, encrypted, too-large, no-text */
export async function readSpreadsheet({ path, bytes }: ReadInput): Promise<Content> {
  const name = nameOf(path);
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (isZip) {
    const archive = new Package(name, bytes);
    const isOds = archive.has('content.xml');
    const ods = isOds ? odsDetails(archive) : null;
    const workbook = await read(name, unpacked(name, archive), false, ods);
    return writeWorkbook(path, workbook, isOds ? null : xlsxDetails(archive));
  }
  const isXml = bytes.subarray(0, 100).includes(0x3c);
  const flat = isXml ? flatDetails(new TextDecoder().decode(bytes)) : null;
  return writeWorkbook(path, await read(name, bytes, !isXml, flat), null);
}

async function read(name: string, bytes: Uint8Array, old: boolean, details: OdsDetails | null): Promise<Workbook> {
  if (details !== null && details.cells > MAX_REPEATED_CELLS) throw tooLarge(name);
  return withDetails(await parse(name, bytes, old), details);
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
  if (manifest !== null && new TextDecoder().decode(manifest).includes('encryption-data'))
    throw lockedFile(name, 'a workbook');
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
