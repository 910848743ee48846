/** A saved web page (.mhtml): the page itself; what it drew from elsewhere is counted, never fetched. */
import { ReadError } from '../document.ts';
import type { Omitted } from '../document.ts';
import { decodeText } from './decode.ts';
import { readHtml } from './html.ts';
import { mailDate } from './mail/date.ts';
import { bytesOf, headerOf, mimeTree } from './mail/mime.ts';
import type { MimePart } from './mail/mime.ts';
import { nameOf } from './reading.ts';
import type { Content, ReadInput } from './reading.ts';

/** Reads the page that the file was saved for. @throws ReadError damaged, no-text */
export async function readMhtml({ path, bytes }: ReadInput): Promise<Content> {
  let root: MimePart;
  try {
    root = await mimeTree(bytes);
  } catch {
    throw damaged(path, 'its parts are nested or headed beyond any sense');
  }
  const leaves = leavesOf(root);
  const page = pageOf(root, leaves);
  if (page === undefined) throw damaged(path, 'the page itself is missing');
  const { text, notes } = markupOf(page);
  const frames = leaves.filter((leaf) => leaf !== page && isPage(leaf)).flatMap((leaf) => frameOf(leaf));
  const location = headerOf(page, 'content-location') || headerOf(root, 'snapshot-content-location');
  const content = readHtml(path, text, notes);
  return {
    ...content,
    date: mailDate(headerOf(root, 'date')),
    notes: [...savedFrom(location), ...content.notes, ...frameNotes(frames.length)],
    omitted: [...(content.omitted ?? []), ...frames],
  };
}

function leavesOf(root: MimePart): MimePart[] {
  const leaves: MimePart[] = [];
  const waiting = [root];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    if (part.childNodes.length === 0) leaves.push(part);
    waiting.push(...[...part.childNodes].reverse());
  }
  return leaves;
}

/** The part that `start` names, else the one of the page's own address, else the first page. */
function pageOf(root: MimePart, leaves: readonly MimePart[]): MimePart | undefined {
  const start = root.contentType.parsed.params['start'];
  const location = headerOf(root, 'snapshot-content-location');
  const pages = leaves.filter(isPage);
  return (
    (start === undefined ? undefined : pages.find(({ contentId }) => contentId === start)) ??
    (location === '' ? undefined : pages.find((leaf) => headerOf(leaf, 'content-location') === location)) ??
    pages[0]
  );
}

function isPage(leaf: MimePart): boolean {
  return /^(?:text\/html|application\/xhtml\+xml)$/.test(leaf.contentType.parsed.value);
}

/** As its header states the encoding, else as its markup does. */
function markupOf(leaf: MimePart): { text: string; notes: readonly string[] } {
  const bytes = bytesOf(leaf);
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  const stated =
    leaf.contentType.parsed.params['charset'] ?? /<meta[^>]+charset\s*=\s*["']?\s*([\w:-]+)/i.exec(head)?.[1];
  return decodeText(bytes, stated) ?? { text: '', notes: [] };
}

/** The words of a page inside the page; none where it has none. */
function frameOf(leaf: MimePart): Omitted[] {
  try {
    return [{ what: 'a frame', text: readHtml('frame', markupOf(leaf).text, []).text }];
  } catch (error) {
    if (error instanceof ReadError) return [];
    throw error;
  }
}

function savedFrom(location: string): string[] {
  return /^https?:/i.test(location) ? [`It was saved from ${location}.`] : [];
}

function frameNotes(count: number): string[] {
  if (count === 0) return [];
  return [count === 1 ? 'A frame inside the page was left out.' : `${count} frames inside the page were left out.`];
}

function damaged(path: string, why: string): ReadError {
  return new ReadError(
    'damaged',
    `“${nameOf(path)}” is a saved web page, but ${why}, so it was not read. Save the page again or print it to PDF and add that.`,
  );
}
