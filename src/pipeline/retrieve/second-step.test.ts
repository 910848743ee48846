import { describe, expect, it } from 'vitest';
import { Collection } from '../index/collection.ts';
import { FlatIndex } from '../index/flat.ts';
import { Bm25Index } from '../index/keyword.ts';
import { searchCollection } from './search.ts';
import { secondStep } from './second-step.ts';

describe('secondStep', () => {
  it('adds the names of the passage, and moves the vector towards it', () => {
    const vector = Float32Array.of(1, 0);
    const passage = { text: 'It was directed by Adriana Trigiani, by Adriana alone.', vector: Float32Array.of(0, 1) };
    const next = secondStep({ words: 'Where does the director live?', vector }, passage);
    expect(next.words).toBe('Where does the director live? It Adriana Trigiani');
    expect([...next.vector!].map((value) => Math.round(value * 100) / 100)).toEqual([0.86, 0.51]);
  });

  it('goes without what is not there', () => {
    expect(secondStep({ words: 'Why?', vector: null }, { text: 'no names', vector: undefined })).toEqual({
      words: 'Why?',
      vector: null,
    });
    const vector = Float32Array.of(0.6, 0.8);
    expect(secondStep({ words: 'Why?', vector }, { text: '', vector: undefined }).vector).toBe(vector);
  });

  it('finds the document that only the first one leads to', () => {
    const collection = new Collection(new Bm25Index(), FlatIndex.create(2));
    const texts = [
      'Big Stone Gap is a romantic comedy. It was written and directed by Adriana Trigiani.',
      'Adriana Trigiani is a novelist. Greenwich Village has been home to her for years.',
      ...Array.from(
        { length: 40 },
        (_, i) => `The director of comedy ${i} lives in a city, and in a village by the sea.`,
      ),
    ];
    texts.forEach((text, i) =>
      collection.put(`${i}.txt`, [
        { id: `${i}`, path: `${i}.txt`, start: 0, end: text.length, context: '', text, tokens: 20 },
      ]),
    );
    const kept = (question: string) =>
      searchCollection(collection, question, null, { most: 2 }).candidates.flatMap(({ passage, fate }) =>
        fate.kept ? [passage.path] : [],
      );
    const question = 'In what village lives the director whose romantic comedy was called Big Stone Gap?';
    expect(kept(question)).toContain('1.txt');
    expect(kept('In what village lives the director of Big Stone Gap?')).not.toContain('1.txt');
  });
});
