/**
 * Passages and a question -> the generator's prompt. The adapter was trained on exactly this text
 * (docs/model-card.md): a changed space changes the answers.
 */
import type { Passage } from '../document.ts';
import { breakUp } from './control.ts';
import { contextOfRows, labelledRows } from './rows.ts';

export const systemPrompt =
  'Answer the question from the passages only. Cite the passage you used like [1]. ' +
  'If the passages do not answer it, say: Not in the documents.';

/** How the model says that the passages do not answer. */
export const refusal = 'Not in the documents';

/** System prompt and passages together were at most so many tokens in training. */
export const passageBudget = 620;

/** A question may be so long; more is left out and told. */
export const questionBudget = 200;

/** Longest answer in tokens; a longer one is cut and says so. */
export const answerBudget = 192;

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
  /** Characters of the question that were left out. */
  readonly questionLeftOut: number;
}

/** What stands before the passages. */
const head = `<|im_start|>system\n${systemPrompt}<|im_end|>\n<|im_start|>user\n`;
const blankLine = '\n\n';

/** Fills the budget with passages, best first. A first passage over the budget is cut to it by words. */
export function buildPrompt(passages: readonly PromptPassage[], question: string, encode: Encode): Prompt {
  // A blank line at the end of a text would be one id: with a text behind it, it is two.
  const newline = encode('\n');
  const idsOfPassage = (text: string) => [...encode(text), ...newline, ...newline];
  const system = encode(head);
  let room = passageBudget - system.length;
  const given: string[] = [];
  const pieces: number[][] = [];
  for (const passage of passages) {
    let text = passageText(passage);
    if (given.length === 0) text = longestStart(text, (start) => idsOfPassage(start).length <= room);
    const ids = idsOfPassage(text);
    if (ids.length > room) break;
    given.push(text);
    pieces.push(ids);
    room -= ids.length;
  }
  const asked = longestStart(question, (start) => encode(clean(start)).length <= questionBudget);
  const questionText = `Question: ${clean(asked)}<|im_end|>\n<|im_start|>assistant\n`;
  return {
    text: [head, ...given.map((text) => text + blankLine), questionText].join(''),
    pieces: { system, passages: pieces, question: encode(questionText) },
    passages: given.length,
    questionLeftOut: question.length - asked.length,
  };
}

/** All ids of a prompt, as they stand in its text. */
export function promptIds({ system, passages, question }: PromptPieces): number[] {
  return [...system, ...passages.flat(), ...question];
}

/** `[1] Title: text`, as the model reads it. */
function passageText(passage: PromptPassage): string {
  const context = contextOfRows(passage);
  const text = labelledRows(passage);
  return `[${passage.number}] ${clean(context ? `${context}: ${text}` : text)}`;
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

function clean(text: string): string {
  return breakUp(text).replace(/\s+/g, ' ').trim();
}
