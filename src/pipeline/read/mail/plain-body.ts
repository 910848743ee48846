/** The plain text of a mail: quoted replies become quotes, the rest paragraphs, lists and code. */
import { textBlocks } from '../text.ts';
import type { BlockStyle, Container, Writer } from '../writer.ts';

/** Quotes of quotes deeper than this are shown as this deep. */
const MAX_QUOTES = 8;

interface Line {
  readonly depth: number;
  readonly text: string;
}

/** Writes the text inside `within`. */
export function writePlain(text: string, writer: Writer, within: readonly Container[]): void {
  const lines = text
    .replaceAll('\0', '\uFFFD')
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(unquoted);
  let quotes: readonly Container[] = [];
  for (let i = 0; i < lines.length;) {
    const { depth } = lines[i]!;
    let next = i + 1;
    // A blank line between two quoted ones ends no quote.
    while (next < lines.length && (lines[next]!.depth === depth || isBridge(lines, next, depth))) next++;
    const run = lines.slice(i, next).map((line) => line.text);
    quotes = [...quotes.slice(0, depth), ...newQuotes(depth - quotes.length)];
    writeRun(run.join('\n'), writer, [...within, ...quotes], depth > 0);
    i = next;
  }
  writer.end();
}

function unquoted(line: string): Line {
  const marks = /^(?:>[ \t]?)+/.exec(line)?.[0] ?? '';
  return { depth: Math.min(marks.split('>').length - 1, MAX_QUOTES), text: line.slice(marks.length) };
}

function isBridge(lines: readonly Line[], at: number, depth: number): boolean {
  return depth > 0 && lines[at]!.text.trim() === '' && lines[at + 1]?.depth === depth;
}

function newQuotes(count: number): Container[] {
  return Array.from({ length: Math.max(0, count) }, () => ({ tag: 'blockquote' }));
}

/** Columns are made of spaces only where several lines have them. */
const COLUMNS = /\S(?: {3,}|\t+)\S/;

function writeRun(text: string, writer: Writer, containers: readonly Container[], quoted: boolean): void {
  for (const block of textBlocks(text).blocks) {
    const lines = text.slice(block.start, block.end).split(/[\n\f]/);
    if (lines.filter((line) => COLUMNS.test(line)).length > 1) {
      const lineStart = text.lastIndexOf('\n', block.start) + 1;
      writer.preformatted(text.slice(lineStart, block.end), containers);
      continue;
    }
    const style: BlockStyle = quoted && block.kind === 'paragraph' ? { kind: 'quote' } : styleOf(block);
    const [first = '', ...rest] = lines;
    writer.end();
    writer.add(first, style, containers, []);
    // The line under a heading is there to draw it.
    for (const line of block.kind === 'heading' ? [] : rest) {
      writer.lineBreak();
      writer.add(line, style, containers, []);
    }
    writer.end();
  }
}

function styleOf(block: BlockStyle): BlockStyle {
  if (block.kind === 'heading') return { kind: 'heading', level: block.level };
  return block.kind === 'row' ? { kind: 'paragraph' } : { kind: block.kind };
}
