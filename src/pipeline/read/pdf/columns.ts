/**
 * Columns of a page in reading order. A simple form of the column finding of
 * Breuel, "Two geometric algorithms for layout analysis" (DAS 2002): gutters from aligned left edges,
 * and where nothing aligns from a corridor that stays empty.
 */
import { characters, middle, overlap, rowsOf } from './segments.ts';
import type { Segment } from './segments.ts';

/** Splits at gutters between columns of prose, band by band between what crosses them. */
export function columns(segments: readonly Segment[], depth: number): Segment[][] {
  const gutter = depth < 4 ? (findGutter(segments) ?? findCorridor(segments)) : null;
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

const CORRIDOR_LINES = 14;

/**
 * A corridor near the middle that no text enters, between two sides full of words whose lines keep their own
 * distances: forms and reports in two columns. The lines of a table stand level.
 */
function findCorridor(segments: readonly Segment[]): Gutter | null {
  if (segments.length < CORRIDOR_LINES * 2) return null;
  const start = Math.min(...segments.map(({ left }) => left));
  const end = Math.max(...segments.map(({ right }) => right));
  const width = end - start;
  let best: { edge: number; room: number } | null = null;
  let reached = start;
  for (const { left, right, size } of [...segments].sort((a, b) => a.left - b.left)) {
    const room = left - reached;
    const central = left > start + width * 0.35 && left < start + width * 0.68;
    if (central && room > size && room > (best?.room ?? 0)) best = { edge: left, room };
    reached = Math.max(reached, right);
  }
  if (best === null) return null;
  const { edge } = best;
  const [left, right] = [segments.filter((it) => it.left < edge - 1), segments.filter((it) => it.left >= edge - 1)];
  const [leftRows, rightRows] = [rowsOf(left), rowsOf(right)];
  const fewer = Math.min(leftRows.length, rightRows.length);
  if (fewer < CORRIDOR_LINES || !sideBySide(left, right)) return null;
  if (Math.min(lettersPerRow(leftRows), lettersPerRow(rightRows)) < 16) return null;
  const feet = new Set(left.flatMap(({ bottom }) => [Math.floor(bottom), Math.ceil(bottom)]));
  const level = rightRows.filter((row) => row.some(({ bottom }) => feet.has(Math.round(bottom))));
  return level.length < fewer * 0.6 ? { edge, top: -Infinity, bottom: Infinity } : null;
}

function lettersPerRow(rows: readonly (readonly Segment[])[]): number {
  const words = rows.flat().flatMap(({ items }) => items.map(({ text }) => text));
  return words.join('').replace(/[^\p{L}]/gu, '').length / rows.length;
}
