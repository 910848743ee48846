import { expect, it } from 'vitest';
import type { Source } from '../answer.ts';
import { attribute } from './attribute.ts';
import { checkedSentences } from './checked.ts';

const source = (number: number, text: string): Source => ({
  number,
  documentName: 'house.txt',
  part: '',
  passage: { id: String(number), path: 'house.txt', start: 0, end: text.length, context: '', text, tokens: 9 },
});
const given = [
  source(3, 'The rent is 500 euros a month.'),
  source(1, 'The deposit is 900 euros. It is paid in three parts.'),
];
const question = 'What does the flat cost?';

it('cites the passage that supports a sentence, by the number it has, and the check agrees', () => {
  const { text, placed } = attribute('The deposit is 900 euros. The rent is 500 euros a month', question, given);
  expect(text).toBe('The deposit is 900 euros [1]. The rent is 500 euros a month [3].');
  expect(placed).toBe(2);
  expect(checkedSentences(text, question, given).map(({ support }) => support)).toEqual([
    { supported: true },
    { supported: true },
  ]);
});

it('leaves a sentence without a citation that no passage supports, and it is marked', () => {
  const written = 'The garden is shared by nine tenants.\nThe rent is 500 euros.';
  const { text, placed } = attribute(written, question, given);
  expect(text).toBe('The garden is shared by nine tenants.\nThe rent is 500 euros [3].');
  expect(placed).toBe(1);
  expect(checkedSentences(text, question, given)[0]!.support).toEqual({
    supported: false,
    why: 'It cites no passage.',
  });
});

it('leaves what the writer cited, also where it is wrong, and every character beside the citations', () => {
  const wrong = '  The rent is 500 euros [1].  The deposit is 900 euros.  ';
  expect(attribute(wrong, question, given)).toEqual({
    text: '  The rent is 500 euros [1].  The deposit is 900 euros [1].  ',
    placed: 1,
  });
  expect(attribute('', question, given)).toEqual({ text: '', placed: 0 });
});
