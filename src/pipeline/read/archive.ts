/** ZIP archives: the text is the list of their files; the files themselves come beside it, within limits. */
import { ReadError } from '../document.ts';
import { unpackZip } from './archive-unpack.ts';
import type { Unpacked } from './archive-unpack.ts';
import { sizeText } from './inner.ts';
import { nameOf, noText, stemOf } from './reading.ts';
import type { Content, ReadInput } from './reading.ts';
import type { Container } from './writer.ts';
import { Writer } from './writer.ts';
import { zipDirectory } from './zip.ts';

/** No desk holds an archive of more files. */
const MAX_ENTRIES = 200_000;
/** Rows beyond this number are not listed. */
const MAX_LISTED = 20_000;
const HEADER = 'File | Size';

/** Reads the list of an archive and unpacks its files. @throws ReadError damaged, too-large, no-text */
export function readArchive({ path, bytes }: ReadInput): Content {
  const directory = zipDirectory(bytes);
  if (directory === null)
    throw new ReadError(
      'damaged',
      `“${nameOf(path)}” is a ZIP archive, but the list of its files is missing or broken, so it was not read. Fetch it again from where it came and add it again.`,
    );
  if (directory.length > MAX_ENTRIES)
    throw new ReadError(
      'too-large',
      `“${nameOf(path)}” holds more than ${MAX_ENTRIES} files and was not read. Unpack it and add the files that you need.`,
    );
  const { listed, inner, hidden, reasons } = unpackZip(path, bytes, directory);
  if (listed.length === 0) throw noText(nameOf(path), 'the archive holds no files.');
  const writer = writeList(listed);
  const markup = writer.finish();
  return {
    title: stemOf(path),
    text: writer.text,
    blocks: writer.blocks,
    parts: [],
    shown: { as: 'html', html: markup },
    notes: [...hiddenNotes(hidden), ...unlistedNotes(listed.length), ...reasons],
    inner,
  };
}

function writeList(listed: Unpacked['listed']): Writer {
  const writer = new Writer();
  const table: Container = { tag: 'table' };
  const row = (cells: readonly [string, string], part: 'thead' | 'tbody', header: string, inside: Container): void => {
    writer.row(header, [table, inside]);
    for (const text of cells) {
      writer.cell(part === 'thead' ? 'th' : 'td');
      writer.add(text, { kind: 'paragraph' }, [], []);
    }
    writer.end();
  };
  row(['File', 'Size'], 'thead', '', { tag: 'thead' });
  const body: Container = { tag: 'tbody' };
  for (const { path, size } of listed.slice(0, MAX_LISTED)) row([path, sizeText(size)], 'tbody', HEADER, body);
  return writer;
}

function hiddenNotes(count: number): string[] {
  if (count === 0) return [];
  return [count === 1 ? 'One hidden file was left out.' : `${count} hidden files were left out.`];
}

function unlistedNotes(count: number): string[] {
  return count <= MAX_LISTED ? [] : [`Only the first ${MAX_LISTED} of its ${count} files are listed.`];
}
