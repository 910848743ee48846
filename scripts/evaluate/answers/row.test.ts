import { describe, expect, it } from 'vitest';
import type { Answer, Sentence } from '../../../src/pipeline/answer.ts';
import type { Passage } from '../../../src/pipeline/document.ts';
import { rowOf, type Judged } from './row.ts';

const passage = (path: string, start = 0, end = 100): Passage => ({
  ...{ id: `${path}${start}`, path, start, end, context: '', text: '', tokens: 0 },
});

const sentence = (text: string, citations: number[], why: string | null = null): Sentence => ({
  ...{ start: 0, end: text.length, text, citations },
  support: why === null ? { supported: true } : { supported: false, why },
});

function answer(text: string, sentences: readonly Sentence[], passages: readonly Passage[]): Answer {
  return {
    text,
    made: 'adapter',
    madeBecause: '',
    refused: text.startsWith('Not in the documents'),
    sources: passages.map((one, i) => ({ number: i + 1, passage: one, documentName: one.path, part: '' })),
    sentences,
    removedCitations: [7],
    stopped: false,
    offered: null,
    trace: { writtenIds: [5, 6, 7] } as unknown as Answer['trace'],
  };
}

const read = (given: number) => ({ given, ended: 'end-token' as const });

const asked: Judged = {
  id: 'set/1',
  source: 'set',
  question: 'When?',
  golds: ['1349'],
  evidence: [
    { document: 'a', start: 0, end: Infinity },
    { document: 'b', start: 50, end: 60 },
  ],
};
const passages = [passage('c'), passage('a'), passage('b', 0, 50), passage('b', 50, 99)];

describe('rowOf', () => {
  it('counts cited evidence: two of three cited are gold, one of two places is cited', () => {
    const sentences = [sentence('In 1349 [2][1].', [1, 2]), sentence('It burnt [2].', [2], 'No.')];
    const row = rowOf(asked, answer('In 1349 [2][1]. It burnt [2].', sentences, passages), read(4));
    expect(row).toMatchObject({
      ...{
        id: 'set/1',
        kind: 'span',
        gold: [2, 4],
        citations: [1, 2],
        removed: [7],
        tokens: 3,
        refused: false,
        ended: 'end-token',
      },
      passages: ['c 0-100', 'a 0-100', 'b 0-50', 'b 50-99'],
      checked: [null, 'No.'],
      scores: { contains: 1, first_word: null, f1: null, citation_precision: 0.5, citation_recall: 0.5 },
    });
    const both = rowOf(asked, answer('1349 [2, 4].', [sentence('1349 [2, 4].', [2, 4])], passages), read(4));
    expect(both.scores).toMatchObject({ citation_precision: 1, citation_recall: 1 });
  });

  it('has no precision where nothing is cited, and no passage that did not fit into the prompt', () => {
    const row = rowOf(asked, answer('1349.', [sentence('1349.', [], 'It cites no passage.')], passages), read(1));
    expect(row.passages).toEqual(['c 0-100']);
    expect(row.scores).toMatchObject({ contains: 1, citation_precision: null, citation_recall: 0 });
  });

  it('takes a refusal for an answer that holds nothing', () => {
    const refusal = answer('Not in the documents. 1349', [], passages);
    expect(rowOf(asked, refusal, read(4)).scores).toMatchObject({
      contains: 0,
      citation_precision: null,
      citation_recall: 0,
    });
    const long = { ...asked, golds: ['it is not in the documents that are kept here'] };
    expect(rowOf(long, refusal, read(4))).toMatchObject({ kind: 'sentence', scores: { f1: 0 } });
  });

  it('judges yes and no by the first word, sentences by shared words, and nothing where there is no answer', () => {
    const yes = rowOf({ ...asked, golds: ['Yes'] }, answer('Yes, in 1349 [2].', [], passages), read(4));
    expect(yes).toMatchObject({ kind: 'yes/no', scores: { contains: null, first_word: 1, f1: null } });
    const long = { ...asked, golds: ['one two three four five six seven eight nine ten'] };
    // Two words of four, and of ten: 2 * 2 / 14.
    const row = rowOf(long, answer('One and two more [2].', [], passages), read(4));
    expect(row.scores).toMatchObject({ contains: null, f1: 0.285714 });
    const none = rowOf(
      { ...asked, golds: [], evidence: [] },
      answer('1349 [2].', [sentence('', [2])], passages),
      read(4),
    );
    expect(none.kind).toBe('none');
    expect(Object.values(none.scores)).toEqual([null, null, null, null, null]);
  });
});
