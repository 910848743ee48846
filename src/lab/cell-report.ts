/** The four cells on a set, as a file: the same bytes for the same documents, questions and models. Times are not in it. */
import { cellMeans, cellMeasures, contrasts, type CellScore, type ScoredQuestion } from './cell-score.ts';
import { cells, type Cell, type CellAnswer } from './four-cells.ts';
import { sixPlaces } from './paired.ts';

/** All four answers of a question, in the order of `cells`. */
export interface WrittenQuestion extends ScoredQuestion {
  readonly question: string;
  readonly answers: readonly CellAnswer[];
}

export function cellReport(
  setting: object,
  questions: readonly WrittenQuestion[],
  leftOut: readonly { readonly id: string; readonly why: string }[],
): string {
  const measured = cellMeasures.map((measure) => ({
    measure,
    cells: cellMeans(measure, questions, cells).map((mean, i) => ({ ...cells[i]!, ...mean })),
    contrasts: contrasts(measure, questions, cells).map((one) => ({ ...one, figure: sixPlaces(one.figure) })),
  }));
  const rows = questions.map(({ id, question, scores, answers }) => ({
    ...{ id, question },
    answers: answers.map((answer, i) => rowOf(cells[i]!, answer, scores[i]!)),
  }));
  return `${JSON.stringify({ setting, measured, leftOut, questions: rows }, null, 1)}\n`;
}

function rowOf(cell: Cell, answer: CellAnswer, score: CellScore) {
  const { text, promptTokens, writtenTokens } = answer;
  return { ...cell, text, given: givenTo(answer), promptTokens, writtenTokens, score };
}

/** The passages that an answer was written from, by where they stand. */
export function givenTo({ sources }: Pick<CellAnswer, 'sources'>) {
  return sources.map(({ number, passage }) => ({ number, path: passage.path, start: passage.start }));
}
