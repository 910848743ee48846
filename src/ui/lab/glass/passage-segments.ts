/** A document's text in pieces that lie in the same passages, so that cuts and overlaps can be seen on it. */
import type { Passage, Span } from '../../../pipeline/document.ts';

export interface Segment extends Span {
  /** Indexes of the passages that hold it, in order; none between two passages, two where they overlap. */
  readonly passages: readonly number[];
  /** The passages that begin here. */
  readonly begins: readonly number[];
}

/** Consecutive segments from the first passage to the end of the last; what lies outside of them is left out. */
export function segments(passages: readonly Span[]): Segment[] {
  const borders = [...new Set(passages.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  return borders.slice(0, -1).map((start, i) => {
    const end = borders[i + 1]!;
    const indexes = passages.map((_, index) => index);
    return {
      ...{ start, end },
      passages: indexes.filter((index) => passages[index]!.start < end && passages[index]!.end > start),
      begins: indexes.filter((index) => passages[index]!.start === start),
    };
  });
}

/** Characters that lie in more than one passage. */
export function overlap(passages: readonly Pick<Passage, 'start' | 'end'>[]): number {
  return segments(passages).reduce((sum, { start, end, passages: in_ }) => sum + (in_.length > 1 ? end - start : 0), 0);
}
