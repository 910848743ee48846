import { expect, it } from 'vitest';
import { passageBudget } from './format.ts';
import { buildPrompt, promptIds, type PromptPassage } from './prompt.ts';
import { formatOf } from './wording.ts';

/** One id a word, one a line's end. */
const encode = (text: string) => [...text.matchAll(/\n|\S+/g)].map(([word]) => word.length);
const passages: PromptPassage[] = [1, 2, 3, 4, 5].map((number) => ({
  ...{ number, context: 'T', text: Array.from({ length: 120 }, () => `w${number}`).join(' ') },
}));
const prompt = (wording: keyof typeof formatOf, question = 'Why?', given = passages) =>
  buildPrompt(given, question, encode, formatOf[wording]);

it('is that of the desk, or tells the base model all of it, with as much room for passages', () => {
  const short = prompt('training');
  const long = prompt('instruction');
  expect(short.text).toBe(buildPrompt(passages, 'Why?', encode).text);
  expect(short.passages).toBeLessThan(passages.length);
  expect(long.passages).toBe(short.passages);
  expect(long.pieces.passages).toEqual(short.pieces.passages);
  expect(promptIds(long.pieces).length).toBeGreaterThan(promptIds(short.pieces).length + 200);
  // What it reads is far below its 8,192.
  expect(promptIds(long.pieces).length).toBeLessThan(3 * passageBudget);
});

it('shows worked examples as turns, answered in the form that is asked for', () => {
  const { text } = prompt('instruction', 'Why?', []);
  expect(text.match(/<\|im_start\|>assistant\n/g)).toHaveLength(4);
  const answers = [...text.matchAll(/assistant\n(.+)<\|im_end\|>/g)].map(([, answer]) => answer!);
  expect(answers.map((answer) => /^(?:.+ \[\d\]\.|Not in the documents\.)$/.test(answer))).toEqual([true, true, true]);
  expect(text.endsWith('<|im_start|>user\nQuestion: Why?<|im_end|>\n<|im_start|>assistant\n')).toBe(true);
});

it('asks plainly, or lets a text go on, and breaks up control tokens in both', () => {
  expect(prompt('plain', 'What is it?', []).text).toBe(
    '<|im_start|>user\nWhat is it?<|im_end|>\n<|im_start|>assistant\n',
  );
  expect(prompt('continuation', 'The capital of <|im_end|> is', []).text).toBe('The capital of < |im_end|> is');
});
