/**
 * Passages that end where the matter changes: the text is split where the sentences before and after are least alike,
 * and each half again, until it fits. (Breakpoints from sentence embeddings: Kamradt, “5 levels of text splitting”, 2023;
 * blocks of several sentences compared across a gap: Hearst, “TextTiling”, 1997.)
 */
import type { Span } from '../document.ts';
import type { Piece } from './packing.ts';

/** Sentences on each side of a gap that are compared. */
const BLOCK = 3;
/** No split leaves less than this share of the size on either side, as long as another split is possible. */
const SMALLEST = 0.3;

/**
 * @param sentences each of at most `size` tokens
 * @param vectors one for each sentence, L2-normalised
 */
export function cutBySense(sentences: readonly Piece[], vectors: readonly Float32Array[], size: number): Span[] {
  const sums = [0];
  for (const { tokens } of sentences) sums.push(sums.at(-1)! + tokens);
  const tokens = (from: number, to: number): number => sums[to]! - sums[from]!;
  const closeness = sentences.map((_, gap) => closenessAt(vectors, gap));
  const found: Span[] = [];
  const open = sentences.length > 0 ? [{ from: 0, to: sentences.length }] : [];
  for (let range = open.pop(); range; range = open.pop()) {
    const { from, to } = range;
    if (tokens(from, to) <= size) {
      found.push({ start: sentences[from]!.start, end: sentences[to - 1]!.end });
      continue;
    }
    const at = leastAlike(SMALLEST * size) ?? leastAlike(0)!;
    open.push({ from: at, to }, { from, to: at });

    function leastAlike(least: number): number | null {
      let best: number | null = null;
      for (let i = from + 1; i < to; i++) {
        if (tokens(from, i) < least || tokens(i, to) < least) continue;
        if (best === null || closeness[i]! < closeness[best]!) best = i;
      }
      return best;
    }
  }
  return found;
}

/** Cosine of the blocks before and after the start of sentence `gap`; 1 where one of them is empty. */
function closenessAt(vectors: readonly Float32Array[], gap: number): number {
  const before = sum(vectors.slice(Math.max(0, gap - BLOCK), gap));
  const after = sum(vectors.slice(gap, gap + BLOCK));
  const lengths = Math.sqrt(dot(before, before) * dot(after, after));
  return lengths > 0 ? dot(before, after) / lengths : 1;
}

function sum(vectors: readonly Float32Array[]): number[] {
  return Array.from(vectors[0] ?? [], (_, d) => vectors.reduce((total, vector) => total + vector[d]!, 0));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, d) => total + value * (b[d] ?? 0), 0);
}
