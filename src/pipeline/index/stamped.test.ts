import { describe, expect, it } from 'vitest';
import type { Passage } from '../document.ts';
import type { EmbeddingStamp, StampedVector } from '../embed/stamp.ts';
import { FlatIndex } from './flat.ts';
import { Bm25Index } from './keyword.ts';
import { StampedCollection } from './stamped.ts';

const stampOf = (model: string, dimensions: number): EmbeddingStamp => ({
  ...{ model, dimensions, weights: model, tokenizer: '', pooling: 'mean', queryPrefix: '', passagePrefix: '' },
});
const old = stampOf('old', 2);
const other = stampOf('other', 3);

/** A unit vector along one axis. */
function along(axis: number, stamp: EmbeddingStamp): StampedVector {
  const vector = new Float32Array(stamp.dimensions);
  vector[axis] = 1;
  return { vector, stamp };
}

const passage = (id: string): Passage => ({ id, path: 'a.txt', start: 0, end: 3, context: '', text: id, tokens: 3 });

const opened = (saved: EmbeddingStamp | null = null) => {
  const stamped = new StampedCollection(new Bm25Index(), FlatIndex.create, saved);
  stamped.collection.put('a.txt', [passage('one'), passage('two')]);
  return stamped;
};

describe('StampedCollection', () => {
  it('is searched by words before an embedder has come, and lacks every vector', () => {
    const { collection } = opened();
    expect(collection.keywordIndex.search('one', 5)).toHaveLength(1);
    expect(collection.vectorIndex.search(new Float32Array(7), 5)).toEqual([]);
    expect(collection.vectorIndex.scores(new Float32Array(7), [0, 1])).toEqual([null, null]);
    expect(collection.embedded).toBe(0);
    expect(collection.remove('a.txt')).toBe(true);
  });

  it('takes vectors of whatever length the first one has', () => {
    for (const stamp of [old, other, stampOf('large', 768)]) {
      const stamped = opened();
      expect(stamped.stamp).toBe(null);
      expect(stamped.addVector('a.txt', 'one', along(0, stamp))).toBe(true);
      expect(stamped.stamp).toEqual(stamp);
      expect(stamped.collection.vectorIndex.dimensions).toBe(stamp.dimensions);
      expect(stamped.collection.embedded).toBe(1);
    }
  });

  it.each([other, stampOf('of one length, but of another model', 2)])(
    'refuses a late vector of another stamp',
    (late) => {
      const stamped = opened();
      stamped.addVector('a.txt', 'one', along(0, old));
      expect(stamped.addVector('a.txt', 'two', along(1, late))).toBe(false);
      expect(stamped.collection.embedded).toBe(1);
      // The passage lacks a vector as before: it is embedded again.
      expect(stamped.collection.put('a.txt', [passage('one'), passage('two')])).toEqual(['two']);
      expect(stamped.addVector('a.txt', 'two', along(1, old))).toBe(true);
      expect(stamped.collection.embedded).toBe(2);
    },
  );

  it('compares no question of another stamp', () => {
    const stamped = opened();
    expect(stamped.comparable(along(0, old))).toBe(null);
    stamped.addVector('a.txt', 'one', along(0, old));
    expect(stamped.comparable(along(0, { ...old }))).toEqual(Float32Array.of(1, 0));
    expect(stamped.comparable(along(0, other))).toBe(null);
    expect(stamped.comparable(null)).toBe(null);
  });

  it('of a saved index takes no vector of another embedder, not even the first', () => {
    const stamped = opened(old);
    expect(stamped.addVector('a.txt', 'one', along(0, other))).toBe(false);
    expect(stamped.addVector('a.txt', 'one', along(0, old))).toBe(true);
  });

  it('keeps its stamp and its vectors in an index of another kind', () => {
    const stamped = opened();
    stamped.addVector('a.txt', 'one', along(0, old));
    stamped.useIndex((dimensions) => FlatIndex.create(dimensions, { codesFrom: 1 }));
    expect(stamped.collection.embedded).toBe(1);
    expect(stamped.addVector('a.txt', 'two', along(1, other))).toBe(false);
  });

  it('names the model whose vectors are not as long as was said', () => {
    const long = { vector: Float32Array.of(1, 0, 0), stamp: old };
    expect(() => opened().addVector('a.txt', 'one', long)).toThrow('old gave a vector of 3 numbers');
  });

  it('saves the vectors of a document, and takes them back under the same stamp alone', () => {
    const stamped = opened();
    expect(stamped.vectorsAt('a.txt')).toBe(null);
    stamped.addVector('a.txt', 'two', along(1, old));
    const saved = stamped.vectorsAt('a.txt')!;
    expect(saved).toEqual({ ids: ['two'], values: along(1, old).vector, stamp: old });
    const again = opened();
    expect(again.restore('a.txt', saved)).toEqual(['one']);
    expect(again.collection.vectorOf('two')).toEqual(along(1, old).vector);
    expect(again.vectorsAt('a.txt')).toEqual(saved);
    // A passage that another document has a vector for is none that lacks one of its own.
    again.collection.put('b.txt', [{ ...passage('two'), path: 'b.txt' }]);
    expect(again.vectorsAt('b.txt')).toEqual(saved);
    const others = opened();
    others.addVector('a.txt', 'one', along(0, other));
    expect(others.restore('a.txt', saved)).toEqual(['two']);
    expect(others.collection.embedded).toBe(1);
  });
});
