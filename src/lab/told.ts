/**
 * What fine-tuning saves in the prompt: the base model told at length how to answer, with worked examples, against the
 * fine-tuned one with the short words of its training; the same passages for both.
 */
import type { Wording } from '../pipeline/prompt/wording.ts';
import { givenTo } from './cell-report.ts';
import { cellMeasures, type CellMeasure, type CellScore } from './cell-score.ts';
import type { CellAnswer } from './four-cells.ts';
import { pairedDifference, sixPlaces, type PairedDifference } from './paired.ts';

export interface Arm {
  readonly tuned: boolean;
  readonly wording: Extract<Wording, 'training' | 'instruction'>;
}

/** In the order in which they are written. What the base model does with the short words the four cells tell. */
export const arms = [
  { tuned: false, wording: 'instruction' },
  { tuned: true, wording: 'training' },
] as const satisfies readonly Arm[];

/** Beside what an answer is worth, what it cost to read. */
export const toldMeasures = [...cellMeasures, 'promptTokens', 'writtenTokens'] as const;
export type ToldMeasure = CellMeasure | 'promptTokens' | 'writtenTokens';

/** A question as every arm answered it, in the order of `arms`. */
export interface ToldQuestion {
  readonly id: string;
  readonly question: string;
  readonly answers: readonly CellAnswer[];
  readonly scores: readonly CellScore[];
}

function valueOf(measure: ToldMeasure, { answers, scores }: ToldQuestion, arm: number): number | null {
  if (measure === 'promptTokens' || measure === 'writtenTokens') return answers[arm]![measure];
  return scores[arm]![measure];
}

/** From the base model told at length to the tuned one, by question; null where none speaks of the measure. */
export function toldDifference(measure: ToldMeasure, questions: readonly ToldQuestion[]): PairedDifference | null {
  const pairs = questions.flatMap((one) => {
    const [a, b] = [valueOf(measure, one, 0), valueOf(measure, one, 1)];
    return a === null || b === null ? [] : [[a, b] as const];
  });
  return pairedDifference(pairs);
}

/** As a file: the same bytes for the same documents, questions and models. Times are not in it. */
export function toldReport(setting: object, questions: readonly ToldQuestion[]): string {
  const measured = toldMeasures.flatMap((measure) => {
    const figure = toldDifference(measure, questions);
    return figure ? [{ measure, ...sixPlaces(figure) }] : [];
  });
  const rows = questions.map(({ id, question, answers, scores }) => ({
    ...{ id, question },
    answers: answers.map((answer, i) => {
      const { text, leftOut, promptTokens, writtenTokens } = answer;
      const given = givenTo(answer);
      return { ...arms[i]!, ...{ text, leftOut, promptTokens, writtenTokens, score: scores[i]!, given } };
    }),
  }));
  return `${JSON.stringify({ setting, arms, measured, questions: rows }, null, 1)}\n`;
}
