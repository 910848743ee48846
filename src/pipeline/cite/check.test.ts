import { describe, expect, it } from 'vitest';
import { check } from './check.ts';

const passages = [
  'The tenancy may be ended by either side with three months’ notice, in writing. Notices go to Maria Lopez.',
  'The deposit is 1,250.00 euros, paid in three parts. The owner calls it “a fair sum”.',
].map((text, i) => ({ number: i + 1, context: 'Tenancy', text }));

/** `true`, or why not. */
const supportOf = (answer: string, question = 'How is it?') =>
  check(answer, question, passages).map(({ why }) => why || true);

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
      'Only 1 of its 5 other words stand in source 2.',
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
    expect(sentences.map(({ why }) => why)).toEqual(['', 'The number 9 does not stand in source 2.']);
    for (const { start, end, text } of sentences) expect(answer.slice(start, end)).toBe(text);
  });

  it('holds "Yes" against the words of the question', () => {
    expect(supportOf('Yes [1].', 'May either side end the tenancy?')).toEqual([true]);
    expect(supportOf('Yes [1].', 'Does the kitchen hold an oven?')).toEqual([
      'Only 0 of the 3 words that were asked about stand in source 1.',
    ]);
  });

  it('checks what stands beside "Yes" by itself', () => {
    expect(supportOf('Yes, either side may end the tenancy [1].', 'May the tenancy be ended?')).toEqual([true]);
    expect(supportOf('Yes, the deposit is 900 euros [2].', 'Is there a deposit?')).toEqual([
      'The number 900 does not stand in source 2.',
    ]);
  });

  it('takes nothing from the question: a name or number must stand in the passage', () => {
    expect(supportOf('Rosa Quine may end the tenancy [1].', 'May Rosa Quine end the tenancy?')).toEqual([
      'The name Rosa does not stand in source 1.',
    ]);
    expect(supportOf('The deposit is paid in 7 parts [2].', 'Is the deposit paid in 7 parts?')).toEqual([
      'The number 7 does not stand in source 2.',
    ]);
  });

  it('doubts a "not" that the passage does not have, and one that is missing', () => {
    const [first] = supportOf('The tenancy may not be ended by either side with three months’ notice [1].');
    expect(first).toBe('It has a “not” or the like that source 1 does not have.');
    const rule = { number: 1, context: '', text: 'Dogs are not allowed in the garden of the house.' };
    const [second] = check('Dogs are allowed in the garden of the house [1].', 'Are dogs allowed?', [rule]);
    expect(second!.why).toBe('It lacks a “not” or the like that source 1 has.');
    const [same] = check('Dogs are not allowed in the garden [1].', 'Are dogs allowed?', [rule]);
    expect(same!.why).toBe('');
  });

  it('doubts a name or number that stands in the passage for something else', () => {
    const text =
      'The bridge was built by Anna Marten in 1904. The mill behind the church was bought by Jan Olde in 1931.';
    const verdict = (answer: string) => check(answer, 'What happened?', [{ number: 1, context: '', text }])[0]!.why;
    expect(verdict('The bridge was built by Anna Marten in 1904 [1].')).toBe('');
    expect(verdict('The bridge was built by Jan Olde in 1904 [1].')).toMatch(
      /The name Jan stands in source 1, but not/,
    );
    expect(verdict('The mill behind the church was bought by Jan Olde in 1904 [1].')).toMatch(/The number 1904 stands/);
  });

  describe('offers a passage that supports the sentence where the cited ones do not', () => {
    const others = [
      { number: 3, context: '', text: 'The heating is read on the first Monday of October by Ferro Ltd.' },
    ];
    const insteadOf = (answer: string) => check(answer, 'How is it?', passages, others).map(({ instead }) => instead);

    it('of those given', () => {
      expect(insteadOf('The deposit is paid in three parts [1].')).toEqual([2]);
      expect(insteadOf('The deposit is paid in three parts.')).toEqual([2]);
    });
    it('then of the others that were found', () => {
      expect(insteadOf('The heating is read in October by Ferro [1].')).toEqual([3]);
    });
    it('none where none does, and none where it is supported', () => {
      expect(insteadOf('The heating is read in May by Ferro [1].')).toEqual([null]);
      expect(insteadOf('The deposit is paid in three parts [2].')).toEqual([null]);
    });
  });
});
