/** Items that continue each other make segments: the pieces of which lines and columns are found. */
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
export function overlap(a: { top: number; bottom: number }, b: { top: number; bottom: number }): number {
  const common = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return common / Math.max(0.1, Math.min(a.bottom - a.top, b.bottom - b.top));
}

export function characters(segments: readonly Segment[]): number {
  return segments.reduce((sum, { items }) => sum + items.reduce((n, { text }) => n + text.length, 0), 0);
}

export const middle = (box: { top: number; bottom: number }): number => (box.top + box.bottom) / 2;

/** Groups what overlaps in height by more than half. */
export function rowsOf(segments: readonly Segment[]): Segment[][] {
  const sorted = [...segments].sort((a, b) => middle(a) - middle(b) || a.left - b.left);
  const rows: Segment[][] = [];
  for (const segment of sorted) {
    const row = rows.slice(-3).findLast((candidate) => candidate.some((other) => overlap(other, segment) > 0.5));
    if (row) row.push(segment);
    else rows.push([segment]);
  }
  return rows;
}
