/** Lesson “What fine-tuning saves and forgets”: a long prompt against a short one, and questions without a document. */
import { containsGold } from '../lab/answer-metrics.ts';
import type { GeneralItem } from '../lab/general/item.ts';
import { choosesRight } from '../lab/general/weigh-item.ts';
import type { Said } from '../lab/general/write-item.ts';
import type { WeighedItem } from '../library/tuning-lab.ts';
import type { Checks } from './checks.ts';

/** An answer to the lesson's document. */
export interface ToldAnswer {
  readonly promptTokens: number;
  readonly inFormat: boolean;
  readonly stopped: boolean;
}

/** What both models wrote to an item's question, in the words of the training. */
export interface SaidOfItem {
  readonly item: Pick<GeneralItem, 'right' | 'also'>;
  readonly base: Said;
  readonly tuned: Said;
}

export interface SavesState {
  /** Of the same question and passages: the base model told at length, the fine-tuned one in short. */
  readonly long: ToldAnswer | null;
  readonly short: ToldAnswer | null;
  /** How many tokens the person thinks are saved. */
  readonly guess: string;
  readonly weighed: readonly Pick<WeighedItem, 'base' | 'tuned'>[];
  readonly said: readonly SaidOfItem[];
}

export const savesChecks = {
  counted: ({ long, short, guess }) =>
    long !== null && short !== null && Number(guess.trim()) === long.promptTokens - short.promptTokens,
  form: ({ long, short }) =>
    long !== null && short !== null && !long.stopped && !short.stopped && !long.inFormat && short.inFormat,
  knows: ({ weighed }) => weighed.some(({ base, tuned }) => choosesRight(base) && choosesRight(tuned)),
  silent: ({ said }) =>
    said.some(
      ({ item: { right, also }, base, tuned }) =>
        !base.refused && containsGold(base.text, [right, ...also]) && tuned.refused,
    ),
} satisfies Checks<SavesState>;
