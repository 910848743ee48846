/** The order in which boxes on a page are read: cut at white space, across first and then down. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Placed {
  readonly box: Box | null;
}

/** Deeper than this, or with more boxes than this, the file's own order is kept. */
const MAX_DEPTH = 40;
const MAX_BOXES = 2000;

/**
 * Rows of boxes from top to bottom, columns in a row from left to right. Boxes that overlap, so that no straight line
 * parts them, keep the file's order; so do all of them when one has no place.
 */
export function inReadingOrder<T extends Placed>(items: readonly T[], depth = 0): T[] {
  if (items.length < 2 || items.length > MAX_BOXES || depth > MAX_DEPTH) return [...items];
  if (items.some(({ box }) => box === null)) return [...items];
  for (const axis of ['y', 'x'] as const) {
    const groups = cut(items, axis);
    if (groups.length > 1) return groups.flatMap((group) => inReadingOrder(group, depth + 1));
  }
  return [...items];
}

/** Groups of boxes that share no part of the axis; touching edges, or a tenth of the smaller box, part them still. */
function cut<T extends Placed>(items: readonly T[], axis: 'x' | 'y'): T[][] {
  const from = ({ box }: T): number => box?.[axis] ?? 0;
  const size = ({ box }: T): number => (axis === 'x' ? box?.width : box?.height) ?? 0;
  const sorted = items.map((item, i) => ({ item, i })).sort((a, b) => from(a.item) - from(b.item) || a.i - b.i);
  const groups: { members: typeof sorted; end: number; smallest: number }[] = [];
  for (const entry of sorted) {
    const group = groups.at(-1);
    const start = from(entry.item);
    const extent = size(entry.item);
    if (group === undefined || start >= group.end - 0.1 * Math.min(group.smallest, extent))
      groups.push({ members: [entry], end: start + extent, smallest: extent });
    else {
      group.members.push(entry);
      group.end = Math.max(group.end, start + extent);
      group.smallest = Math.min(group.smallest, extent);
    }
  }
  return groups.map(({ members }) => members.sort((a, b) => a.i - b.i).map(({ item }) => item));
}
