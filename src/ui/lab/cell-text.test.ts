import { describe, expect, it } from 'vitest';
import type { CellAnswer } from '../../lab/four-cells.ts';
import type { Sentence, Source } from '../../pipeline/answer.ts';
import { cellName, checksText, citationsText, contrastText, contrastVerdict, scoreText } from './cell-text.ts';

const bare = { text: '', sources: [], removedCitations: [], leftOut: '', refused: false, stopped: false };
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
    expect(checksText({ passages: false }, answer([sentence([], found), sentence([], no)]))).toBe(
      'It cites nothing, having no passage; 1 of 2 sentences borne out by the passages that it was not given.',
    );
    expect(checksText(given, answer([], { refused: true }))).toContain('refuses');
    expect(checksText(given, answer([]))).toBe('It wrote no sentence.');
  });

  it('is what it cites, and what was taken out', () => {
    expect(citationsText(answer([sentence([3, 1], yes), sentence([1], yes)]))).toBe('[1], [3]');
    expect(citationsText(answer([], { removedCitations: [7] }))).toBe('none; removed, as not given: [7]');
  });

  it('is what it is worth', () => {
    const right = { correct: 1, cited: 1, inFormat: 1, refusedRight: null, refusedWrong: 0, madeUp: 0 } as const;
    expect(scoreText(right)).toBe('Correct, cites the evidence.');
    expect(scoreText({ ...right, correct: 0, cited: 0, inFormat: 0, madeUp: 1 })).toBe(
      'Not correct, not in format, partly or wholly made up.',
    );
    const toBeRefused = { ...right, correct: null, cited: null, refusedWrong: null } as const;
    expect(scoreText({ ...toBeRefused, refusedRight: 1 })).toBe('Refused, rightly.');
    expect(scoreText({ ...toBeRefused, refusedRight: 0, madeUp: 1 })).toMatch(/^To be refused, and answered, /);
    expect(scoreText({ ...right, correct: null, cited: null, refusedWrong: null })).toBe('Nothing to be counted.');
  });
});

describe('what is told of a switch', () => {
  const figure = { a: 0, b: 0.5, difference: 0.5, low: 0.2, high: 0.8, p: 0.01, n: 9 };

  it('is which it is, and how the other stands', () => {
    expect(contrastText({ switched: 'passages', other: true, figure })).toBe('Passages, for the fine-tuned model');
    expect(contrastText({ switched: 'tuned', other: false, figure })).toBe('Fine-tuning, without passages');
  });

  it('is whether it is better, which less of some things is', () => {
    expect(contrastVerdict('correct', figure)).toBe('Better');
    expect(contrastVerdict('madeUp', figure)).toBe('Worse');
    expect(contrastVerdict('correct', { ...figure, p: 0.05 })).toBe('Could be chance');
    expect(contrastVerdict('correct', { ...figure, difference: 0 })).toBe('The same');
  });
});
