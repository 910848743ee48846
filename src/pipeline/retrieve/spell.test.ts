import { describe, expect, it } from 'vitest';
import { Bm25Index } from '../index/keyword.ts';
import { correct, type Vocabulary } from './spell.ts';

function vocabularyOf(...texts: string[]): Vocabulary {
  const index = new Bm25Index();
  texts.forEach((text, key) => index.add(key, { text, context: '' }));
  return { keywordIndex: index, textsWith: (term) => index.holders(term, 12).map((key) => texts[key]!) };
}

const lease = vocabularyOf(
  'The tenant pays a deposit of £1,575 before the keys are handed over.',
  'Hosepipes are not allowed on the allotments; the committee renews the licences every spring.',
  'Notice is given in writing. The deposit is held by the agency.',
);

function spelt(question: string, unusual: readonly string[], vocabulary = lease): string {
  return correct(question, new Set(unusual), vocabulary).text;
}

describe('correct', () => {
  it.each([
    ['left out', 'How much is the depsit?', 'depsit', 'How much is the deposit?'],
    ['put in', 'When is the noticce due?', 'noticce', 'When is the notice due?'],
    ['swapped, as written in the documents', 'Are hospeipes allowed?', 'hospeipes', 'Are hosepipes allowed?'],
    [
      'twice in seven letters, which is too much',
      'What does the comitte renew?',
      'comitte',
      'What does the comitte renew?',
    ],
    ['twice in eight letters', 'What does the comittie renew?', 'comittie', 'What does the committee renew?'],
    ['that is a missing space', 'Who holds thedeposit?', 'thedeposit', 'Who holds the deposit?'],
    ['in capitals', 'DEPSOIT', 'DEPSOIT', 'Deposit'],
  ])('a letter %s', (_, question, unusual, expected) => {
    expect(spelt(question, [unusual])).toBe(expected);
  });

  it('leaves a word of the documents with another ending', () => {
    const vocabulary = vocabularyOf('The planks are thick.', 'A ticket.');
    expect(spelt('Which is the thickest?', ['thickest'], vocabulary)).toBe('Which is the thickest?');
    expect(spelt('Which is the thicktes?', ['thicktes'], vocabularyOf('A ticket.'))).toBe('Which is the thicktes?');
  });

  it('tells what it changed', () => {
    expect(correct('How much is the depsit?', new Set(['depsit']), lease).corrections).toEqual([
      { from: 'depsit', to: 'deposit' },
    ]);
  });

  it('leaves words that exist, that the documents hold, that are short or that stand in quotation marks', () => {
    expect(spelt('Where is the depsit?', [])).toBe('Where is the depsit?');
    expect(spelt('Are Hosepipes allowed?', ['Hosepipes'])).toBe('Are Hosepipes allowed?');
    expect(spelt('The kesy?', ['kesy'])).toBe('The keys?');
    expect(spelt('The kys?', ['kys'])).toBe('The kys?');
    expect(spelt('Who wrote “depsit”?', ['depsit'])).toBe('Who wrote “depsit”?');
    expect(spelt('Who is Zyxomma?', ['Zyxomma'])).toBe('Who is Zyxomma?');
  });

  it('leaves codes and abbreviations as they are, but for a question all in capitals', () => {
    expect(spelt('What is depsit2?', ['depsit'])).toBe('What is depsit2?');
    expect(spelt('What is DEPSIT?', ['DEPSIT'])).toBe('What is DEPSIT?');
    expect(spelt('WHO HOLDS THE DEPSIT?', ['DEPSIT'])).toBe('WHO HOLDS THE Deposit?');
  });

  it('looks for the form that was meant in several passages', () => {
    const vocabulary = vocabularyOf('Her philosophy.', 'A philosophical remark.');
    expect(spelt('Which philosphical remark?', ['philosphical'], vocabulary)).toBe('Which philosophical remark?');
  });

  it('leaves a question in another language as it is', () => {
    expect(spelt('Wie hoch ist die Kaution, depsit?', ['Kaution', 'depsit'])).toBe('Wie hoch ist die Kaution, depsit?');
  });

  it('prefers what is nearer, then what is more frequent', () => {
    const vocabulary = vocabularyOf('barrel', 'barley barley', 'barley again', 'barlex');
    expect(spelt('barlez', ['barlez'], vocabulary)).toBe('barley');
    expect(spelt('abrley', ['abrley'], vocabulary)).toBe('barley');
    expect(spelt('xarley', ['xarley'], vocabulary)).toBe('xarley');
  });

  it('no longer knows words of passages that are gone', () => {
    const index = new Bm25Index();
    index.add(0, { text: 'deposit', context: '' });
    index.add(1, { text: 'the only other passage', context: '' });
    index.remove(0);
    const gone = { keywordIndex: index, textsWith: () => ['deposit'] };
    expect(spelt('depsit', ['depsit'], gone)).toBe('depsit');
  });
});
