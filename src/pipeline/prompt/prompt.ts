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

export type PromptPassage = Pick<Passage, 'context' | 'text' | 'header'>;

export interface Prompt {
  readonly text: string;
  readonly ids: readonly number[];
  /** How many of the passages are in it: the first ones, as many as the budget holds. */
  readonly passages: number;
  /** Characters of the question that were left out. */
  readonly questionLeftOut: number;
}

/** The text of the prompt; `passages` as the model shall read them, `Title: text`. */
export function promptText(passages: readonly string[], question: string): string {
  return `${head(passages)}\n\nQuestion: ${clean(question)}<|im_end|>\n<|im_start|>assistant\n`;
}

function head(passages: readonly string[]): string {
  const numbered = passages.map((passage, i) => `[${i + 1}] ${clean(passage)}`);
  return `<|im_start|>system\n${systemPrompt}<|im_end|>\n<|im_start|>user\n${numbered.join('\n\n')}`;
}

/** Fills the budget with passages, best first. A first passage over the budget is cut to it by words. */
export function buildPrompt(passages: readonly PromptPassage[], question: string, encode: Encode): Prompt {
  const given: string[] = [];
  for (const passage of passages) {
    const context = contextOfRows(passage);
    const text = labelledRows(passage);
    const line = context ? `${context}: ${text}` : text;
    if (encode(head([...given, line])).length <= passageBudget) given.push(line);
    else if (given.length === 0)
      given.push(longestStart(line, (start) => encode(head([start])).length <= passageBudget));
    else break;
  }
  const asked = longestStart(question, (start) => encode(clean(start)).length <= questionBudget);
  const text = promptText(given, asked);
  return { text, ids: encode(text), passages: given.length, questionLeftOut: question.length - asked.length };
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
