/**
 * A second search, from what the first has found: “the director of Big Stone Gap lives where?” finds the film, and the
 * film's passage names the director. Feedback of the best document (Rocchio 1971), of which only the names are taken
 * as words: as in multi-hop retrieval (Qi et al., “Answering Complex Open-domain Questions Through Iterative Query
 * Generation”, 2019), where a model chooses them.
 */
import { normalise } from '../embed/pool.ts';

/** Names taken from the passage, at most. */
const MOST_NAMES = 12;
/** How much of the passage's vector is added to the question's. */
const PASSAGE_WEIGHT = 0.6;
const CAPITALISED = /\p{Lu}\p{L}+/gu;

export interface Query {
  readonly words: string;
  /** L2-normalised; null to go by words alone. */
  readonly vector: Float32Array | null;
}

/** The question with the names that stand in the passage, and its vector moved towards the passage's. */
export function secondStep(
  { words, vector }: Query,
  passage: { readonly text: string; readonly vector: Float32Array | undefined },
): Query {
  const names = [...new Set(passage.text.match(CAPITALISED))].slice(0, MOST_NAMES);
  const moved = passage.vector && vector?.map((value, i) => value + PASSAGE_WEIGHT * passage.vector![i]!);
  return { words: [words, ...names].join(' '), vector: moved ? normalise(moved) : vector };
}
