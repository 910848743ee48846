import { describe, expect, it } from 'vitest';
import type { CellAnswer } from '../../lab/four-cells.ts';
import type { Sentence, Source } from '../../pipeline/answer.ts';
import { cellName, checksText, citationsText } from './cell-text.ts';

const bare = { text: '', sources: [], removedCitations: [], refused: false, stopped: false };
const figures = { promptTokens: 9, writtenTokens: 9, milliseconds: { read: 1, write: 1 } };
const sentence = (citations: number[], support: Sentence['support']): Sentence => ({
  ...{ start: 0, end: 1, text: 'A', citations, support },
});
const answer = (sentences: Sentence[], over: Partial<CellAnswer> = {}): CellAnswer => ({
  ...{ ...bare, ...figures, sentences },
  ...over,
});
const yes = { supported: true } as const;
const no = { supported: false, why: 'No.' } as const;

describe('what is told of a cell', () => {
  it('is its name', () => {
    expect(cellName({ tuned: false, passages: false })).toBe('Base model, alone');
    expect(cellName({ tuned: true, passages: true })).toBe('Fine-tuned model, with passages');
  });

  it('is how its sentences stand to the passages: to those it cites, or to those it was not given', () => {
    const given = { tuned: true, passages: true };
    expect(checksText(given, answer([sentence([1], yes), sentence([2], no)]))).toBe(
      '1 of 2 sentences supported by what they cite. No.',
    );
    expect(checksText(given, answer([sentence([1], no), sentence([2], no)]))).toMatch(/cite\. No\.$/);
    expect(checksText(given, answer([sentence([1], yes)]))).toBe('1 of 1 sentence supported by what it cites.');
    const found = { ...no, instead: { number: 1 } as Source };
    expect(checksText({ tuned: false, passages: false }, answer([sentence([], found), sentence([], no)]))).toBe(
      'It cites nothing, having no passage; 1 of 2 sentences borne out by the passages that it was not given.',
    );
    expect(checksText(given, answer([], { refused: true }))).toContain('refuses');
    expect(checksText(given, answer([]))).toBe('It wrote no sentence.');
  });

  it('is what it cites, and what was taken out', () => {
    expect(citationsText(answer([sentence([3, 1], yes), sentence([1], yes)]))).toBe('[1], [3]');
    expect(citationsText(answer([], { removedCitations: [7] }))).toBe('none; removed, as not given: [7]');
  });
});
