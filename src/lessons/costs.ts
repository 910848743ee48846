/** Lesson “What retrieval costs, and where one passage is not enough”: times, one passage against all, a source opened. */
import type { Stage } from '../pipeline/answer.ts';
import { citationsIn, withoutCitations } from '../pipeline/cite/citations.ts';
import { contentWords } from '../pipeline/index/content-words.ts';
import type { Checks } from './checks.ts';

/** A question that was asked of both documents. */
export interface CostsTurn {
  readonly question: string;
  readonly refused: boolean;
  readonly promptTokens: number;
  readonly times: readonly { readonly stage: Stage; readonly milliseconds: number }[];
}

/** The same question, written from so many of the passages that were found. */
export interface WrittenFrom {
  /** Their texts, best first; none for an answer without passages. */
  readonly passages: readonly string[];
  readonly text: string;
  readonly refused: boolean;
  readonly stopped: boolean;
}

export interface CostsState {
  /** Oldest first. */
  readonly turns: readonly CostsTurn[];
  /** The stage that the person holds for the longest of the last turn; null before. */
  readonly guess: Stage | null;
  /** Of the last question. */
  readonly written: readonly WrittenFrom[];
  /** A source of the last answer was opened. */
  readonly opened: boolean;
}

/** Loading comes once, and is no part of what a question costs. */
export function longestStage(times: CostsTurn['times']): Stage | null {
  const counted = times.filter(({ stage }) => stage !== 'load' && stage !== 'prompt');
  const most = Math.max(...counted.map(({ milliseconds }) => milliseconds));
  return counted.find(({ milliseconds }) => milliseconds === most)?.stage ?? null;
}

export const costsChecks = {
  longest: ({ turns, guess }) => guess !== null && guess === longestStage(turns.at(-1)?.times ?? []),
  lighter: ({ turns }) =>
    turns.some((later, i) =>
      turns
        .slice(0, i)
        .some(
          (earlier) =>
            earlier.question === later.question &&
            !later.refused &&
            earlier.promptTokens > 0 &&
            later.promptTokens > 0 &&
            later.promptTokens <= earlier.promptTokens * 0.9,
        ),
    ),
  both: ({ written }) => {
    const whole = written.filter(({ stopped }) => !stopped);
    const one = whole.find(({ passages }) => passages.length === 1);
    const all = whole.find(({ passages }) => passages.length > 1);
    return one !== undefined && all !== undefined && !all.refused && isNew(all, one);
  },
  traced: ({ written, opened }) =>
    opened && written.some(({ passages, text }) => passages.length === 0 && citationsIn(text).length === 0),
} satisfies Checks<CostsState>;

/** A word of the answer stands in a further passage, and neither in the best one nor in what was written from it. */
function isNew(all: WrittenFrom, one: WrittenFrom): boolean {
  const [best = '', ...further] = all.passages;
  const known = new Set([...contentWords(best), ...contentWords(withoutCitations(one.text))]);
  const there = new Set(further.flatMap((text) => [...contentWords(text)]));
  return [...contentWords(withoutCitations(all.text))].some((word) => there.has(word) && !known.has(word));
}
