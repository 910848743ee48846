/** Question -> candidates with their fates, and how strong the evidence is: the whole of retrieval. */
import type { Passage } from '../document.ts';
import type { Found } from '../answer.ts';
import type { Collection } from '../index/collection.ts';
import { choose, type ChooseOptions } from './choose.ts';
import { evidence, features } from './evidence.ts';
import { findHits } from './hits.ts';
import { rank } from './rank.ts';
import { asksSeveralThings } from './several.ts';
import { evidenceThreshold } from './threshold.ts';

/** Candidates that are looked at and shown. */
const shown = 30;

/** A question that asks several things gets twice the passages, from further down, and sooner from several documents. */
const forSeveral = { times: 2, most: 4, reach: 0.7, alike: 0.2 } as const;

export interface SearchOptions {
  /** Passages kept for the prompt at the most, where a question asks one thing. */
  readonly most: number;
  /** The share of the vectors in the fused score, 0 (words alone) to 1 (vectors alone). */
  readonly vectorWeight?: number;
}

/** `vector` is the question's, L2-normalised; null to go by words alone. */
export function searchCollection(
  collection: Collection,
  question: string,
  vector: Float32Array | null,
  { most, ...fusion }: SearchOptions,
): Found {
  const { keywordIndex, vectorIndex } = collection;
  const hits = findHits(question, vector, keywordIndex, vectorIndex);
  const passages = new Map<number, Passage>();
  for (const list of [hits.keyword, hits.vector]) {
    for (const { key } of list) passages.set(key, collection.passage(key));
  }
  const ranked = rank(hits, passages, fusion);
  const from = features(ranked, keywordIndex.weigh(question));
  return {
    candidates: choose(ranked, choice(question, most)).slice(0, shown),
    evidence: ranked.length > 0 ? evidence(from) : 0,
    features: from,
    ...evidenceThreshold,
    searched: { passages: collection.size, embedded: collection.embedded },
  };
}

function choice(question: string, most: number): ChooseOptions {
  if (!asksSeveralThings(question)) return { most };
  const { times, reach, alike } = forSeveral;
  return { most: Math.max(most, Math.min(forSeveral.most, times * most)), reach, alike };
}
