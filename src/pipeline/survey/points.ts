/** Points as they are collected: what says the same becomes one, with all its sources. */
import { resemblance } from '../retrieve/fold.ts';
import type { Passage } from '../document.ts';

/** A sentence of a passage, or a few that belong together, word for word. */
export interface Found {
  readonly text: string;
  readonly passage: Passage;
  /** What it was found for, where two things are compared; '' else. */
  readonly heading: string;
}

export interface Point {
  readonly text: string;
  readonly heading: string;
  /** Where it stands, the place that it was taken from first. */
  readonly passages: readonly Passage[];
}

/** Shared three-word shingles from which on two sentences say the same. */
const SAME = 0.7;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** The points with what was found added; a repetition only adds its source. */
export function folded(points: readonly Point[], found: readonly Found[]): readonly Point[] {
  const all = [...points];
  for (const { text, passage, heading } of found) {
    const at = all.findIndex((point) => point.heading === heading && saysSame(point.text, text));
    const same = all[at];
    if (!same) all.push({ text, heading, passages: [passage] });
    else if (
      !same.passages.some(
        ({ id, path, start }) => id === passage.id && path === passage.path && start === passage.start,
      )
    )
      all[at] = { ...same, passages: [...same.passages, passage] };
  }
  return all;
}

/** Alike, and with the same numbers and names: two leases from one template differ in just these. */
function saysSame(a: string, b: string): boolean {
  if (a.toLowerCase() === b.toLowerCase()) return true;
  const [left, right] = [new Set(a.match(WORD)), new Set(b.match(WORD))];
  const apart = [...left].filter((word) => !right.has(word)).concat([...right].filter((word) => !left.has(word)));
  return !apart.some((word) => !/^\p{Ll}/u.test(word)) && resemblance(a, b) >= SAME;
}
