import type { Candidate } from '../answer.ts';
import type { Passage } from '../document.ts';
import { reciprocalRankFusion, weightedSum } from './fuse.ts';
import type { Hits } from './hits.ts';

/** A candidate before `choose` decides its fate. */
export type Ranked = Omit<Candidate, 'fate'>;

/** The vectors' share where none is given: as much as the words'. */
export const evenWeight = 0.5;

export interface RankOptions {
  /** `z` and `range` add scores brought to one scale, `rrf` adds reciprocal ranks. */
  readonly fusion?: 'z' | 'range' | 'rrf';
  /** The share of the vectors in the fused score, 0 to 1; the rest is the keywords'. */
  readonly vectorWeight?: number;
}

/**
 * Every passage that either index returned, best first by fused score, ties by key.
 * Fusion is by z-scores unless told: over the same passages they keep how far a score stands out, which ranks lose
 * (570 questions over 1,143 passages: mean reciprocal rank 0.778, by reciprocal rank fusion 0.742).
 * @throws Error if `passages` lacks the passage of a hit.
 */
export function rank(hits: Hits, passages: ReadonlyMap<number, Passage>, options: RankOptions = {}): Ranked[] {
  const { fusion = 'z', vectorWeight = evenWeight } = options;
  const weights = [1 - vectorWeight, vectorWeight];
  const allKeyword = [...hits.keyword, ...hits.keywordBeyond];
  const allVector = [...hits.vector, ...hits.vectorBeyond];
  const fused =
    fusion === 'rrf'
      ? reciprocalRankFusion([hits.keyword, hits.vector], { weights })
      : weightedSum([allKeyword, allVector], { scale: fusion, weights });
  const keyword = new Map(allKeyword.map((hit) => [hit.key, hit]));
  const cosines = new Map(allVector.map(({ key, score }) => [key, score]));
  const keywordRanks = new Map(hits.keyword.map(({ key }, i) => [key, i + 1]));
  const vectorRanks = new Map(hits.vector.map(({ key }, i) => [key, i + 1]));
  return fused.map(({ key, score }) => {
    const passage = passages.get(key);
    if (!passage) throw new Error(`No passage is known under key ${key}, which the index returned.`);
    const hit = keyword.get(key);
    return {
      passage,
      keywordRank: keywordRanks.get(key) ?? null,
      keywordScore: hit && hit.terms.length > 0 ? hit.score : null,
      terms: hit?.terms ?? [],
      vectorRank: vectorRanks.get(key) ?? null,
      cosine: cosines.get(key) ?? null,
      fused: score,
    };
  });
}
