/** From a region's lines to blocks: paragraphs, items, headings and table rows. */
import { NO_FONT } from './annotations.ts';
import { prevailing } from './lines.ts';
import type { Line, Region } from './lines.ts';
import type { Segment } from './segments.ts';

export type PdfBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly lines: readonly Line[] }
  | { readonly kind: 'paragraph' | 'item'; readonly lines: readonly Line[] }
  /** One line of a table; `first` begins a new table. */
  | { readonly kind: 'row'; readonly lines: readonly Line[]; readonly first: boolean };

/** The document's usual font size and the larger sizes its headings have, largest first. */
export interface Typography {
  readonly body: number;
  readonly font: string;
  readonly headings: readonly number[];
}

/** Marks that begin nothing but an item. */
const DOT = /^[•‣▪●○■□◦]\s*\S/;
const BULLET = /^(?:[•‣▪●○■□◦–—*·]|-(?=\s)|\(?\d{1,3}[.)](?=\s)|\[\d{1,3}\]|\(?[a-z][.)](?=\s))/;
const NUMBERED_HEADING = /^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|[A-Z]\.)\s+\p{Lu}/u;

/** Groups the lines of one region. */
export function blocksOf(region: Region, typography: Typography): PdfBlock[] {
  const leading = usualLeading(region);
  const edges = {
    left: Math.min(...region.map(({ left }) => left)),
    right: Math.max(...region.map(({ right }) => right)),
  };
  const rows = tableRows(region);
  const blocks: PdfBlock[] = [];
  let open: Line[] = [];
  const flush = (): void => {
    if (open.length > 0) blocks.push(blockOf(open, typography));
    open = [];
  };
  region.forEach((line, i) => {
    if (rows.has(i)) {
      flush();
      blocks.push({ kind: 'row', lines: [line], first: !rows.has(i - 1) });
      return;
    }
    const previous = open.at(-1);
    if (previous && startsBlock(line, previous, open, leading, edges)) flush();
    open.push(line);
  });
  flush();
  return blocks;
}

function blockOf(lines: readonly Line[], typography: Typography): PdfBlock {
  const [first] = lines;
  const text = lines.map(lineText).join(' ');
  const level = headingLevel(first!, lines, text, typography);
  if (level !== null) return { kind: 'heading', level, lines };
  return { kind: BULLET.test(text) ? 'item' : 'paragraph', lines };
}

function headingLevel(first: Line, lines: readonly Line[], text: string, typography: Typography): number | null {
  if (lines.length > 3 || text.length > 160 || first.font === NO_FONT || !/\p{L}{2}/u.test(text)) return null;
  const rank = typography.headings.indexOf(first.size);
  if (rank !== -1) return Math.min(6, rank + 1);
  // Of body size, but numbered and in another face.
  const own = first.font !== typography.font && first.size >= typography.body * 0.95;
  if (own && lines.length === 1 && text.length < 90 && NUMBERED_HEADING.test(text) && !/[.;,:]$/.test(text))
    return Math.min(6, typography.headings.length + 1);
  return null;
}

interface Edges {
  readonly left: number;
  readonly right: number;
}

function startsBlock(line: Line, previous: Line, open: readonly Line[], leading: number, edges: Edges): boolean {
  const rightToLeft = prevailing(
    line.segments.flatMap(({ items }) => items),
    (item) => item.rightToLeft,
  );
  const from = (place: Edges): number => (rightToLeft ? -place.right : place.left);
  const to = (place: Edges): number => (rightToLeft ? -place.left : place.right);
  const width = edges.right - edges.left;
  const em = line.size;
  const first = open[0]!;
  const gap = line.top - previous.top;
  if (gap > Math.max(leading, em) * 1.4 || gap < 0) return true;
  if (Math.abs(line.size - previous.size) > Math.max(line.size, previous.size) * 0.12) return true;
  const text = lineText(line);
  // A short line in a face of its own above running text is a heading.
  if (open.length === 1 && previous.font !== line.font && to(previous) < from(edges) + width * 0.7)
    if (!endsSentence(previous) && /^[\p{Lu}\d(「[]/u.test(lineText(previous))) return true;
  const inItem = BULLET.test(lineText(first));
  if (DOT.test(text) || (BULLET.test(text) && (inItem || endsSentence(previous)))) return true;
  if (inItem && from(line) > from(first) + em * 0.5) return false;
  const indent = from(line) - from(previous);
  const short = to(previous) < to(edges) - width * 0.15;
  const hanging = open.length > 1 && from(open[1]!) > from(first) + em * 0.6;
  if (hanging) return from(line) <= from(first) + em * 0.3;
  if (
    indent > em * 0.7 &&
    indent < em * 5 &&
    (open.length > 1 || endsSentence(previous)) &&
    (endsSentence(previous) || short)
  )
    return true;
  return (
    short && endsSentence(previous) && /^["“«(]?[\p{Lu}\p{Lo}]/u.test(text) && previous.right - previous.left > em * 2
  );
}

function endsSentence(line: Line): boolean {
  return /[.!?:;。！？]["”»)\]]?\d{0,3}$/.test(lineText(line));
}

/** Words of a line for judging it; its text proper is composed elsewhere. */
export function lineText(line: Line): string {
  return line.segments.flatMap(({ items }) => items.map(({ text }) => text)).join(' ');
}

/** The median distance between the tops of lines that follow each other. */
function usualLeading(region: Region): number {
  const distances = region
    .slice(1)
    .map((line, i) => line.top - region[i]!.top)
    .filter((distance) => distance > 0)
    .sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)] ?? region[0]?.size ?? 12;
}

/** Numbers of the lines that are rows: at least two in a row, each of several cells that line up. */
function tableRows(region: Region): Set<number> {
  const rows = new Set<number>();
  for (let i = 1; i < region.length; i++) {
    const [above, below] = [region[i - 1]!, region[i]!];
    if (above.segments.length < 2 || below.segments.length < 2) continue;
    if (below.top - above.top > below.size * 4) continue;
    if (above.segments.some((cell, at) => at > 0 && below.segments.some((other, k) => k > 0 && linesUp(cell, other)))) {
      rows.add(i - 1);
      rows.add(i);
    }
  }
  return rows;
}

function linesUp(a: Segment, b: Segment): boolean {
  const near = Math.max(a.size, b.size) * 0.5;
  return (
    Math.abs(a.left - b.left) < near ||
    Math.abs(a.right - b.right) < near ||
    Math.abs(a.left + a.right - b.left - b.right) < near * 2
  );
}
