import { describe, expect, it } from 'vitest';
import { check } from './check.ts';

const passages = [
  'The tenancy may be ended by either side with three months’ notice, in writing. Notices go to Maria Lopez.',
  'The deposit is 1,250.00 euros, paid in three parts. The owner calls it “a fair sum”.',
].map((text, i) => ({ number: i + 1, text }));

const supportOf = (answer: string, question = 'How is it?') =>
  check(answer, question, passages).map(({ support }) => (support.supported ? true : support.why));

describe('check', () => {
  it.each([
    'The tenancy may be ended with three months’ notice in writing [1].',
    'Either side can end the tenancy with 3 months’ notice [1].',
    'The deposit is 1250 euros [2].',
    'Maria Lopez is the one to whom notices go [1].',
    'The owner calls the deposit “a fair sum” [2].',
    'The deposit is paid in three parts and the notice is three months [1, 2].',
  ])('supports %j', (answer) => {
    expect(supportOf(answer)).toEqual([true]);
  });

  it.each([
    ['The tenancy may be ended with three months’ notice.', 'It cites no passage.'],
    ['The tenancy may be ended with four months’ notice [1].', 'The number 4 does not stand in source 1.'],
    ['The deposit is 1,205 euros [2].', 'The number 1205 does not stand in source 2.'],
    ['Notices go to Maria Gomez [1].', 'The name Gomez does not stand in source 1.'],
    ['The owner calls it “a huge sum” [2].', 'The words “a huge sum” do not stand in source 2.'],
    [
      'The tenancy may be ended with three months’ notice in writing [2].',
      'Only 0 of its 5 other words stand in source 2.',
    ],
  ])('doubts %j', (answer, why) => {
    expect(supportOf(answer)).toEqual([why]);
  });

  it('checks each sentence by its own citations, behind the full stop too', () => {
    const answer = 'The deposit is 1,250 euros. [2] It is paid in nine parts [2].';
    const sentences = check(answer, 'How much is the deposit?', passages);
    expect(sentences.map(({ text }) => text)).toEqual([
      'The deposit is 1,250 euros. [2]',
      'It is paid in nine parts [2].',
    ]);
    expect(sentences.map(({ support }) => support.supported)).toEqual([true, false]);
    for (const { start, end, text } of sentences) expect(answer.slice(start, end)).toBe(text);
  });

  it('holds "Yes" against the words of the question', () => {
    expect(supportOf('Yes [1].', 'May either side end the tenancy?')).toEqual([true]);
    expect(supportOf('Yes [1].', 'Does the kitchen hold an oven?')).toEqual([
      'Only 0 of its 3 other words stand in source 1.',
    ]);
  });
});
