/** E-books (.epub): chapters in reading order, named as the table of contents names them. */
import { parseHTML } from 'linkedom';
import { ReadError } from '../document.ts';
import type { Omitted, Part } from '../document.ts';
import { decodeText } from './decode.ts';
import { navContents, ncxContents } from './epub/contents.ts';
import type { Contents } from './epub/contents.ts';
import { packageDocument, rootFile } from './epub/package-document.ts';
import type { PackageDocument } from './epub/package-document.ts';
import { isLocked } from './epub/protection.ts';
import { walkHtml } from './html-walk.ts';
import { isoDate } from './iso-date.ts';
import { pictureNotes } from './markup.ts';
import { TOO_DEEP, followable } from './nesting.ts';
import { Package } from './office/package.ts';
import type { XmlElement } from './office/xml.ts';
import { nameOf, noText, stemOf, tidyTitle } from './reading.ts';
import type { Content, ReadInput, ReadOptions } from './reading.ts';
import { Writer } from './writer.ts';

/** Characters of markup beyond which no book goes. */
const MAX_MARKUP = 100_000_000;

/** Reads a book. @throws ReadError damaged, encrypted, too-large, no-text */
export function readEpub({ path, bytes }: ReadInput, { onProgress }: ReadOptions): Content {
  const name = nameOf(path);
  const archive = new Package(name, bytes);
  const protection = xmlOf(archive, 'META-INF/encryption.xml');
  if (protection !== null && isLocked(protection))
    throw new ReadError(
      'encrypted',
      `“${name}” is an e-book with a copy protection, which cannot be read. Add a copy without the protection.`,
    );
  const book = bookOf(archive);
  if (book === null)
    throw new ReadError(
      'damaged',
      `“${name}” is an e-book, but the list of its chapters is missing or broken, so it was not read. Fetch it again from where it came and add it again.`,
    );
  const files = archive.all((file) => book.spine.some((item) => item.path === file && isPage(item.type, file)));
  const contents = contentsOf(archive, book);
  const written = new Chapters(contents);
  book.spine.forEach(({ path: file, type, id }, i) => {
    const page = files.get(file);
    if (file !== '' && file === book.nav && page !== undefined) written.leaveContents(markupOf(page));
    else if (page !== undefined) written.add(file, markupOf(page));
    else if (type.startsWith('image/') && archive.has(file)) written.pictures++;
    else written.missing.push(file === '' ? id : nameOf(file));
    if (written.markup > MAX_MARKUP)
      throw new ReadError(
        'too-large',
        `“${name}” holds more than 100 MB of text and was not read. Split it and add the parts.`,
      );
    onProgress?.((i + 1) / book.spine.length);
  });
  const html = written.writer.finish();
  const { writer, parts } = written;
  if (writer.length === 0) throw noText(name, 'there are no words in it, or only pictures of them.');
  return {
    title: tidyTitle(book.title) || stemOf(path),
    text: writer.text,
    author: book.author,
    date: isoDate(book.date),
    blocks: writer.blocks,
    parts,
    shown: { as: 'html', html },
    notes: [...missingNotes(written.missing), ...written.notes, ...pictureNotes(written.pictures)],
    omitted: written.omitted,
  };
}

/** The chapters written so far. */
class Chapters {
  readonly writer = new Writer();
  readonly parts: Part[] = [];
  readonly missing: string[] = [];
  readonly omitted: Omitted[] = [];
  readonly notes: string[] = [];
  pictures = 0;
  /** Characters of markup read. */
  markup = 0;

  constructor(private readonly contents: Contents) {}

  add(path: string, markup: string): void {
    const { writer, parts } = this;
    this.markup += markup.length;
    const blocks = writer.blocks.length;
    const labels = writer.labels.length;
    const followed = followable(closed(markup));
    if (followed.tooDeep && !this.notes.includes(TOO_DEEP)) this.notes.push(TOO_DEEP);
    this.pictures += walkHtml(parsePage(followed.markup), writer, new Set(), [
      { tag: 'section', part: parts.length },
    ]).pictures;
    writer.end();
    const first = writer.blocks[blocks];
    if (first === undefined) return;
    const label = this.contents.get(path) ?? tidyTitle(writer.labels[labels] ?? '');
    parts.push({
      kind: 'chapter',
      label: label || `chapter ${parts.length + 1}`,
      start: first.start,
      end: writer.length,
    });
  }

  /** The table of contents says again what the headings say. */
  leaveContents(markup: string): void {
    this.markup += markup.length;
    const writer = new Writer();
    walkHtml(parsePage(closed(markup)), writer, new Set());
    writer.finish();
    if (writer.length === 0) return;
    this.omitted.push({ what: 'table of contents', text: writer.text });
    this.notes.push('Its table of contents was left out; the chapters bear its names.');
  }
}

function bookOf(archive: Package): PackageDocument | null {
  const container = xmlOf(archive, 'META-INF/container.xml');
  // A book without its container may still have its package document.
  const path =
    (container === null ? '' : rootFile(container)) || archive.paths.find((other) => other.endsWith('.opf')) || '';
  const xml = path === '' ? null : xmlOf(archive, path);
  return xml === null ? null : packageDocument(xml, path);
}

function contentsOf(archive: Package, { nav, ncx }: PackageDocument): Contents {
  const page = nav === '' ? null : archive.bytes(nav);
  if (page !== null) {
    const contents = navContents(parsePage(closed(markupOf(page))), nav);
    if (contents.size > 0) return contents;
  }
  const xml = ncx === '' ? null : xmlOf(archive, ncx);
  return xml === null ? new Map<string, string>() : ncxContents(xml, ncx);
}

/** Null where the file is missing or no XML. @throws ReadError */
function xmlOf(archive: Package, path: string): XmlElement | null {
  try {
    return archive.xml(path);
  } catch (error) {
    if (error instanceof ReadError) throw error;
    return null;
  }
}

function isPage(type: string, path: string): boolean {
  return /html|dtbook|^text\/|^$/.test(type) || /\.x?html?$/i.test(path);
}

function markupOf(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1000));
  return decodeText(bytes, /^<\?xml[^>]+encoding=["']([\w-]+)/i.exec(head)?.[1])?.text ?? '';
}

/** XHTML closes elements in a way that HTML does not know: `<a id="x"/>`. Entities that it defines stay as they are. */
function closed(markup: string): string {
  return markup
    .replace(/<!DOCTYPE[^[>]*(?:\[[^\]]*\])?[^>]*>/i, '')
    .replace(/<([a-z][\w:-]*)(\s[^<>]*)?\/>/gi, (whole, tag: string, attributes = '') =>
      VOID.has(tag.toLowerCase()) ? whole : `<${tag}${attributes}></${tag}>`,
    );
}

/** Parses markup whose elements are closed as in HTML. */
function parsePage(markup: string): Document {
  const page = /<html[\s>]/i.test(markup) ? markup : `<!doctype html><html><head></head><body>${markup}</body></html>`;
  return parseHTML(page).document;
}

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

function missingNotes(missing: readonly string[]): string[] {
  if (missing.length === 0) return [];
  const names = missing
    .slice(0, 5)
    .map((name) => `“${name}”`)
    .join(', ');
  const more = missing.length > 5 ? ` and ${missing.length - 5} more` : '';
  return [`Chapters that its reading order names are missing: ${names}${more}.`];
}
