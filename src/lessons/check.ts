/** Lesson “Check the answer”: an answer that the person changes, held against its passage by the page's own check. */
import type { Sentence, Source } from '../pipeline/answer.ts';
import { checkedSentences } from '../pipeline/cite/checked.ts';
import { contentWords } from '../pipeline/index/content-words.ts';
import { withoutCitations } from '../pipeline/cite/citations.ts';
import type { Checks } from './checks.ts';

export interface CheckState {
  readonly passage: string;
  /** The answer that the lesson begins with. */
  readonly example: string;
  readonly answer: string;
  readonly sentences: readonly Sentence[];
}

/** The passage as source [1]. */
export function sourceOf(passage: string): Source {
  const text = passage.trim();
  const about = { id: 'lesson', path: 'passage', start: 0, end: text.length, context: '', text, tokens: 0 };
  return { number: 1, passage: about, documentName: 'the passage', part: '' };
}

export function checkState(passage: string, question: string, example: string, answer: string): CheckState {
  return { passage, example, answer, sentences: checkedSentences(answer, question, [sourceOf(passage)]) };
}

const plain = (text: string): string =>
  withoutCitations(text)
    .replace(/[\s.]+/g, ' ')
    .trim()
    .toLowerCase();
const numbersIn = (text: string): readonly string[] => withoutCitations(text).match(/\d+(?:[.,:]\d+)*/g) ?? [];

const isDoubted = ({ support }: Sentence): boolean => !support.supported;

/** A number of the sentence stands nowhere in the passage. */
const hasOtherNumber = ({ text }: Sentence, passage: string): boolean => {
  const there = new Set(numbersIn(passage));
  return numbersIn(text).some((number) => !there.has(number));
};

export const checkChecks = {
  number: ({ sentences, passage }) => sentences.some((one) => isDoubted(one) && hasOtherNumber(one, passage)),
  uncited: ({ sentences }) => sentences.some((one) => isDoubted(one) && one.citations.length === 0),
  reworded: ({ sentences, passage, answer, example }) =>
    plain(answer) !== plain(example) &&
    sentences.some((one) => isDoubted(one) && one.citations.length > 0 && !hasOtherNumber(one, passage)),
  past: ({ sentences, passage, answer, example }) =>
    plain(answer) !== plain(example) &&
    sentences.length > 0 &&
    !sentences.some(isDoubted) &&
    sentences.some(({ text }) => new Set(contentWords(text)).size >= 3 && !isSaid(plain(text), passage, example)),
} satisfies Checks<CheckState>;

/** The sentence stands so in the passage, or is one of the answer that the lesson began with. */
function isSaid(sentence: string, passage: string, example: string): boolean {
  return plain(passage).includes(sentence) || plain(example).includes(sentence);
}
