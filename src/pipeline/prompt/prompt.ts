/** Passages and a question -> a generator's prompt, in the words of its family and within its budgets. */
import type { Passage } from '../document.ts';
import { grounded, type PromptFormat } from './format.ts';
import { contextOfRows, labelledRows } from './rows.ts';

/** Text to the generator's ids, control tokens recognised. */
export type Encode = (text: string) => number[];

/** A passage and the number n of its `[n]`. */
export type PromptPassage = Pick<Passage, 'context' | 'text' | 'header'> & { readonly number: number };

/**
 * The prompt's ids in the order that they stand in. The pieces are encoded apart, as in training: a passage has the
 * same ids whatever stands beside it, so that what the model has read of it can be used again.
 */
export interface PromptPieces {
  readonly system: readonly number[];
  /** One a passage, with the blank line that follows it. */
  readonly passages: readonly (readonly number[])[];
  readonly question: readonly number[];
}

export interface Prompt {
  readonly text: string;
  readonly pieces: PromptPieces;
  /** How many of the passages are in it: the first ones, as many as the budget holds. */
  readonly passages: number;
  /** Characters of the first passage that were left out, since it alone is over the budget. */
  readonly passageLeftOut: number;
  /** Characters of the question that were left out. */
  readonly questionLeftOut: number;
}

/** Fills the budget with passages, best first. A first passage over the budget is cut to it by words. */
export function buildPrompt(
  passages: readonly PromptPassage[],
  question: string,
  encode: Encode,
  format: PromptFormat = grounded,
): Prompt {
  const clean = (text: string): string => format.breakUp(text).replace(/\s+/g, ' ').trim();
  const fits = (start: string): boolean => encode(clean(start)).length <= format.questionBudget;
  const asked = longestStart(question, fits);
  const questionText = format.asked(clean(asked));
  const questionIds = encode(questionText);
  const after = format.afterPassage.flatMap((text) => encode(text));
  const system = encode(format.head);
  let room = format.room(questionIds.length, (text) => encode(text).length) - system.length;
  let passageLeftOut = 0;
  const given: string[] = [];
  const pieces: number[][] = [];
  for (const passage of passages) {
    const whole = format.numbered(passage.number) + clean(wordsOf(passage));
    const idsOf = (text: string): number[] => [...encode(text), ...after];
    const text = given.length > 0 ? whole : longestStart(whole, (start) => idsOf(start).length <= room);
    const ids = idsOf(text);
    if (ids.length > room) break;
    passageLeftOut += whole.length - text.length;
    given.push(text);
    pieces.push(ids);
    room -= ids.length;
  }
  const behind = format.afterPassage.join('');
  return {
    text: [format.head, ...given.map((text) => text + behind), questionText].join(''),
    pieces: { system, passages: pieces, question: questionIds },
    passages: given.length,
    passageLeftOut,
    questionLeftOut: question.length - asked.length,
  };
}

/** All ids of a prompt, as they stand in its text. */
export function promptIds({ system, passages, question }: PromptPieces): number[] {
  return [...system, ...passages.flat(), ...question];
}

/** `Title: text`, as a model reads it. */
function wordsOf(passage: PromptPassage): string {
  const context = contextOfRows(passage);
  const text = labelledRows(passage);
  return context ? `${context}: ${text}` : text;
}

/** The longest start of `text`, cut between words, that fits; found by halving. */
function longestStart(text: string, fits: (start: string) => boolean): string {
  if (fits(text)) return text;
  const ends = [...text.matchAll(/\s+|\S{40}/gu)].map((match) => match.index);
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fits(text.slice(0, ends[middle - 1]))) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : text.slice(0, ends[low - 1]);
}
