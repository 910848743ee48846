import { expect, it } from 'vitest';
import type { Source } from '../pipeline/answer.ts';
import type { ReadAs } from '../pipeline/generate/reading.ts';
import type { Model } from '../pipeline/pipeline.ts';
import type { Asking } from '../pipeline/prompt/wording.ts';
import { generalItems } from '../lab/general/item.ts';
import { TuningLab } from './tuning-lab.ts';

const model: Model = {
  prompt: (passages) =>
    Promise.resolve({
      ...{ text: '', pieces: { system: [1], passages: passages.map(() => [2]), question: [3] } },
      ...{ passages: passages.length, passageLeftOut: 0, questionLeftOut: 0 },
    }),
  readAhead: () => Promise.resolve(),
  generate: (_, __, onRead) => {
    onRead();
    return Promise.resolve({ text: 'At nine [1].', ids: [4], ended: 'end-token', readBefore: 0 });
  },
};
const passage = { id: 'a', path: 'a', start: 0, end: 17, context: '', text: 'It leaves at nine.', tokens: 4 };
const found: readonly Source[] = [{ number: 1, passage, documentName: 'a', part: '' }];
const { signal } = new AbortController();

function lab(load: () => Promise<Model> = () => Promise.resolve(model)) {
  const asked: (readonly [ReadAs, Asking])[] = [];
  const weighed: number[] = [];
  let between = 0;
  const made = new TuningLab({
    writers: {
      model: (readAs, asking) => {
        asked.push([readAs, asking]);
        return load();
      },
      instead: (error) =>
        String(error).includes('memory') ? { made: 'extractive', because: 'There was no memory for the model.' } : null,
    },
    weigh: (_, continuations, adapterScale) => {
      weighed.push(adapterScale);
      return Promise.resolve(continuations.map(() => ({ tokens: [{ id: 1, text: 'x', logProbability: -1 }] })));
    },
    between: (work) => {
      between++;
      return work();
    },
  });
  return { made, asked, weighed, times: () => between };
}

it('writes with any share of the adapter and in other words, between two answers', async () => {
  const { made, asked, times } = lab();
  const answer = await made.write({ adapterScale: 0.25, wording: 'instruction' }, 'When?', found, signal, () => {});
  expect(asked).toEqual([
    [
      { adapterScale: 0.25, reading: 'together' },
      { wording: 'instruction', maxTokens: 192 },
    ],
  ]);
  expect(answer).toMatchObject({ text: 'At nine [1].', promptTokens: 3, sources: found });
  expect((await made.write({ adapterScale: 1, wording: 'training' }, 'When?', [], signal, () => {})).sources).toEqual(
    [],
  );
  expect(times()).toBe(2);
});

it('weighs an item by both models, and has either write', async () => {
  const { made, weighed, asked } = lab();
  const item = generalItems[0]!;
  expect((await made.weigh(item, signal)).tuned).toHaveLength(4);
  expect(weighed).toEqual([0, 1]);
  expect(await made.say(1, item.begin, 'continuation', signal)).toEqual({ text: 'At nine [1].', refused: false });
  expect(asked.at(-1)).toMatchObject([{ adapterScale: 1 }, { wording: 'continuation' }]);
});

it('says why there is no model, and hears Stop before it begins', async () => {
  const full = lab(() => Promise.reject(new Error('out of memory')));
  await expect(full.made.weigh(generalItems[0]!, signal)).rejects.toThrow('There was no memory for the model.');
  const { made, asked } = lab();
  await expect(made.say(0, 'x', 'plain', AbortSignal.abort(new Error('Stopped.')))).rejects.toThrow('Stopped.');
  expect(asked).toEqual([]);
});
