import { describe, expect, it } from 'vitest';
import type { Passage } from '../pipeline/document.ts';
import type { EmbeddingStamp, StampedVector } from '../pipeline/embed/stamp.ts';
import { FlatIndex } from '../pipeline/index/flat.ts';
import { Bm25Index } from '../pipeline/index/keyword.ts';
import { StampedCollection } from '../pipeline/index/stamped.ts';
import { embedMissing, embedPassage } from './indexing.ts';

const stampOf = (model: string): EmbeddingStamp => ({
  ...{ model, weights: model, tokenizer: '', dimensions: 2, pooling: 'mean', queryPrefix: '', passagePrefix: '' },
});
const vectorOf = (model: string): StampedVector => ({ vector: Float32Array.of(1, 0), stamp: stampOf(model) });
const passage = (id: string): Passage => ({ id, path: 'a.txt', start: 0, end: 3, context: '', text: id, tokens: 3 });
const { signal } = new AbortController();

/** A collection of the embedder `new`, and an embedder whose first vectors are late ones of `old`. */
function shelf(late: number) {
  const stamped = new StampedCollection(new Bm25Index(), FlatIndex.create, stampOf('new'));
  stamped.collection.put('a.txt', [passage('one'), passage('two')]);
  const asked: string[] = [];
  return {
    stamped,
    asked,
    passage: (text: string) => Promise.resolve(vectorOf(asked.push(text) > late ? 'new' : 'old')),
    addVector: (...given: Parameters<StampedCollection['addVector']>) => Promise.resolve(stamped.addVector(...given)),
  };
}

describe('a vector of another embedder', () => {
  it('is not mixed in: its passage is embedded again', async () => {
    const one = shelf(1);
    await embedPassage(one, passage('one'), {});
    expect(one.asked).toEqual(['one', 'one']);
    expect(one.stamped.collection.embedded).toBe(1);
  });

  it('that comes again and again is told, and the collection stays as it was', async () => {
    const one = shelf(9);
    const missing = embedMissing(one, [passage('one'), passage('two')], ['one', 'two'], signal, () => undefined);
    await expect(missing).rejects.toThrow('vectors of another embedder');
    expect(one.stamped.collection.embedded).toBe(0);
    expect(one.asked).toHaveLength(4);
  });
});
