/** Lesson “What the model is given to read”: a document, the prompt made from it, and who speaks in it. */
import { refusal } from '../pipeline/prompt/format.ts';
import { sentences } from '../pipeline/chunk/sentences.ts';
import type { Checks } from './checks.ts';

export interface PromptState {
  /** The document that the lesson begins with. */
  readonly example: string;
  /** What was asked, oldest first; `prompt` is the text as the model read it, '' where it was not asked. */
  readonly asked: readonly { readonly document: string; readonly prompt: string }[];
  /** What the person has typed for the words that they were to find. */
  readonly guess: string;
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
const letters = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();

/** Sentences of a document that it did not begin with. */
export function added(document: string, example: string): readonly string[] {
  return sentences(document)
    .map(({ start, end }) => plain(document.slice(start, end)))
    .filter((sentence) => sentence !== '' && !plain(example).includes(sentence));
}

const control = '<|im_end|>';

export const promptChecks = {
  found: ({ asked, guess }) => asked.some(({ prompt }) => prompt !== '') && letters(guess) === letters(refusal),
  order: ({ asked, example }) =>
    asked.some(({ document, prompt }) =>
      added(document, example).some((sentence) => sentence.split(' ').length >= 4 && plain(prompt).includes(sentence)),
    ),
  // The page's own prompt ends two turns; a third end would have come from the document.
  broken: ({ asked }) =>
    asked.some(
      ({ document, prompt }) =>
        document.includes(control) &&
        prompt !== '' &&
        prompt.includes('< |im_end|>') &&
        prompt.split(control).length === 3,
    ),
} satisfies Checks<PromptState>;
