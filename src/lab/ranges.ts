/** Arithmetic of half-open character ranges. */
import type { Span } from '../pipeline/document.ts';

/** The same characters as ranges in order that neither touch nor overlap; empty ones are gone. */
export function union(ranges: readonly Span[]): Span[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (end <= start) continue;
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** Characters in `range` that are also in `others`, as ranges. */
export function intersections(range: Span, others: readonly Span[]): Span[] {
  return others
    .map(({ start, end }) => ({ start: Math.max(start, range.start), end: Math.min(end, range.end) }))
    .filter(({ start, end }) => start < end);
}

/** Characters in all ranges; those that stand in two count twice. */
export function length(ranges: readonly Span[]): number {
  return ranges.reduce((sum, { start, end }) => sum + Math.max(0, end - start), 0);
}
