import { describe, expect, it } from 'vitest';
import { sameStamp, type EmbeddingStamp } from './stamp.ts';

const stamp: EmbeddingStamp = {
  model: 'bge-small-en-v1.5',
  weights: 'a'.repeat(64),
  tokenizer: 'b'.repeat(64),
  dimensions: 384,
  pooling: 'cls',
  queryPrefix: 'Represent this sentence for searching relevant passages: ',
  passagePrefix: '',
};

describe('sameStamp', () => {
  it('holds for equal ones, also after they were saved and read', () => {
    expect(sameStamp(stamp, { ...stamp })).toBe(true);
    expect(sameStamp(stamp, JSON.parse(JSON.stringify(stamp)) as EmbeddingStamp)).toBe(true);
  });

  it.each<[keyof EmbeddingStamp, Partial<EmbeddingStamp>]>([
    ['model', { model: 'gte-small' }],
    ['weights', { weights: 'c'.repeat(64) }],
    ['tokenizer', { tokenizer: 'c'.repeat(64) }],
    ['dimensions', { dimensions: 768 }],
    ['pooling', { pooling: 'mean' }],
    ['queryPrefix', { queryPrefix: '' }],
    ['passagePrefix', { passagePrefix: 'passage: ' }],
  ])('does not hold when %s differs', (_, change) => {
    expect(sameStamp(stamp, { ...stamp, ...change })).toBe(false);
    expect(sameStamp({ ...stamp, ...change }, stamp)).toBe(false);
  });
});
