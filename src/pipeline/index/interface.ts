/** What every index can do. Keys are small integers given by the caller, one for each passage. */

export interface Scored {
  readonly key: number;
  readonly score: number;
}

/**
 * Nearest neighbours by cosine over L2-normalised vectors. Hits come best first;
 * equal scores are ordered by key, so that any two implementations agree hit for hit.
 */
export interface VectorIndex {
  readonly dimensions: number;
  readonly size: number;
  /**
   * @throws RangeError on a wrong dimension, a value that is not finite, a vector that is not L2-normalised,
   * or a key already present.
   */
  add(key: number, vector: Float32Array): void;
  /** False if the key was not there. */
  remove(key: number): boolean;
  /**
   * At most `k` hits, all of them in `within` where it is given; `score` is the cosine in [-1, 1].
   * @throws RangeError on a query that `add` would refuse.
   */
  search(query: Float32Array, k: number, within?: ReadonlySet<number>): Scored[];
  /** The cosine of each key, in the order of `keys`; null where the key has no vector. */
  scores(query: Float32Array, keys: readonly number[]): (number | null)[];
  /** A copy of the vector under `key`. */
  vector(key: number): Float32Array | undefined;
  /** Every key, in no particular order. */
  keys(): readonly number[];
}

export interface KeywordHit extends Scored {
  /** The score by query term; the shares add up to `score`. */
  readonly terms: readonly { readonly term: string; readonly share: number }[];
}

/** A term of a question with its weight: idf, less for a word that only asks. `content` is false for such words. */
export interface QueryTerm {
  readonly term: string;
  readonly weight: number;
  readonly content: boolean;
}

/** What one term of a question brings a passage: `share` is weight times saturation. */
export interface TermShare extends QueryTerm {
  /** How many passages hold it, and what its rarity is worth; `weight` is less for a word that only asks. */
  readonly frequency: number;
  readonly idf: number;
  /** How often it stands in the passage's text, and in its context. */
  readonly inText: number;
  readonly inContext: number;
  /** What frequency and length make of it; 0 where the passage does not hold the term. */
  readonly saturation: number;
  readonly share: number;
}

/** A keyword score taken apart. */
export interface ExplainedScore {
  /** As `search` and `scores` give it; the shares add up to it, exactly and in their order. */
  readonly score: number;
  /** Every term of the question, also those that the passage does not hold. */
  readonly terms: readonly TermShare[];
  /** Terms of the passage, and the mean over all `passages`; context counts by its weight. */
  readonly length: number;
  readonly meanLength: number;
  readonly passages: number;
}

export interface KeywordIndex {
  readonly size: number;
  /** `context` is the title and heading path, `text` the passage. @throws RangeError if the key is present. */
  add(key: number, fields: { readonly context: string; readonly text: string }): void;
  remove(key: number): boolean;
  /**
   * At most `k` hits that hold a term of the query, best first, equal scores by key; all of them in `within` where it
   * is given. The scores are those of the whole index: what is rare in it stays rare in a part of it.
   */
  search(query: string, k: number, within?: ReadonlySet<number>): KeywordHit[];
  /** A hit for each of `keys` (distinct), in their order; score 0 and no terms where nothing matches. */
  scores(query: string, keys: readonly number[]): KeywordHit[];
  /** The score of one key, term by term. @throws RangeError if the key is not there. */
  explain(query: string, key: number): ExplainedScore;
  /** The question's terms as this index weighs them, also those that no passage holds. */
  weigh(query: string): QueryTerm[];
  /** How many passages hold a term of `words`. */
  frequency(term: string): number;
  /** Keys of passages that hold the term, at most `most`, in the order of addition. */
  holders(term: string, most: number): readonly number[];
  /** Every term, also some that no passage holds any more. */
  terms(): Iterable<string>;
}
