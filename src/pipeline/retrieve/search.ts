/** Question -> candidates with their fates, and how strong the evidence is: the whole of retrieval. */
import type { Candidate, Found } from '../answer.ts';
import type { Collection } from '../index/collection.ts';
import { choose, type ChooseOptions } from './choose.ts';
import { evidence, features } from './evidence.ts';
import { lookUp } from './look-up.ts';
import type { Numbers } from './numbering.ts';
import { rank, type Ranked, type RankOptions } from './rank.ts';
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
  const part = partOf(collection, within);
  const { hits, passages } = lookUp(collection, query, { within: part.keys });
  const ranked = rank(hits, passages, fusion);
  // The evidence is calibrated on scores of words and vectors alone, so a statement's are regularised for the order only.
  const from = features(ranked, collection.keywordIndex.weigh(question), part.passages);
  const states = fusion.vectorWeight === undefined && vector !== null && isStatement(question);
  const ordered = states
    ? regularise(rank(hits, passages, { vectorWeight: statementWeight }), ({ id }) => collection.vectorOf(id))
    : ranked;
  return {
    candidates: chosen(collection, query, ordered, { most, numbers, keys: part.keys }, fusion),
    ...evidence(from, embedder),
    features: from,
    searched: {
      passages: part.passages,
      embedded: part.embedded,
      ...(within && { documents: part.documents }),
    },
  };
}

function ranking(collection: Collection, query: Query, within: Part['keys'], fusion: RankOptions): Ranked[] {
  const { hits, passages } = lookUp(collection, query, { within });
  return rank(hits, passages, fusion);
}

/** The candidates with their fates. A question that asks several things is searched once more from the best passage. */
function chosen(
  collection: Collection,
  query: Query,
  ranked: readonly Ranked[],
  { most, numbers, keys }: Required<Pick<ChooseOptions, 'most' | 'numbers'>> & Pick<Part, 'keys'>,
  fusion: RankOptions,
): Candidate[] {
  const [best] = ranked;
  if (!best || !asksSeveralThings(query.words)) return choose(ranked, { most, numbers }).slice(0, shown);
  const { text, id } = best.passage;
  const isStory = query.words.split(/\s+/).length > longestForSecondStep;
  const next = secondStep(query, { text, vector: collection.vectorOf(id) });
  const second = isStory ? [] : ranking(collection, next, keys, fusion);
  const { times, reach, alike } = forSeveral;
  const more = Math.max(most, Math.min(forSeveral.most, times * most));
  const candidates = choose(ranked, { most: more, reach, alike, second, numbers });
  // What is kept stands far down where only the second search brought it up.
  return candidates.filter(({ fate }, i) => i < shown || fate.kept);
}
