/** How much of a reference text a reader found, and how much of what it gave is in the reference. */
import { normalise } from './normalise.ts';

/** Characters a piece: long enough to tell words and their order, short enough to forgive a line's end. */
export const PIECE = 5;

export interface Score {
  /** Share of the reference's pieces that were found, in [0, 1]. */
  readonly recall: number;
  /** Share of the found pieces that the reference has, in [0, 1]. */
  readonly precision: number;
}

/** Both texts as multisets of all runs of five characters, after `normalise`. Null when the reference is too short. */
export function score(found: string, reference: string): Score | null {
  const [ours, theirs] = [pieces(normalise(found)), pieces(normalise(reference))];
  if (theirs.total === 0) return null;
  let shared = 0;
  for (const [piece, count] of theirs.counts) shared += Math.min(count, ours.counts.get(piece) ?? 0);
  return { recall: shared / theirs.total, precision: ours.total === 0 ? 0 : shared / ours.total };
}

/** Against each of the texts that would be right, the best by the harmonic mean of recall and precision. */
export function bestScore(found: string, references: readonly string[]): Score | null {
  let best: Score | null = null;
  for (const reference of references) {
    const one = score(found, reference);
    if (one && (!best || harmonic(one) > harmonic(best))) best = one;
  }
  return best;
}

export function harmonic({ recall, precision }: Score): number {
  return recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
}

/** The value below which a share of the values lies; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const ascending = [...values].sort((a, b) => a - b);
  const place = (ascending.length - 1) * share;
  const [low = NaN, high = low] = [ascending[Math.floor(place)], ascending[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
}

function pieces(text: string): { readonly counts: ReadonlyMap<string, number>; readonly total: number } {
  const counts = new Map<string, number>();
  for (let at = 0; at + PIECE <= text.length; at++) {
    const piece = text.slice(at, at + PIECE);
    counts.set(piece, (counts.get(piece) ?? 0) + 1);
  }
  return { counts, total: Math.max(0, text.length - PIECE + 1) };
}
