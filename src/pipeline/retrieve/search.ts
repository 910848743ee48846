/** Question -> candidates with their fates, and how strong the evidence is: the whole of retrieval. */
import type { Found } from '../answer.ts';
import type { Collection } from '../index/collection.ts';
import { evidence } from './evidence.ts';
import { lookUp } from './look-up.ts';
import type { Numbers } from './numbering.ts';
import { rank } from './rank.ts';
import { decide, fuse, lookUpPart, secondQuery } from './steps.ts';
import { partOf, type Within } from './within.ts';

export interface SearchOptions {
  /** Passages kept for the prompt at the most, where a question asks one thing. */
  readonly most: number;
  /**
   * The share of the vectors in the fused score, 0 (words alone) to 1 (vectors alone). Where it is given, a statement
   * is searched like a question.
   */
  readonly vectorWeight?: number;
  /** Numbers that passages had earlier in the conversation: they keep them. */
  readonly numbers?: Numbers;
  /** Passages outside are not looked at, and what is left counts as all there is, but for the rarity of a word. */
  readonly within?: Within | null;
}

/**
 * `vector` is the question's, L2-normalised; null to go by words alone. `embedder` is the id of the model that made it.
 */
export function searchCollection(
  collection: Collection,
  question: string,
  vector: Float32Array | null,
  {
    most,
    numbers = new Map(),
    embedder = null,
    within = null,
    ...fusion
  }: SearchOptions & { readonly embedder?: string | null },
): Found {
  const query = { words: question, vector };
  const vectorOf = (id: string) => collection.vectorOf(id);
  const part = partOf(collection, within);
  const first = lookUpPart(collection, query, part);
  const { ordered, features } = fuse(query, first, fusion, vectorOf);
  const next = secondQuery(query, ordered, vectorOf);
  const second = next && lookUp(collection, next, { within: part.keys });
  return {
    candidates: decide(question, ordered, second ? rank(second.hits, second.passages, fusion) : [], { most, numbers }),
    ...evidence(features, embedder),
    features,
    searched: first.searched,
  };
}
