/** How a family of models is asked: the words around passages and question, and how long each may be in its tokens. */
import { breakUp } from './control.ts';

export interface PromptFormat {
  /** What stands before the passages. */
  readonly head: string;
  /** How a passage is called: `[1] `. */
  numbered(number: number): string;
  /** What follows a passage; each of them is encoded by itself, as in training. */
  readonly afterPassage: readonly string[];
  /** What follows the passages. */
  asked(question: string): string;
  /** Breaks up what the model's vocabulary would take for a control token. */
  breakUp(text: string): string;
  /** Tokens for head and passages together, beside a question that takes so many with the words around it. */
  room(asked: number, tokensOf: (text: string) => number): number;
  /** Tokens of a question; more is left out and told. */
  readonly questionBudget: number;
  /** Control tokens that end an answer. */
  readonly ends: readonly string[];
}

/** How a model says that the passages do not answer. */
export const refusal = 'Not in the documents';

/** The text says that the documents do not answer. */
export function isRefusal(text: string): boolean {
  return text.toLowerCase().startsWith(refusal.toLowerCase());
}

/** Longest answer in tokens; a longer one is cut and says so. */
export const answerBudget = 192;

export const systemPrompt =
  'Answer the question from the passages only. Cite the passage you used like [1]. ' +
  `If the passages do not answer it, say: ${refusal}.`;

/** System prompt and passages together were at most so many tokens in training. */
export const passageBudget = 620;

/** Of the page's own model, which was trained on exactly this (docs/model-card.md): a changed space changes the answers. */
export const grounded: PromptFormat = {
  head: `<|im_start|>system\n${systemPrompt}<|im_end|>\n<|im_start|>user\n`,
  numbered: (number) => `[${number}] `,
  // A blank line at the end of a text would be one id: with a text behind it, it is two.
  afterPassage: ['\n', '\n'],
  asked: (question) => `Question: ${question}<|im_end|>\n<|im_start|>assistant\n`,
  breakUp,
  room: () => passageBudget,
  questionBudget: 200,
  ends: ['<|im_end|>'],
};
