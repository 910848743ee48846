/** The steps of a search, each by itself: what one gives is all that the next needs of the collection. */
import type { Candidate, EvidenceFeatures, Found } from '../answer.ts';
import type { Passage } from '../document.ts';
import type { Collection } from '../index/collection.ts';
import type { QueryTerm } from '../index/interface.ts';
import { choose, type ChooseOptions } from './choose.ts';
import { features } from './evidence.ts';
import type { Hits } from './hits.ts';
import { lookUp } from './look-up.ts';
import { evenWeight, rank, type Ranked, type RankOptions } from './rank.ts';
import { regularise } from './regularise.ts';
import { secondStep, type Query } from './second-step.ts';
import { asksSeveralThings } from './several.ts';
import { isStatement } from './statement.ts';
import { partOf, type Part, type Within } from './within.ts';

/** Candidates that are looked at and shown. */
const shown = 30;

/** A longer question tells a story of one matter: what its best passage names leads away from it. */
const longestForSecondStep = 50;

/** A question that asks several things gets twice the passages, from further down, and sooner from several documents. */
const forSeveral = { times: 2, most: 4, reach: 0.7, alike: 0.2 } as const;

/** What is stated need not stand in the same words: the vectors' share where nothing is asked (docs/retrieval.md). */
const statementWeight = 0.55;

export interface LookedUp {
  readonly hits: Hits;
  /** Those that the hits name, by key. */
  readonly passages: ReadonlyMap<number, Passage>;
  /** The question's terms as the keyword index weighs them. */
  readonly terms: readonly QueryTerm[];
  readonly searched: Found['searched'];
}

export interface LookUpPart {
  /** How far each index looks; `usualDepth` where it is left out. */
  readonly depth?: number;
  readonly within?: Within | null;
}

/** L2-normalised, of the passage with this id; undefined where there is none. */
export type VectorOf = (id: string) => Float32Array | undefined;

/** Both indexes are asked. */
export function lookUpPart(collection: Collection, query: Query, part: Part, depth?: number): LookedUp {
  const { keys, passages, embedded, documents } = part;
  return {
    ...lookUp(collection, query, { within: keys, ...(depth !== undefined && { depth }) }),
    terms: collection.keywordIndex.weigh(query.words),
    searched: { passages, embedded, ...(keys && { documents }) },
  };
}

/** All that the later steps need, also where the collection is not at hand. */
export interface LookedUpWithVectors extends LookedUp {
  /** Of the passages that the hits name, by id; L2-normalised. */
  readonly vectors: ReadonlyMap<string, Float32Array>;
}

export function lookUpWithVectors(
  collection: Collection,
  query: Query,
  { depth, within = null }: LookUpPart,
): LookedUpWithVectors {
  const looked = lookUpPart(collection, query, partOf(collection, within), depth);
  const vectors = new Map<string, Float32Array>();
  for (const { id } of looked.passages.values()) {
    const vector = collection.vectorOf(id);
    if (vector) vectors.set(id, vector);
  }
  return { ...looked, vectors };
}

export interface Fused {
  /** Best first. */
  readonly ordered: readonly Ranked[];
  readonly features: EvidenceFeatures;
}

/**
 * Two rankings become one. A statement's is regularised and weighed by itself, unless the vectors' share is given; its
 * evidence is not, which is calibrated on scores of words and vectors alone.
 */
export function fuse(
  { words, vector }: Query,
  { hits, passages, terms, searched }: LookedUp,
  fusion: RankOptions,
  vectorOf: VectorOf,
): Fused {
  const ranked = rank(hits, passages, fusion);
  const states = fusion.vectorWeight === undefined && vector !== null && isStatement(words);
  const ordered = states
    ? regularise(rank(hits, passages, { ...fusion, vectorWeight: statementWeight }), ({ id }) => vectorOf(id))
    : ranked;
  return { ordered, features: features(ranked, terms, searched.passages) };
}

/** The vectors' share that `fuse` takes where none is given. */
export function usualWeight(words: string): number {
  return isStatement(words) ? statementWeight : evenWeight;
}

/** What a question that asks several things is searched with once more; null for any other. */
export function secondQuery(query: Query, [best]: readonly Ranked[], vectorOf: VectorOf): Query | null {
  const isStory = query.words.split(/\s+/).length > longestForSecondStep;
  if (!best || isStory || !asksSeveralThings(query.words)) return null;
  const { text, id } = best.passage;
  return secondStep(query, { text, vector: vectorOf(id) });
}

/**
 * The candidates with their fates.
 * @param second what the second search found, best first; empty where there was none
 */
export function decide(
  words: string,
  ordered: readonly Ranked[],
  second: readonly Ranked[],
  { most, numbers }: Required<Pick<ChooseOptions, 'most' | 'numbers'>>,
): Candidate[] {
  if (!asksSeveralThings(words)) return choose(ordered, { most, numbers }).slice(0, shown);
  const { times, reach, alike } = forSeveral;
  const more = Math.max(most, Math.min(forSeveral.most, times * most));
  const candidates = choose(ordered, { most: more, reach, alike, second, numbers });
  // What is kept stands far down where only the second search brought it up.
  return candidates.filter(({ fate }, i) => i < shown || fate.kept);
}
