/**
 * Which pieces of a text, and which boxes of a PDF page, a set of highlighted spans covers.
 * Everything here is plain data over offsets of `Document.text`; the components turn it into `<mark>` elements.
 */
import type { Page, Run, Span } from '../../pipeline/document.ts';
import { runsRightToLeft } from './directions.ts';

/** `cited`: the evidence the viewer was opened for. `found`: a match of the search. `current`: the match one stands at. */
export type Reason = 'cited' | 'found' | 'current';

export interface Highlight extends Span {
  readonly as: Reason;
}

/** A stretch of text with one set of reasons to mark it; none: plain text. */
export interface Piece extends Span {
  readonly as: readonly Reason[];
}

/** A stretch of text on a page, in points from the page's top left corner. */
export interface Box extends Piece {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const ORDER: readonly Reason[] = ['cited', 'found', 'current'];

/** The part of `span` inside `range`, or null if they share no character. */
export function overlap(range: Span, span: Span): Span | null {
  const start = Math.max(range.start, span.start);
  const end = Math.min(range.end, span.end);
  return start < end ? { start, end } : null;
}

/** `range` cut wherever a highlight starts or ends; the pieces are in order and cover it exactly. */
export function pieces(range: Span, highlights: readonly Highlight[]): Piece[] {
  const inside = highlights.filter((highlight) => overlap(range, highlight) !== null);
  const cuts = new Set([range.start, range.end]);
  for (const { start, end } of inside) {
    cuts.add(Math.max(start, range.start));
    cuts.add(Math.min(end, range.end));
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(1).map((end, index) => {
    const start = sorted[index] ?? range.start;
    const covering = inside.filter((highlight) => highlight.start <= start && highlight.end >= end);
    return { start, end, as: ORDER.filter((reason) => covering.some((highlight) => highlight.as === reason)) };
  });
}

/** True when any character of `range` is highlighted for one of the reasons. */
export function touches(range: Span, highlights: readonly Highlight[], ...reasons: Reason[]): boolean {
  return highlights.some((highlight) => reasons.includes(highlight.as) && overlap(range, highlight) !== null);
}

/** Width of a text in any unit; only the ratio of two widths is used. */
export type Measure = (text: string) => number;

/**
 * The page's text as boxes, in reading order, cut where highlights start and end. A box inside a run takes the part of
 * the run's width that its text takes of the run's text by `measure`, from the right in Hebrew and Arabic. A marked box reaches over the gap to the next
 * box with the same reasons on its line, so that a marked line reads as one stroke.
 */
export function boxes(page: Page, text: string, highlights: readonly Highlight[], measure: Measure): Box[] {
  const near = highlights.filter((highlight) => overlap(page, highlight) !== null);
  return joinLines(page.runs.flatMap((run) => cutRun(run, text, near, measure)));
}

function cutRun(run: Run, text: string, highlights: readonly Highlight[], measure: Measure): Box[] {
  const parts = pieces(run, highlights);
  const only = parts[0];
  if (parts.length === 1 && only) return [{ ...only, x: run.x, y: run.y, width: run.width, height: run.height }];
  const own = text.slice(run.start, run.end);
  const whole = measure(own);
  const along = (offset: number): number => {
    const share = whole > 0 ? measure(text.slice(run.start, offset)) / whole : 0;
    return run.width * Math.min(1, share);
  };
  const fromRight = runsRightToLeft(own);
  return parts.map((part) => {
    const from = along(part.start);
    const to = part.end === run.end ? run.width : along(part.end);
    const x = fromRight ? run.x + run.width - to : run.x + from;
    return { ...part, x, y: run.y, width: Math.max(0, to - from), height: run.height };
  });
}

function joinLines(list: readonly Box[]): Box[] {
  return list.map((box, index) => {
    const next = list[index + 1];
    if (!next || box.as.length === 0 || box.as.join() !== next.as.join()) return box;
    const leftwards = next.x < box.x;
    const gap = leftwards ? box.x - (next.x + next.width) : next.x - (box.x + box.width);
    const shared = Math.min(box.y + box.height, next.y + next.height) - Math.max(box.y, next.y);
    const sameLine = shared > Math.min(box.height, next.height) / 2;
    if (!sameLine || gap <= 0 || gap >= 1.5 * box.height) return box;
    return { ...box, x: leftwards ? box.x - gap : box.x, width: box.width + gap };
  });
}

/** At most `limit` of the spans on either side of number `at`: enough to paint what can be seen around it. */
export function around<T>(items: readonly T[], at: number, limit: number): readonly T[] {
  return items.slice(Math.max(0, at - limit), at + limit + 1);
}
