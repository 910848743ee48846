import { describe, expect, it } from 'vitest';
import { estimateTokens } from './estimate.ts';
import { cutBySentences, cutFixed, sentencePieces } from './plain.ts';
import { cutRecursively } from './recursive.ts';
import { cutBySense } from './semantic.ts';

const shown = (text: string, spans: readonly { start: number; end: number }[]): string[] =>
  spans.map(({ start, end }) => text.slice(start, end));

describe('fixed', () => {
  it('ends a window after so many tokens, in the middle of a sentence, and repeats the overlap', () => {
    const text = 'one two six ten. red blue tan pink.';
    expect(shown(text, cutFixed(text, 3, 0, estimateTokens))).toEqual([
      'one two six',
      'ten. red',
      'blue tan pink.'.slice(0, 8),
      'pink.',
    ]);
    expect(shown(text, cutFixed(text, 3, 1, estimateTokens))[1]).toBe('six ten.');
  });
});

describe('sentences', () => {
  it('packs whole sentences and cuts one that is too long between words', () => {
    const text = 'Cats nap. Dogs run. A very long line that goes on and on.';
    expect(shown(text, cutBySentences(text, 6, 0, estimateTokens))).toEqual([
      'Cats nap. Dogs run.',
      'A very long line that goes',
      'on and on.',
    ]);
  });
});

describe('recursive', () => {
  it('takes paragraphs before lines before sentences, and joins what is short', () => {
    const text = 'Cats nap.\n\nDogs run.\n\nA long line here. Then one more here.\nAnd the next line.';
    expect(shown(text, cutRecursively(text, 8, 0, estimateTokens))).toEqual([
      'Cats nap.\n\nDogs run.',
      'A long line here',
      '. Then one more here.',
      'And the next line.',
    ]);
  });
});

describe('semantic', () => {
  it('cuts where the matter changes, not where a passage is full', () => {
    const text = 'Cats nap. Cats eat. Dogs run. Dogs dig. Dogs eat.';
    const pieces = sentencePieces(text, 20, estimateTokens);
    const vectors = pieces.map(({ start }) => new Float32Array(text.startsWith('Cats', start) ? [1, 0] : [0, 1]));
    expect(shown(text, cutBySense(pieces, vectors, 10))).toEqual([
      'Cats nap. Cats eat.',
      'Dogs run. Dogs dig. Dogs eat.',
    ]);
  });
});
