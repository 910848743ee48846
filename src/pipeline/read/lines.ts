/** Lines of a text, and parts that name them, for source code and data whose text stays the file itself. */
import type { Block, Part, Span } from '../document.ts';

/** A line without its line end. */
export interface Line extends Span {
  readonly text: string;
}

/** A block with the name of what it declares, if it has one. */
export type NamedBlock = Block & { readonly name?: string };

/** Lines end at LF, CR LF or CR. */
export function* linesOf(text: string): Generator<Line> {
  const ends = /\r\n|[\n\r]/g;
  for (let start = 0; start < text.length;) {
    ends.lastIndex = start;
    const hit = ends.exec(text);
    const end = hit?.index ?? text.length;
    yield { start, end, text: text.slice(start, end) };
    start = hit ? end + hit[0].length : text.length;
  }
}

/** A part ends with the first block that gives it this many lines. */
const LINES_A_PART = 30;
/** So many names stand in a part's label. */
const NAMES = 3;

/** Parts of whole blocks, labelled with their lines and what is declared there: `lines 40–80: readFile, Writer`. */
export function lineParts(text: string, blocks: readonly NamedBlock[]): Part[] {
  const parts: Part[] = [];
  const lineAt = lineCounter(text);
  let open: { start: number; line: number; names: string[] } | null = null;
  blocks.forEach(({ start, end, name }, i) => {
    open ??= { start, line: lineAt(start), names: [] };
    if (name !== undefined && !open.names.includes(name)) open.names.push(name);
    const last = lineAt(end);
    const next = blocks[i + 1];
    if (last - open.line + 1 < LINES_A_PART && next !== undefined) return;
    parts.push({ kind: 'lines', label: label(open.line, last, open.names), start: open.start, end });
    open = null;
  });
  return parts;
}

function label(first: number, last: number, names: readonly string[]): string {
  const lines = first === last ? `line ${first}` : `lines ${first}–${last}`;
  if (names.length === 0) return lines;
  return `${lines}: ${names.slice(0, NAMES).join(', ')}${names.length > NAMES ? ', …' : ''}`;
}

/** The 1-based line of offsets that are asked for in rising order. */
function lineCounter(text: string): (offset: number) => number {
  const ends = /\r\n|[\n\r]/g;
  let line = 1;
  let next = ends.exec(text);
  return (offset) => {
    while (next !== null && next.index + next[0].length <= offset) {
      line++;
      next = ends.exec(text);
    }
    return line;
  };
}

/** The span without the white space around it, or null if it is nothing else. */
export function trimmedSpan(text: string, start: number, end: number): Span | null {
  const slice = text.slice(start, end);
  const first = slice.search(/\S/);
  return first === -1 ? null : { start: start + first, end: start + slice.trimEnd().length };
}

/** A group of lines as one block of code; null if it is blank. */
export function codeBlock(text: string, group: readonly Line[], name: string | undefined): NamedBlock | null {
  const [first, last] = [group[0], group.at(-1)];
  const span = first && last && trimmedSpan(text, first.start, last.end);
  return span ? { kind: 'code', ...span, ...(name === undefined ? {} : { name }) } : null;
}
