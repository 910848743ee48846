/**
 * From items to lines in reading order. Items that continue each other make segments; columns of prose are split at
 * gutters; in each region what overlaps in height is one line. A simple form of the column finding of
 * Breuel, "Two geometric algorithms for layout analysis" (DAS 2002): gutters from aligned left edges.
 */
import type { Item } from './items.ts';

/** Items that follow each other on one line without a wide gap. */
export interface Segment {
  readonly items: Item[];
  left: number;
  right: number;
  top: number;
  bottom: number;
  readonly size: number;
}

export interface Line {
  /** In reading order; more than one where wide gaps part them. */
  readonly segments: Segment[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Font size that most of its characters have. */
  readonly size: number;
  readonly font: string;
}

/** Lines of one column, top to bottom. */
export type Region = readonly Line[];

/** Regions of a page in reading order: level text first, then each other direction. */
export function regionsOf(segments: readonly Segment[]): Region[] {
  const frames = new Map<string, Segment[]>();
  for (const segment of segments) {
    const frame = segment.items[0]!.frame;
    const group = frames.get(frame);
    if (group) group.push(segment);
    else frames.set(frame, [segment]);
  }
  return [...frames.values()]
    .sort((a, b) => characters(b) - characters(a))
    .flatMap((group) => columns(group, 0))
    .filter((group) => group.length > 0)
    .map(linesOf);
}

/** Joins items that continue each other: same frame and height, a gap narrower than one em. */
export function segmentsOf(items: readonly Item[]): Segment[] {
  const segments: Segment[] = [];
  for (const item of items) {
    const last = segments.at(-1);
    if (last && continues(last, item)) {
      last.items.push(item);
      last.left = Math.min(last.left, item.left);
      last.right = Math.max(last.right, item.right);
      last.top = Math.min(last.top, item.top);
      last.bottom = Math.max(last.bottom, item.bottom);
    } else {
      const { left, right, top, bottom, size } = item;
      segments.push({ items: [item], left, right, top, bottom, size });
    }
  }
  return segments;
}

function continues(segment: Segment, item: Item): boolean {
  const before = segment.items.at(-1)!;
  if (before.frame !== item.frame || overlap(before, item) < 0.5) return false;
  const em = Math.max(before.size, item.size);
  const gap = item.rightToLeft || before.rightToLeft ? before.left - item.right : item.left - before.right;
  return gap < em && gap > -em * 0.6;
}

/** Share of the lower one's height that both have in common. */
function overlap(a: { top: number; bottom: number }, b: { top: number; bottom: number }): number {
  const common = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return common / Math.max(0.1, Math.min(a.bottom - a.top, b.bottom - b.top));
}

function characters(segments: readonly Segment[]): number {
  return segments.reduce((sum, { items }) => sum + items.reduce((n, { text }) => n + text.length, 0), 0);
}

const middle = (box: { top: number; bottom: number }): number => (box.top + box.bottom) / 2;

/** Splits at gutters between columns of prose, band by band between what crosses them. */
function columns(segments: readonly Segment[], depth: number): Segment[][] {
  const gutter = depth < 4 ? findGutter(segments) : null;
  if (gutter === null) return [[...segments]];
  const { edge, top, bottom } = gutter;
  const side = (segment: Segment): 'left' | 'right' | 'across' => {
    if (segment.bottom <= top || segment.top >= bottom) return 'across';
    return segment.left >= edge - 1 ? 'right' : segment.right <= edge - 1 ? 'left' : 'across';
  };
  const sorted = [...segments].sort((a, b) => middle(a) - middle(b));
  const regions: Segment[][] = [];
  let band: { left: Segment[]; right: Segment[] } = { left: [], right: [] };
  let across: Segment[] = [];
  const endBand = (): void => {
    regions.push(
      ...[band.left, band.right].filter((part) => part.length > 0).flatMap((part) => columns(part, depth + 1)),
    );
    band = { left: [], right: [] };
  };
  const endAcross = (): void => {
    if (across.length > 0) regions.push(across);
    across = [];
  };
  for (const segment of sorted) {
    const place = side(segment);
    if (place === 'across') {
      endBand();
      across.push(segment);
    } else {
      // What stands level with a crossing piece belongs to its line.
      const last = across.at(-1);
      if (last && overlap(last, segment) > 0.5) across.push(segment);
      else {
        endAcross();
        band[place].push(segment);
      }
    }
  }
  endBand();
  endAcross();
  return regions;
}

const MIN_COLUMN_LINES = 4;

/** The left edge of a right-hand column of prose, and the height in which it parts the page. */
interface Gutter {
  readonly edge: number;
  readonly top: number;
  readonly bottom: number;
}

/** Null if there is no right-hand column of prose. */
function findGutter(segments: readonly Segment[]): Gutter | null {
  if (segments.length < MIN_COLUMN_LINES * 2) return null;
  const candidates = [...leftEdges(segments)]
    .filter(([, count]) => count >= MIN_COLUMN_LINES)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 12);
  let best: (Gutter & { score: number }) | null = null;
  for (const [near] of candidates) {
    const edge = Math.min(...segments.filter(({ left }) => Math.abs(left - near) <= 3).map(({ left }) => left));
    const right = segments.filter(({ left }) => left >= edge - 1);
    const left = segments.filter((segment) => segment.left < edge - 1 && segment.right <= edge - 1);
    const across = segments.length - left.length - right.length;
    // A few lines set in columns on a page of full lines: only what stands level with the right column is judged.
    const mostlyAcross = across > (left.length + right.length) * 0.5;
    if (mostlyAcross ? !areProseBesideProse(left, right) : !areColumns(left, right)) continue;
    const score = Math.min(characters(left), characters(right)) - across * 40;
    const height = mostlyAcross ? extent(right) : { top: -Infinity, bottom: Infinity };
    if (best === null || score > best.score) best = { edge, score, ...height };
  }
  return best;
}

function areProseBesideProse(left: readonly Segment[], right: readonly Segment[]): boolean {
  const { top, bottom } = extent(right);
  const level = left.filter((segment) => segment.bottom > top && segment.top < bottom);
  if (level.length < MIN_COLUMN_LINES || right.length < MIN_COLUMN_LINES) return false;
  return fullLines(level).share >= 0.7 && fullLines(right).share >= 0.7;
}

/** Prose beside prose; or dense prose with something beside it that does not share its lines, a small table perhaps. */
function areColumns(left: readonly Segment[], right: readonly Segment[]): boolean {
  if (left.length < MIN_COLUMN_LINES || right.length < MIN_COLUMN_LINES || !sideBySide(left, right)) return false;
  const prose = fullLines(left);
  if (prose.share < 0.4) return false;
  if (fullLines(right).share >= 0.4) return true;
  const level = right.filter((segment) => left.some((other) => Math.abs(other.bottom - segment.bottom) < 1));
  return prose.share >= 0.6 && prose.rows >= 8 && level.length < right.length * 0.4;
}

/**
 * The share of a column's lines that one segment fills, as sentences do and the cells of a table do not. The column
 * is where most lines begin; what stands beside it is not judged.
 */
function fullLines(segments: readonly Segment[]): { rows: number; share: number } {
  const edge = [...leftEdges(segments)].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0];
  const flush = segments.filter(({ left }) => Math.abs(left - edge) <= 3);
  const width = Math.max(...flush.map(({ right }) => right)) - edge;
  const rows = rowsOf(segments.filter(({ left }) => left < edge + width && left > edge - width));
  if (rows.length < MIN_COLUMN_LINES) return { rows: rows.length, share: 0 };
  const fills = (segment: Segment): boolean =>
    segment.right - segment.left > width * 0.6 && characters([segment]) >= 14;
  return { rows: rows.length, share: rows.filter((row) => row.some(fills)).length / rows.length };
}

/** How many segments begin near each left edge, in steps of two points. */
function leftEdges(segments: readonly Segment[]): Map<number, number> {
  const edges = new Map<number, number>();
  for (const { left } of segments) {
    const edge = Math.round(left / 2) * 2;
    edges.set(edge, (edges.get(edge) ?? 0) + 1);
  }
  return new Map(
    [...edges].map(([edge, count]) => [edge, count + (edges.get(edge - 2) ?? 0) + (edges.get(edge + 2) ?? 0)]),
  );
}

/** Both share much of their height: columns, not one block above another. */
function sideBySide(left: readonly Segment[], right: readonly Segment[]): boolean {
  const [a, b] = [extent(left), extent(right)];
  const common = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return common > Math.min(a.bottom - a.top, b.bottom - b.top) * 0.5;
}

function extent(segments: readonly Segment[]): { top: number; bottom: number } {
  return {
    top: Math.min(...segments.map(({ top }) => top)),
    bottom: Math.max(...segments.map(({ bottom }) => bottom)),
  };
}

export function linesOf(segments: readonly Segment[]): Line[] {
  return rowsOf(segments)
    .map(lineOf)
    .sort((a, b) => middle(a) - middle(b));
}

/** Groups what overlaps in height by more than half. */
function rowsOf(segments: readonly Segment[]): Segment[][] {
  const sorted = [...segments].sort((a, b) => middle(a) - middle(b) || a.left - b.left);
  const rows: Segment[][] = [];
  for (const segment of sorted) {
    const row = rows.slice(-3).findLast((candidate) => candidate.some((other) => overlap(other, segment) > 0.5));
    if (row) row.push(segment);
    else rows.push([segment]);
  }
  return rows;
}

function lineOf(row: readonly Segment[]): Line {
  const rightToLeft = row.filter(({ items }) => items[0]!.rightToLeft).length * 2 > row.length;
  const ordered = [...row].sort((a, b) => (rightToLeft ? b.right - a.right : a.left - b.left));
  const joined: Segment[] = [];
  for (const segment of ordered) {
    const last = joined.at(-1);
    const gap = last ? (rightToLeft ? last.left - segment.right : segment.left - last.right) : Infinity;
    // Pieces that the file gave out of order, a superscript for one, join the words beside them.
    if (last && gap < Math.max(last.size, segment.size) * 1.2)
      joined[joined.length - 1] = {
        items: [...last.items, ...segment.items],
        left: Math.min(last.left, segment.left),
        right: Math.max(last.right, segment.right),
        top: Math.min(last.top, segment.top),
        bottom: Math.max(last.bottom, segment.bottom),
        size: Math.max(last.size, segment.size),
      };
    else joined.push(segment);
  }
  const items = joined.flatMap((segment) => segment.items);
  return {
    segments: joined,
    left: Math.min(...joined.map(({ left }) => left)),
    right: Math.max(...joined.map(({ right }) => right)),
    top: Math.min(...joined.map(({ top }) => top)),
    bottom: Math.max(...joined.map(({ bottom }) => bottom)),
    size: prevailing(items, ({ size }) => Math.round(size * 2) / 2),
    font: prevailing(items, ({ font }) => font),
  };
}

/** The value that most characters have. */
export function prevailing<T>(items: readonly Item[], value: (item: Item) => T): T {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(value(item), (counts.get(value(item)) ?? 0) + item.text.length);
  let best = value(items[0]!);
  for (const [candidate, count] of counts) if (count > (counts.get(best) ?? 0)) best = candidate;
  return best;
}
