import { beforeAll, describe, expect, it } from 'vitest';
import { openTinyDecoder } from '../../../tests/support/tiny-decoder.ts';
import { promptIds, type PromptPieces } from '../prompt/prompt.ts';
import { AdaptedGenerator } from './adapted.ts';
import type { GenerateOptions } from './generator.ts';
import type { KeyValueBlock } from './key-values.ts';
import type { LanguageModel } from './language-model.ts';
import type { ReadAs } from './reading.ts';

/** One sign for each of the tiny model's 64 tokens. */
const codec = {
  encode: (text: string) => Array.from(text, (sign) => sign.charCodeAt(0) - 48),
  decode: (ids: number[]) => String.fromCharCode(...ids.map((id) => id + 48)),
};
const options: GenerateOptions & ReadAs = { adapterScale: 0, reading: 'together', maxTokens: 12 };
function pieces(system: number[], passages: number[][], question: number[]): PromptPieces {
  return { system, passages, question };
}
/** A prompt after which the tiny model neither ends nor repeats itself at once. */
const prompt = pieces([3], [[17]], [4, 60]);

let model: LanguageModel;
let generator: AdaptedGenerator;

beforeAll(async () => {
  ({ model } = await openTinyDecoder());
  generator = new AdaptedGenerator(codec, model);
}, 60_000);

/** The same without a past: the whole text is read anew for each token. */
function plainly(count: number): number[] {
  const written: number[] = [];
  while (written.length < count) {
    const { logits, keyValues } = model.read([...promptIds(prompt), ...written], options);
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
  expect(generated).toEqual({ ids: plainly(12), text: codec.decode(plainly(12)), ended: 'length', readBefore: 0 });
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
  const { ids, ended, text } = await generator.generate(pieces([13], [], [5]), { ...options, maxTokens: 200 });
  expect(ended).toBe('end-token');
  expect(ids).toHaveLength(3);
  expect(text).toBe(codec.decode([...ids]));
  const { logits, keyValues } = model.read([13, 5, ...ids], options);
  keyValues.release();
  expect(logits.indexOf(Math.max(...logits))).toBe(2);
});

describe('with passages read once', () => {
  const once: GenerateOptions & ReadAs = { ...options, reading: 'once' };
  const a = [17, 9, 33];
  const b = [4, 51];
  const asked = pieces([3, 8], [a, b], [60, 7]);

  it('writes the same whatever had been read before, and tells how much that was', async () => {
    const anew = await generator.generate(asked, once);
    expect(anew.readBefore).toBe(0);
    const other = new AdaptedGenerator(codec, model);
    await other.readAhead(pieces([3, 8], [b], [1]), once);
    const ahead = await other.generate(asked, once);
    expect(ahead).toEqual({ ...anew, readBefore: 4 });
    expect(await other.generate(asked, once)).toEqual({ ...anew, readBefore: 7 });
    expect(anew.ids.length).toBeGreaterThan(3);
  });

  it('lets no passage see another, and moves each to its place', async () => {
    const { system, question } = asked;
    const { keyValues: start } = model.read(system, once);
    const read = [a, b].map((ids) => {
      const { keyValues } = model.read(ids, { ...once, past: start });
      const block = keyValues.copy(start.tokens);
      keyValues.release();
      return block;
    });
    const [first, second] = read as [KeyValueBlock, KeyValueBlock];
    // The second stands as many positions further on as the first has tokens.
    const past = model.join([
      { block: start.copy(), by: 0 },
      { block: first, by: 0 },
      { block: second, by: a.length },
    ]);
    const { logits, keyValues } = model.read(question, { ...once, past });
    for (const one of [start, past, keyValues]) one.release();
    const [id] = (await generator.generate(asked, once)).ids;
    expect(id).toBe(logits.indexOf(Math.max(...logits)));
  });

  it('is stopped between two passages, and what was read until then is kept', async () => {
    const stop = new AbortController();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => stop.abort(new Error('Stopped.'));
    const fresh = new AdaptedGenerator(codec, model);
    port2.postMessage('stop');
    const { ended, ids } = await fresh.generate(asked, { ...once, signal: stop.signal });
    port1.close();
    expect({ ended, ids }).toEqual({ ended: 'stopped', ids: [] });
    const { readBefore } = await fresh.generate(asked, once);
    expect(readBefore).toBeGreaterThan(0);
    expect(readBefore).toBeLessThan(7);
  });
});
