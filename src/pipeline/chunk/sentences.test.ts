import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentences } from './sentences.ts';

const split = (text: string) => sentences(text).map(({ start, end }) => text.slice(start, end));

describe('sentences', () => {
  it.each([
    ['The rent is due. It is 500 euros.', ['The rent is due.', 'It is 500 euros.']],
    ['Dr. Weber signed it. Mrs. Lang did not.', ['Dr. Weber signed it.', 'Mrs. Lang did not.']],
    ['See Art. 5 of the by-law. It applies.', ['See Art. 5 of the by-law.', 'It applies.']],
    ['It costs 3.50 euros! Really?', ['It costs 3.50 euros!', 'Really?']],
    ['It was L.A. Reid who signed. He left.', ['It was L.A. Reid who signed.', 'He left.']],
    ['J.R.R. Tolkien wrote it.', ['J.R.R. Tolkien wrote it.']],
    ['It is law in the U.S. The courts apply it.', ['It is law in the U.S.', 'The courts apply it.']],
    ['1. Open the valve.\n2. Close it.', ['1. Open the valve.', '2. Close it.']],
    ['これは文です。次の文です。', ['これは文です。', '次の文です。']],
    ['', []],
    [' \n ', []],
  ])('splits %j', (text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it('keeps every non-space character in exactly one sentence', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.lorem({ mode: 'sentences' }), fc.string({ unit: 'grapheme' })), (text) => {
        expect(split(text).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});
