import { describe, expect, it } from 'vitest';
import type { Found } from '../answer.ts';
import { Collection } from '../index/collection.ts';
import { FlatIndex } from '../index/flat.ts';
import { Bm25Index } from '../index/keyword.ts';
import { searchCollection, type SearchOptions } from './search.ts';

describe('a statement', () => {
  const statement = 'Frost in May damages the blossom of early pears';
  const vector = Float32Array.of(1, 0, 0);
  /** Each a document of its own. Two say alike in other words; one holds the words and stands by itself. */
  const texts: [text: string, vector: Float32Array][] = [
    ['Early pears keep until May in a cellar without frost.', Float32Array.of(0.6, 0, 0.8)],
    ['Cold nights of spring kill fruit trees in flower.', Float32Array.of(0.8, 0.6, 0)],
    ['Fruit trees in flower are killed by frost and cold nights of spring.', Float32Array.of(0.8, 0.6, 0)],
    ['The blossom of fruit trees dies in cold nights in May.', Float32Array.of(0.8, 0.6, 0)],
    ['The rent is due in May.', Float32Array.of(0, 0, 1)],
  ];
  const collection = new Collection(new Bm25Index(), FlatIndex.create(3));
  texts.forEach(([text, made], i) => {
    const path = `${i}.txt`;
    collection.put(path, [{ id: path, path, start: 0, end: text.length, context: '', text, tokens: 9 }]);
    collection.addVector(path, path, made);
  });
  const search = (words: string, options: Partial<SearchOptions> = {}): Found =>
    searchCollection(collection, words, vector, { most: 2, ...options });
  const scoreOf = ({ candidates }: Found, path: string): number =>
    candidates.find(({ passage }) => passage.path === path)!.fused;

  it('is answered by passages that stand among others of the same matter', () => {
    const found = search(statement);
    expect(scoreOf(found, '1.txt')).toBeGreaterThan(scoreOf(search(`${statement}?`), '1.txt'));
    expect(scoreOf(found, '0.txt')).toBeLessThan(scoreOf(search(`${statement}?`), '0.txt'));
  });

  it('speaks for an answer as strongly as the same words with a question mark', () => {
    expect(search(statement).evidence).toBe(search(`${statement}?`).evidence);
  });

  it('is searched by words and vectors alone where their shares are given, or without a vector', () => {
    expect(search(statement, { vectorWeight: 0.5 })).toEqual(search(`${statement}?`));
    const byWords = (words: string): Found => searchCollection(collection, words, null, { most: 2 });
    expect(byWords(statement)).toEqual(byWords(`${statement}?`));
  });
});
