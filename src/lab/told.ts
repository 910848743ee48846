/**
 * What fine-tuning saves in the prompt: the base model told at length how to answer, with worked examples, against the
 * fine-tuned one with the short words of its training; the same passages for both.
 */
import type { Wording } from '../pipeline/prompt/wording.ts';
import { cellMeasures, type CellMeasure, type CellScore } from './cell-score.ts';
import type { CellAnswer } from './four-cells.ts';
import { mean } from './metrics.ts';
import { pairedDifference, sixPlaces, type PairedDifference } from './paired.ts';

export interface Arm {
  readonly tuned: boolean;
  readonly wording: Extract<Wording, 'training' | 'instruction'>;
}

/** In the order in which they are written. The first is what the other two add to. */
export const arms = [
  { tuned: false, wording: 'training' },
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

/** Of one arm, over the questions that speak of the measure; null where none does. */
export function toldMean(measure: ToldMeasure, questions: readonly ToldQuestion[], arm: number): number | null {
  const values = questions.flatMap((one) => valueOf(measure, one, arm) ?? []);
  return values.length > 0 ? mean(values) : null;
}

/** From one arm to another, by question; null where none speaks of the measure. */
export function toldDifference(
  measure: ToldMeasure,
  questions: readonly ToldQuestion[],
  [from, to]: readonly [number, number],
): PairedDifference | null {
  const pairs = questions.flatMap((one) => {
    const [a, b] = [valueOf(measure, one, from), valueOf(measure, one, to)];
    return a === null || b === null ? [] : [[a, b] as const];
  });
  return pairedDifference(pairs);
}

/** What the long instruction does for the base model; what tuning does beyond it, with the short one. */
export const toldSteps = [
  [0, 1],
  [1, 2],
] as const;

/** As a file: the same bytes for the same documents, questions and models. Times are not in it. */
export function toldReport(setting: object, questions: readonly ToldQuestion[]): string {
  const measured = toldMeasures.map((measure) => ({
    measure,
    arms: arms.map((arm, i) => ({ ...arm, mean: toldMean(measure, questions, i) })),
    steps: toldSteps.flatMap(([from, to]) => {
      const figure = toldDifference(measure, questions, [from, to]);
      return figure ? [{ from: arms[from], to: arms[to], ...sixPlaces(figure) }] : [];
    }),
  }));
  const rows = questions.map(({ id, question, answers, scores }) => ({
    ...{ id, question },
    answers: answers.map(({ text, sources, leftOut, promptTokens, writtenTokens }, i) => ({
      ...arms[i]!,
      ...{ text, leftOut, promptTokens, writtenTokens, score: scores[i]! },
      given: sources.map(({ number, passage }) => ({ number, path: passage.path, start: passage.start })),
    })),
  }));
  return `${JSON.stringify({ setting, measured, questions: rows }, null, 1)}\n`;
}
