import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standAlone } from './follow-up.ts';

const understood = (question: string, answer: string, asked: string): string => {
  const found = standAlone(asked, { question, answer });
  return found.kind === 'understood' ? found.question : found.kind;
};

describe('standAlone', () => {
  it.each([
    ['What did the roof cost in 2019?', '£3,000 [1].', 'and in 2020?', 'What did the roof cost in 2020?'],
    ['When was the report published?', 'In 2019 [1].', 'who wrote it?', 'Who wrote the report?'],
    [
      'Who is the landlord?',
      'Mrs Philippa Tremlett [1].',
      'Where does she live?',
      'Where does Mrs Philippa Tremlett live?',
    ],
    ['Is the hall open on Sundays?', 'No [1].', 'And the winter garden?', 'Is the winter garden open on Sundays?'],
    ['How tall is the lighthouse?', '', 'And how old?', 'How old is the lighthouse?'],
    ['Who founded the Association?', 'The members [1].', 'When?', 'Who founded the Association, and when?'],
    [
      'Which two are by Ruth Eberling?',
      'The lute and the viola [1].',
      'What about the second one?',
      'Tell me more about the viola.',
    ],
    ['Compare the lute and the viola.', '', 'Which one is cheaper?', 'Which one is cheaper, the lute or the viola?'],
  ])('%s %s %s', (question, answer, asked, wanted) => {
    expect(understood(question, answer, asked)).toBe(wanted);
  });

  it('leaves a question that names its own things, and any first question', () => {
    expect(understood('Who built it?', 'Ann Oakley [1].', 'What did Tom write in his diary?')).toBe('alone');
    expect(understood('What is the rent?', '£3 [1].', 'How long does it take to read the memory?')).toBe('alone');
    expect(understood('What is the rent?', '£3 [1].', 'Barbecues')).toBe('alone');
    expect(standAlone('Why?', null)).toEqual({ kind: 'alone' });
  });

  it('says where a word points to nothing that is known', () => {
    expect(understood('Is smoking allowed?', 'No [1].', 'Where does she live?')).toBe('open');
  });

  it('takes whatever is typed, and never gives an empty question', () => {
    const word = fc.constantFrom(
      'and',
      'the',
      'it',
      'who',
      '?',
      'in',
      '2020',
      'Ann',
      'its',
      'one',
      'of',
      'why',
      '[1]',
      'é',
      '𝒳',
    );
    const text = fc
      .array(fc.oneof(word, fc.string({ maxLength: 5 })), { maxLength: 9 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, text, (question, answer, asked) => {
        const found = standAlone(asked, { question, answer });
        if (found.kind === 'understood') expect(found.question.trim()).not.toBe('');
      }),
    );
  });
});
