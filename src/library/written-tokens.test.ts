import { describe, expect, it } from 'vitest';
import type { Answer } from '../pipeline/answer.ts';
import type { Model } from '../pipeline/pipeline.ts';
import type { Engine } from './engine.ts';
import { writtenTokens } from './written-tokens.ts';
import type { Writers } from './writers.ts';

const pieces = { system: [1], passages: [[2, 3]], question: [4] };
const model = {
  prompt: (passages: readonly { number: number }[]) =>
    Promise.resolve({ text: '', pieces, passages: passages.length, passageLeftOut: 0, questionLeftOut: 0 }),
} as unknown as Model;
const token = { id: 7, text: ' six', ends: false, probability: 0.9, entropy: 0.5, likeliest: [] };

function asked(ids: readonly number[]) {
  const readAs: unknown[] = [];
  const engine: Pick<Engine, 'writeShown'> = {
    writeShown: (_, as) => {
      readAs.push(as);
      return Promise.resolve({
        generated: { text: ' six', ids, ended: 'end-token', readBefore: 0 },
        tokens: [token],
      });
    },
  };
  return { engine, readAs };
}

const writers: Pick<Writers, 'own'> = {
  own: (made) => Promise.resolve({ made, load: () => Promise.resolve(model) }),
};
const answer = (change: Partial<Answer> = {}) =>
  ({
    ...{ made: 'adapter', sources: [] },
    trace: { question: 'How many?', prompt: { text: '', ids: [1, 2, 3, 4], readBefore: 0 }, writtenIds: [7] },
    ...change,
  }) as unknown as Answer;
const { signal } = new AbortController();

describe('an answer written once more', () => {
  it('is read as it was read, and is the same where prompt and tokens are', async () => {
    const { engine, readAs } = asked([7]);
    const shown = await writtenTokens(engine, writers, answer(), { reading: 'once' }, signal);
    expect(shown).toEqual({ tokens: [token], isSame: true });
    await writtenTokens(engine, writers, answer({ made: 'base' }), { reading: 'once' }, signal);
    expect(readAs).toEqual([
      { adapterScale: 1, reading: 'once' },
      { adapterScale: 0, reading: 'together' },
    ]);
  });

  it('is told to differ where other tokens came, or another prompt was read', async () => {
    const other = await writtenTokens(asked([8]).engine, writers, answer(), { reading: 'once' }, signal);
    expect(other.isSame).toBe(false);
    const { trace } = answer();
    const before = answer({ trace: { ...trace, prompt: { ...trace.prompt!, ids: [1, 2] } } });
    expect((await writtenTokens(asked([7]).engine, writers, before, { reading: 'once' }, signal)).isSame).toBe(false);
  });

  it('is refused for what the page’s own model did not write, and where it cannot be had', async () => {
    const extract = writtenTokens(
      asked([7]).engine,
      writers,
      answer({ made: 'extractive' }),
      { reading: 'once' },
      signal,
    );
    await expect(extract).rejects.toThrow('Only answers of the page’s own model');
    const none: Pick<Writers, 'own'> = {
      own: () => Promise.resolve({ made: 'extractive', because: 'The model is not here.' }),
    };
    await expect(writtenTokens(asked([7]).engine, none, answer(), { reading: 'once' }, signal)).rejects.toThrow(
      'The model is not here.',
    );
  });
});
