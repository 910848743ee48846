import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countedText, normalise } from './normalise.ts';
import { bestScore, harmonic, quantile, score } from './score.ts';

describe('normalise', () => {
  it('mends ligatures, words broken at a line’s end, and signs that are no words', () => {
    expect(normalise('• The “ﬁre” exam-\nple\n+----+\n| well-known |')).toBe('the fire example wellknown');
  });

  it('leaves a number after a dash and a new line apart', () => {
    expect(normalise('costs -\n40')).toBe('costs 40');
  });

  it('takes a space out between characters of Chinese and Japanese, not of Korean', () => {
    expect(normalise('東京\n都の 水 a 한국 사람')).toBe('東京都の水 a 한국 사람');
  });

  it('changes nothing that it has already changed', () => {
    const same = fc.property(fc.string({ unit: 'binary' }), (text) => normalise(normalise(text)) === normalise(text));
    fc.assert(same, { numRuns: 50 });
  });
});

describe('countedText', () => {
  it('takes the labels of rows out, keeps the header row, and adds what was left out', () => {
    const text = 'Work | Cost\nWork: Pump: new; Cost: 40';
    const omitted = [{ what: 'comments', text: 'Too dear?' }];
    for (const header of ['Work | Cost', '']) {
      const blocks = [
        { kind: 'row', start: 0, end: 11, header },
        { kind: 'row', start: 12, end: text.length, header },
      ] as const;
      expect(countedText({ text, blocks, omitted })).toBe('Work | Cost\nPump: new; 40\nToo dear?');
    }
  });
});

describe('score', () => {
  it('is whole for the same text in another dress', () => {
    expect(score('The fire example.', '* the ﬁre exam-\nple')).toEqual({ recall: 1, precision: 1 });
  });

  it('counts pieces of five characters as often as they stand there', () => {
    // abcdef has 2 pieces; the same twice has 9, of which 2 and 2 are of the word itself.
    expect(score('abcdef', 'abcdef abcdef')).toEqual({ recall: 2 / 9, precision: 1 });
    expect(score('abcdef abcdef', 'abcdef')).toEqual({ recall: 1, precision: 2 / 9 });
  });

  it('is nothing against a reference shorter than a piece, and zero for no text', () => {
    expect(score('words', 'abcd')).toBeNull();
    expect(score('', 'some words')).toEqual({ recall: 0, precision: 0 });
  });

  it('takes the better of several references', () => {
    expect(bestScore('a plain body', ['the other body', 'a plain body'])).toEqual({ recall: 1, precision: 1 });
    expect(bestScore('a plain body', [])).toBeNull();
  });

  it('lies in [0, 1], and turns over when the texts change places', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), fc.string({ minLength: 8 }), (a, b) => {
        const [one, other] = [score(a, b), score(b, a)];
        if (!one || !other) return;
        expect(one.recall).toBeCloseTo(other.precision, 12);
        for (const value of [one.recall, one.precision, harmonic(one)]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('quantile', () => {
  it('lies between two values, and is NaN of none', () => {
    expect(quantile([4, 1, 2, 3], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3], 0.1)).toBeCloseTo(1.2, 12);
    expect(quantile([], 0.5)).toBeNaN();
  });
});
