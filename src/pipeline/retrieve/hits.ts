import type { KeywordHit, KeywordIndex, Scored, VectorIndex } from '../index/interface.ts';

/** What both indexes say to one question. */
export interface Hits {
  /** The keyword index's best, best first. */
  readonly keyword: readonly KeywordHit[];
  /** The vector index's best, best first; empty without a question vector. */
  readonly vector: readonly Scored[];
  /** Keyword scores of the other index's hits that this one did not return; 0 where no term matches. */
  readonly keywordBeyond: readonly KeywordHit[];
  /** Cosines of the other index's hits that this one did not return, as far as they have vectors. */
  readonly vectorBeyond: readonly Scored[];
}

/** How far each index looks where nothing else is said. */
export const usualDepth = 50;

/**
 * The best `depth` of each index, and each one's scores for the hits of the other: so that fusion compares
 * like with like and does not take "not among the best" for "nothing in common". `within`: keys that may be hits.
 */
export function findHits(
  question: string,
  questionVector: Float32Array | null,
  keywordIndex: KeywordIndex,
  vectorIndex: VectorIndex,
  depth = usualDepth,
  within?: ReadonlySet<number>,
): Hits {
  const keyword = keywordIndex.search(question, depth, within);
  const vector = questionVector ? vectorIndex.search(questionVector, depth, within) : [];
  const byKeyword = new Set(keyword.map(({ key }) => key));
  const byVector = new Set(vector.map(({ key }) => key));
  const notByKeyword = vector.map(({ key }) => key).filter((key) => !byKeyword.has(key));
  const notByVector = keyword.map(({ key }) => key).filter((key) => !byVector.has(key));
  const cosines = questionVector ? vectorIndex.scores(questionVector, notByVector) : [];
  const vectorBeyond: Scored[] = [];
  cosines.forEach((score, i) => {
    if (score !== null) vectorBeyond.push({ key: notByVector[i]!, score });
  });
  return { keyword, vector, keywordBeyond: keywordIndex.scores(question, notByKeyword), vectorBeyond };
}
