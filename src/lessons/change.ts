/** Lesson “A changed document takes effect at once”: one question asked of a document before and after a change. */
import { words } from '../pipeline/index/words.ts';
import { withoutCitations } from '../pipeline/cite/citations.ts';
import type { Checks } from './checks.ts';

export interface Asked {
  readonly question: string;
  /** The document as it then was. */
  readonly document: string;
  readonly answer: string;
  readonly refused: boolean;
  /** Passages of the document, and how many of them had to be embedded for this question. */
  readonly passages: number;
  readonly embedded: number;
}

export interface ChangeState {
  /** Oldest first. */
  readonly asked: readonly Asked[];
}

const termsOf = (text: string): ReadonlySet<string> => new Set(words(withoutCitations(text)));

/** The same question of an earlier and a later document. */
function pairs(asked: readonly Asked[]): readonly (readonly [Asked, Asked])[] {
  return asked.flatMap((later, i) =>
    asked
      .slice(0, i)
      .filter(({ question, document }) => question === later.question && document !== later.document)
      .map((earlier) => [earlier, later] as const),
  );
}

export const changeChecks = {
  asked: ({ asked }) => asked.some(({ refused }) => !refused),
  changed: ({ asked }) =>
    pairs(asked).some(([earlier, later]) => {
      const before = termsOf(earlier.document);
      const now = termsOf(later.document);
      // A word of the answer that only the changed document has.
      return [...termsOf(later.answer)].some((term) => now.has(term) && !before.has(term));
    }),
  gone: ({ asked }) => pairs(asked).some(([earlier, later]) => !earlier.refused && later.refused),
  cheap: ({ asked }) => asked.slice(1).some(({ passages, embedded }) => passages >= 3 && embedded === 1),
} satisfies Checks<ChangeState>;
