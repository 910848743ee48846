import { describe, expect, it } from 'vitest';
import { Collection } from '../index/collection.ts';
import { FlatIndex } from '../index/flat.ts';
import { Bm25Index } from '../index/keyword.ts';
import { completed } from './complete.ts';
import { seek } from './seek.ts';

const texts: readonly (readonly [text: string, vector: readonly [number, number]])[] = [
  ['The deposit is 1,575 pounds and is returned when the lease ends.', [1, 0]],
  ['Deposits for instruments are kept in the safe.', [0.8, 0.6]],
  ['Money is paid back to whoever leaves.', [0.96, 0.28]],
  ['Renewal of the lease is asked for in writing.', [0, 1]],
  ['The yard is swept on Mondays.', [0, 1]],
  ['The lamp is lit at dusk.', [-0.6, 0.8]],
  ['The roof was mended in spring.', [-0.8, 0.6]],
  ['The cat sleeps on the stove.', [-1, 0]],
  ['The depot opens at nine.', [-0.28, 0.96]],
];
const collection = new Collection(new Bm25Index(), FlatIndex.create(2));
texts.forEach(([text, vector], i) => {
  const path = `${i}.txt`;
  collection.put(path, [{ id: path, path, start: 0, end: text.length, context: '', text, tokens: 9 }]);
  collection.addVector(path, path, Float32Array.of(...vector));
});
const vector = Float32Array.of(1, 0);
const found = (...given: Parameters<typeof seek> extends [unknown, ...infer Rest] ? Rest : never) =>
  seek(collection, ...given).hits.map(({ passage, by }) => [passage.path, by]);

describe('what is sought', () => {
  it('is found by words without a vector', () => {
    expect(found('deposit', null)).toEqual([
      ['1.txt', 'words'],
      ['0.txt', 'words'],
    ]);
    expect(found('lighthouse', null)).toEqual([]);
  });

  it('is found by words, by meaning or by both, and each hit says by which', () => {
    const hits = new Map(found('deposit', vector) as [string, string][]);
    expect(hits.get('0.txt')).toBe('both');
    expect(hits.get('2.txt')).toBe('meaning');
    expect(hits.has('7.txt')).toBe(false);
    expect(hits.has('5.txt')).toBe(false);
  });

  it('needs more than words that hold every sentence together', () => {
    expect(found('the deposit', null).map(([path]) => path)).toEqual(['1.txt', '0.txt']);
    expect(found('the', null).length).toBeGreaterThan(4);
  });

  it('is not found by meaning where the nearest is far off', () => {
    const away = Float32Array.of(0.1, -0.99498744);
    expect(found('xqzzy', away, { embedder: 'all-MiniLM-L6-v2' })).toEqual([]);
  });

  it('is looked for only where that is wanted', () => {
    const within = { paths: ['0.txt', '5.txt'], heading: '' };
    expect(found('deposit', vector, { within }).map(([path]) => path)).toEqual(['0.txt']);
    expect(seek(collection, 'deposit', null, { within }).searched).toEqual({ passages: 2, embedded: 2 });
  });
});

describe('a word that is still being typed', () => {
  it('is taken for the words it may become', () => {
    expect(
      found('depos', null)
        .map(([path]) => path)
        .sort(),
    ).toEqual(['0.txt', '1.txt']);
    expect(completed('depo', collection)).toMatch(/^depo (?=.*\bdepot\b)(?=.*\bdeposits?\b)/);
    expect(found('the renewa', null).map(([path]) => path)).toEqual(['3.txt']);
    expect(found('instrum', null)).toEqual([['1.txt', 'words']]);
  });

  it('stays what it is when it is ended, short, or a number', () => {
    for (const text of ['depos ', 'depos.', 'd', '157', '']) expect(completed(text, collection)).toBe(text);
  });
});
