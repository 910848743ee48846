/** Plain text: paragraphs between blank lines, headings underlined with = or -. The text stays as it is. */
import type { Block } from '../document.ts';
import { cover, sections } from './cover.ts';
import { stemOf } from './reading.ts';
import type { Content } from './reading.ts';

const BULLET = /^[ \t]*(?:[-*+•‣▪·–]|\(?\d{1,3}[.)]|\(?[a-z][.)])[ \t]+\S/;
const UNDERLINE = /^([=\-~#*^])\1{2,}[ \t]*$/;

interface Line {
  readonly start: number;
  /** Before the line end. */
  readonly end: number;
  readonly text: string;
}

/** Reads decoded plain text; it is never empty here. */
export function readText(path: string, text: string, notes: readonly string[]): Content {
  const { blocks, labels } = textBlocks(text);
  const title = stemOf(path);
  return { title, text, blocks, parts: sections(text, blocks, labels, title), shown: { as: 'text' }, notes };
}

/** Blocks of plain text, and the text of its headings. */
export function textBlocks(text: string): { blocks: Block[]; labels: string[] } {
  const blocks: Block[] = [];
  const labels: string[] = [];
  let group: Line[] = [];
  const flush = (): void => {
    const [heading, underline] = group;
    if (heading && underline && isHeading(heading, underline)) {
      blocks.push({
        kind: 'heading',
        level: underline.text.startsWith('=') ? 1 : 2,
        start: heading.start,
        end: underline.end,
      });
      labels.push(heading.text.trim());
      group = group.slice(2);
    }
    for (let i = 0; i < group.length;) {
      let next = i + 1;
      while (next < group.length && !BULLET.test(group[next]!.text)) next++;
      const kind = BULLET.test(group[i]!.text) ? 'item' : 'paragraph';
      blocks.push({ kind, start: group[i]!.start, end: group[next - 1]!.end });
      i = next;
    }
    group = [];
  };
  for (const line of linesOf(text)) {
    if (line.text.trim() === '') flush();
    else group.push(line);
  }
  flush();
  return {
    blocks: cover(
      text,
      blocks.map((block) => trimmed(text, block)),
    ),
    labels,
  };
}

function isHeading(heading: Line, underline: Line): boolean {
  const length = heading.text.trim().length;
  return length <= 100 && UNDERLINE.test(underline.text) && underline.text.trim().length >= length * 0.5;
}

function trimmed(text: string, block: Block): Block {
  const slice = text.slice(block.start, block.end);
  return { ...block, start: block.start + slice.search(/\S/), end: block.start + slice.trimEnd().length };
}

function* linesOf(text: string): Generator<Line> {
  // A form feed ends a page of old text files, so it ends a line here.
  for (let start = 0; start < text.length;) {
    const rest = /\r\n|[\n\r\f\u2028\u2029]/g;
    rest.lastIndex = start;
    const hit = rest.exec(text);
    const end = hit?.index ?? text.length;
    yield { start, end, text: text.slice(start, end) };
    start = hit ? end + hit[0].length : text.length;
  }
}
