import { beforeAll, expect, it } from 'vitest';
import { openTinyDecoder } from '../../../tests/support/tiny-decoder.ts';
import { Generator, type GenerateOptions } from './generator.ts';
import type { LanguageModel } from './language-model.ts';

/** One sign for each of the tiny model's 64 tokens. */
const codec = {
  encode: (text: string) => Array.from(text, (sign) => sign.charCodeAt(0) - 48),
  decode: (ids: number[]) => String.fromCharCode(...ids.map((id) => id + 48)),
};
const options: GenerateOptions = { adapterScale: 0, maxTokens: 12 };
/** A prompt after which the tiny model neither ends nor repeats itself at once. */
const prompt = [3, 17, 4, 60];

let model: LanguageModel;
let generator: Generator;

beforeAll(async () => {
  ({ model } = await openTinyDecoder());
  generator = new Generator(codec, model);
}, 60_000);

/** The same without a past: the whole text is read anew for each token. */
function plainly(count: number): number[] {
  const written: number[] = [];
  while (written.length < count) {
    const { logits, keyValues } = model.read([...prompt, ...written], options);
    keyValues.release();
    written.push(logits.indexOf(Math.max(...logits)));
  }
  return written;
}

it('writes what the scores say, each token once, and reports the reading first', async () => {
  const events: string[] = [];
  const onRead = () => events.push('read');
  const onText = (piece: string) => events.push(piece);
  const generated = await generator.generate(prompt, { ...options, onRead, onText });
  expect(generated).toEqual({ ids: plainly(12), text: codec.decode(plainly(12)), ended: 'length' });
  expect(events).toEqual(['read', ...generated.text]);
});

it('stops after the token in whose time it was told to, and the next answer is whole', async () => {
  for (const after of [1, 5]) {
    const stop = new AbortController();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => stop.abort();
    let came = 0;
    // A message that arrives while the next token is computed is heard before that one is written, or right after.
    const onText = () => {
      if (++came === after) port2.postMessage('stop');
    };
    const { ids, ended } = await generator.generate(prompt, { ...options, signal: stop.signal, onText });
    port1.close();
    expect(ended).toBe('stopped');
    expect(ids.length).toBeGreaterThanOrEqual(after);
    expect(ids.length).toBeLessThanOrEqual(after + 1);
    expect(ids).toEqual(plainly(ids.length));
  }
  expect((await generator.generate(prompt, options)).ids).toEqual(plainly(12));
});

it('ends at the end token and leaves it out', async () => {
  const { ids, ended, text } = await generator.generate([13, 5], { ...options, maxTokens: 200 });
  expect(ended).toBe('end-token');
  expect(ids).toHaveLength(3);
  expect(text).toBe(codec.decode([...ids]));
  const { logits, keyValues } = model.read([13, 5, ...ids], options);
  keyValues.release();
  expect(logits.indexOf(Math.max(...logits))).toBe(2);
});
