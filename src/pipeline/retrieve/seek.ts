/**
 * Passages for a person who is looking, not for an answer: by words at once, by meaning where a vector is given, each
 * hit with what found it. The same two indexes and the same fusion as for a question.
 */
import type { Passage } from '../document.ts';
import type { Collection } from '../index/collection.ts';
import { isContent, words } from '../index/words.ts';
import { completed } from './complete.ts';
import { lookUp } from './look-up.ts';
import { rank, type Ranked } from './rank.ts';
import { partOf, type Within } from './within.ts';

/** A passage that was found, and by what. */
export interface SoughtHit {
  readonly passage: Passage;
  readonly by: 'words' | 'meaning' | 'both';
}

export interface Sought {
  /** What was searched by words: the text, with the words that its last one may become. */
  readonly words: string;
  /** Best first. */
  readonly hits: readonly SoughtHit[];
  /** How many passages there were, and how many of them had a vector. */
  readonly searched: { readonly passages: number; readonly embedded: number };
}

export interface SeekOptions {
  readonly within?: Within | null;
  /** Id of the model that made the vector. */
  readonly embedder?: string | null;
}

/**
 * Found by meaning is what lies at least half the way from the middle candidate to the best one, as for what is kept
 * beside the best passage of a question (`choose.ts`): how high a cosine is differs from model to model.
 */
const REACH = 0.5;
/** With fewer candidates the middle one says nothing: then half the best cosine is enough. */
const ENOUGH_TO_COMPARE = 8;
/** Cosines that texts with nothing in common reach too, by embedder (docs/finding.md); of others it is not known. */
const NOTHING_IN_COMMON: Readonly<Record<string, number>> = { 'all-MiniLM-L6-v2': 0.25 };

/** @param vector of the text, L2-normalised; null to go by words alone */
export function seek(
  collection: Collection,
  text: string,
  vector: Float32Array | null,
  { within = null, embedder = null }: SeekOptions = {},
): Sought {
  const part = partOf(collection, within);
  const query = completed(text, collection);
  const { hits, passages } = lookUp(collection, { words: query, vector }, { within: part.keys });
  const ranked = rank(hits, passages);
  const asked = words(query).filter(isContent);
  const wanted = new Set(asked.length > 0 ? asked : words(query));
  const byWords = (one: Ranked): boolean => one.terms.some(({ term }) => wanted.has(term));
  const byMeaning = nearEnough(ranked, embedder);
  return {
    words: query,
    hits: ranked.flatMap((one) => {
      const found = { words: byWords(one), meaning: byMeaning(one) };
      if (!found.words && !found.meaning) return [];
      const by = found.words && found.meaning ? 'both' : found.words ? 'words' : 'meaning';
      return [{ passage: one.passage, by }];
    }),
    searched: { passages: part.passages, embedded: part.embedded },
  };
}

/** Whether a candidate is near in meaning. */
function nearEnough(ranked: readonly Ranked[], embedder: string | null): (one: Ranked) => boolean {
  const cosines = ranked.flatMap(({ cosine }) => cosine ?? []).sort((a, b) => b - a);
  const [best = 0] = cosines;
  const middle = cosines[cosines.length >> 1] ?? 0;
  const floor = (embedder !== null && NOTHING_IN_COMMON[embedder]) || -Infinity;
  const isComparable = cosines.length >= ENOUGH_TO_COMPARE;
  const least = Math.max(floor, isComparable ? best - REACH * (best - middle) : REACH * best);
  return ({ vectorRank, cosine }) => vectorRank !== null && cosine !== null && cosine >= least;
}
