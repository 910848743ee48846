import type { AnswerRow } from '../../scripts/evaluate/answers/row.ts';

type Given = Partial<Omit<AnswerRow, 'scores'>> & { readonly scores?: Partial<AnswerRow['scores']> };

/** A row of which a test says what matters to it; the rest is that of an empty answer to a question of a few words. */
export function answerRow({ scores, ...given }: Given): AnswerRow {
  return {
    id: 's/1',
    source: 's',
    kind: 'span',
    question: 'What?',
    golds: [],
    passages: [],
    gold: [],
    answer: '',
    made: 'adapter',
    refused: false,
    citations: [],
    removed: [],
    tokens: 0,
    ended: null,
    checked: [],
    ...given,
    scores: {
      ...{ contains: null, first_word: null, f1: null, citation_precision: null, citation_recall: null },
      ...scores,
    },
  };
}
