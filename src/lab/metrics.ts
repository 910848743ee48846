/** How good a ranking is. Every measure is in [0, 1]. */
import type { Passage, Span } from '../pipeline/document.ts';
import { intersections, length, union } from './ranges.ts';

/** A range of one document. */
export interface Place extends Span {
  readonly document: string;
}

/** A passage has a character of the place. */
export function touches({ path, start, end }: Pick<Passage, 'path' | 'start' | 'end'>, place: Place): boolean {
  return path === place.document && start < place.end && place.start < end;
}

export interface RangeScores {
  /** Share of the reference's characters that were retrieved. */
  readonly recall: number;
  /** Share of the retrieved characters that belong to the reference. */
  readonly precision: number;
  readonly iou: number;
}

/**
 * Recall, precision and intersection over union of retrieved passages on character ranges (Smith and Troynikov,
 * “Evaluating Chunking Strategies for Retrieval”, Chroma 2024, and their published code): what two passages hold twice
 * counts once as found and twice as retrieved.
 * @throws Error without references
 */
export function rangeScores(retrieved: readonly Place[], references: readonly Place[]): RangeScores {
  const wanted = length(references);
  if (wanted === 0) throw new Error('A question without reference spans has no recall.');
  const documents = new Set(references.map(({ document }) => document));
  let found = 0;
  for (const document of documents) {
    const inDocument = references.filter((place) => place.document === document);
    const passages = retrieved.filter((place) => place.document === document);
    found += length(union(passages.flatMap((passage) => intersections(passage, inDocument))));
  }
  const taken = length(retrieved);
  return {
    recall: found / wanted,
    precision: taken === 0 ? 0 : found / taken,
    // Missed characters belong to the union.
    iou: found / (taken + wanted - found),
  };
}

/** 1 / rank of the first relevant result, 0 if none is. */
export function reciprocalRank(relevant: readonly boolean[]): number {
  const at = relevant.indexOf(true);
  return at === -1 ? 0 : 1 / (at + 1);
}

/**
 * Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002, with linear gain, as trec_eval computes it).
 * @param gains of the results, best rank first, at most as many as are to count
 * @param ideal gains of all that is relevant, in any order
 */
export function ndcg(gains: readonly number[], ideal: readonly number[]): number {
  const best = discounted([...ideal].sort((a, b) => b - a).slice(0, Math.max(gains.length, 1)));
  return best === 0 ? 0 : discounted(gains) / best;
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0);
}

/**
 * Area under the receiver operating characteristic: how often a positive scores above a negative, ties counting half
 * (Hanley and McNeil 1982). NaN without either.
 */
export function rocArea(positives: readonly number[], negatives: readonly number[]): number {
  const ascending = [...negatives].sort((a, b) => a - b);
  const below = (value: number, orEqual: boolean): number => {
    let low = 0;
    let high = ascending.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ascending[middle]! < value || (orEqual && ascending[middle] === value)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const won = positives.reduce((sum, value) => sum + (below(value, false) + below(value, true)) / 2, 0);
  return won / (positives.length * negatives.length);
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
