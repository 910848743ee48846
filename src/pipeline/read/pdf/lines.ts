/** From segments to lines: columns are parted, and in each region what overlaps in height is one line. */
import { columns } from './columns.ts';
import type { Item } from './items.ts';
import { characters, middle, rowsOf } from './segments.ts';
import type { Segment } from './segments.ts';

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

export function linesOf(segments: readonly Segment[]): Line[] {
  return rowsOf(segments)
    .map(lineOf)
    .sort((a, b) => middle(a) - middle(b));
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
