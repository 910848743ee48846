/** Lesson “Finding by meaning”: the cosines of a question with some texts. */
import type { Checks } from './checks.ts';
import type { FoundText, SmallCollection } from './small-collection.ts';

export interface MeaningState {
  /** The person wrote it; it is none of those to choose from. */
  readonly own: boolean;
  /** By cosine, best first. */
  readonly found: readonly FoundText[];
  /** Stems of the question's words that say what it is about. */
  readonly content: readonly string[];
}

export function meaningState(
  collection: SmallCollection,
  question: string,
  vector: Float32Array,
  own: boolean,
): MeaningState {
  return { own, found: collection.search(question, vector, 1), content: collection.contentOf(question) };
}

/** Below it, texts have next to nothing in common for the page's own embedder. */
export const farAway = 0.2;

export const meaningChecks = {
  unlike: ({ found: [best], content }) =>
    best !== undefined && best.cosine >= 0.3 && !best.terms.some(({ term }) => content.includes(term)),
  nothing: ({ found: [best] }) => best !== undefined && best.cosine < farAway,
  own: ({ own, found: [best] }) => own && best !== undefined && best.cosine >= 0.6,
} satisfies Checks<MeaningState>;
