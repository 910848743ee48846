/** Lesson “Both together”: how the two scores of a passage become one, as on the desk (retrieve/rank.ts). */
import type { Checks } from './checks.ts';
import type { FoundText, SmallCollection } from './small-collection.ts';

export interface BothState {
  /** The place of the passage that answers the question; null where nobody has said. */
  readonly right: number | null;
  /** Share of the vectors in the sum, 0 to 1. */
  readonly weight: number;
  /** Best first by the sum. */
  readonly found: readonly FoundText[];
  /** Place of the best text by words alone (null where none has a word of it), by meaning alone, and half and half. */
  readonly bestByWords: number | null;
  readonly bestByMeaning: number;
  readonly bestByHalves: number;
}

export function bothState(
  collection: SmallCollection,
  question: string,
  vector: Float32Array,
  weight: number,
  right: number | null,
): BothState {
  const found = collection.search(question, vector, weight);
  const first = (share: number) => collection.search(question, vector, share)[0]!;
  const byWords = first(0);
  return {
    ...{ right, weight, found },
    bestByWords: byWords.keywordScore === null ? null : byWords.at,
    bestByMeaning: first(1).at,
    bestByHalves: first(0.5).at,
  };
}

export const bothChecks = {
  disagree: ({ bestByWords, bestByMeaning }) => bestByWords !== null && bestByWords !== bestByMeaning,
  turned: ({ found, bestByHalves }) => found[0] !== undefined && found[0].at !== bestByHalves,
  missed: ({ weight, right, bestByWords, bestByMeaning }) =>
    weight === 0 && right !== null && bestByWords !== right && bestByMeaning === right,
  blurred: ({ weight, right, bestByWords, bestByMeaning }) =>
    weight === 1 && right !== null && bestByWords === right && bestByMeaning !== right,
} satisfies Checks<BothState>;
