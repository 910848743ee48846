/** A search in a part of an index finds what a search of that part alone would, whatever the index. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KINDS, naive, normalised } from '../../../tests/support/vectors.ts';
import { Bm25Index } from './keyword.ts';
import { NoVectors } from './no-vectors.ts';

const DIMENSIONS = 5;
const vector = fc
  .array(fc.integer({ min: -4, max: 4 }), { minLength: DIMENSIONS, maxLength: DIMENSIONS })
  .map((values) => normalised(values.every((value) => value === 0) ? [1, 0, 0, 0, 0] : values));
const WORDS = ['rent', 'key', 'dog', 'roof', 'lamp', 'oar'];
const text = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));

describe.each(Object.entries(KINDS))('%s', (_, create) => {
  it('finds the nearest of the keys it is limited to, and no other', () => {
    const given = fc.record({
      vectors: fc.array(vector, { minLength: 1, maxLength: 60 }),
      removed: fc.array(fc.nat(59), { maxLength: 5 }),
      within: fc.uniqueArray(fc.nat(70), { maxLength: 40 }),
      query: vector,
      k: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(given, ({ vectors, removed, within, query, k }) => {
        const index = create(DIMENSIONS);
        vectors.forEach((one, key) => index.add(key, one));
        for (const key of removed) index.remove(key);
        const left = new Map([...vectors.entries()].filter(([key]) => within.includes(key) && !removed.includes(key)));
        expect(index.search(query, k, new Set(within))).toEqual(naive(left, query, k));
      }),
      { numRuns: 60 },
    );
  });
});

describe('words', () => {
  it('score in a part as in the whole, and nothing outside is found', () => {
    const given = fc.record({
      texts: fc.array(text, { minLength: 1, maxLength: 30 }),
      within: fc.uniqueArray(fc.nat(40), { maxLength: 20 }),
      query: text,
      k: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(given, ({ texts, within, query, k }) => {
        const index = new Bm25Index();
        texts.forEach((one, key) => index.add(key, { context: '', text: one }));
        const all = index.search(query, texts.length);
        const inside = all.filter(({ key }) => within.includes(key)).slice(0, k);
        expect(index.search(query, k, new Set(within))).toEqual(inside);
      }),
    );
  });
});

it('without any vector a part of nothing is nothing', () => {
  expect(new NoVectors().search()).toEqual([]);
});
