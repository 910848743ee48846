import { describe, expect, it } from 'vitest';
import type { TextCodec } from './codec.ts';
import type { KeyValues } from './key-values.ts';
import type { LanguageModel } from './language-model.ts';
import { logProbability, sumOf, weigh } from './weigh.ts';

/** One id a character, a to z. */
const codec: TextCodec = {
  encode: (text) => [...text].map((letter) => letter.charCodeAt(0) - 97),
  decode: (ids) => String.fromCharCode(...ids.map((id) => id + 97)),
};

/** Scores of the next letter follow from all letters before it; what is read and not released is counted. */
function fake() {
  const read: string[] = [];
  let held = 0;
  const scoresAfter = (text: string) =>
    Float32Array.from({ length: 26 }, (_, id) => ((text.length * 7 + id * 3) % 11) - 5);
  const model: Pick<LanguageModel, 'read'> = {
    read: (ids, { past, adapterScale }) => {
      const text = ((past as unknown as { text: string } | undefined)?.text ?? '') + codec.decode([...ids]);
      read.push(`${text} ${adapterScale}`);
      held++;
      const keyValues = { text, release: () => held-- } as unknown as KeyValues;
      return { logits: scoresAfter(text), keyValues };
    },
  };
  return { model, read, scoresAfter, held: () => held };
}

const slowly = (scores: Float32Array, id: number) =>
  Math.log(Math.exp(scores[id]!) / scores.reduce((sum, score) => sum + Math.exp(score), 0));

describe('weighing continuations', () => {
  it('sums the log-probability of each token after the text and the tokens before it', async () => {
    const { model, read, scoresAfter, held } = fake();
    const weighed = await weigh(model, codec, { text: 'abc', continuations: ['de', 'f', 'ghi'], adapterScale: 1 });
    expect(weighed.map(({ tokens }) => tokens.map(({ text }) => text).join(''))).toEqual(['de', 'f', 'ghi']);
    expect(sumOf(weighed[0]!)).toBeCloseTo(slowly(scoresAfter('abc'), 3) + slowly(scoresAfter('abcd'), 4), 6);
    expect(sumOf(weighed[2]!)).toBeCloseTo(
      slowly(scoresAfter('abc'), 6) + slowly(scoresAfter('abcg'), 7) + slowly(scoresAfter('abcgh'), 8),
      6,
    );
    // The text is read once, and the last token of a continuation not at all.
    expect(read).toEqual(['abc 1', 'abcd 1', 'abcg 1', 'abcgh 1']);
    expect(held()).toBe(0);
  });

  it('hears Stop, and lets go of what it holds', async () => {
    const { model, held } = fake();
    const signal = AbortSignal.abort(new Error('Stopped.'));
    const stopped = weigh(model, codec, { text: 'abc', continuations: ['de'], adapterScale: 0, signal });
    await expect(stopped).rejects.toThrow('Stopped.');
    expect(held()).toBe(0);
    await expect(weigh(model, codec, { text: '', continuations: ['de'], adapterScale: 0 })).rejects.toThrow('no text');
  });

  it('gives probabilities that sum to 1, also of scores whose exponentials overflow', () => {
    const scores = Float32Array.of(1000, 999, 0);
    expect([0, 1, 2].reduce((sum, id) => sum + Math.exp(logProbability(scores, id)), 0)).toBeCloseTo(1, 9);
  });
});
