import { beforeAll, beforeEach, expect, it } from 'vitest';
import { openTinyDecoder } from '../../tests/support/tiny-decoder.ts';
import { AdaptedGenerator } from '../pipeline/generate/adapted.ts';
import type { LanguageModel } from '../pipeline/generate/language-model.ts';
import type { PromptPieces } from '../pipeline/prompt/prompt.ts';
import type { GeneratorReply, GeneratorRequest } from '../workers/generator.ts';
import { SecondReader, type GeneratorDoor } from './second-reader.ts';

const codec = { encode: () => [], decode: (ids: number[]) => ids.join(' ') };
const { signal } = new AbortController();
const prompt: PromptPieces = { system: [3, 8], passages: [[17, 9, 33], [4, 51], [60, 7, 5], [12]], question: [60, 7] };

/** A worker with the tiny model, played in this thread: what crosses is cloned, and given away where it would be. */
class PlayedDoor implements GeneratorDoor {
  readonly asked: GeneratorRequest['type'][] = [];
  /** Is thrown instead of an answer to requests of this type. */
  fails: GeneratorRequest['type'] | null = null;
  closed = false;
  readonly generator: AdaptedGenerator;

  constructor(model: LanguageModel) {
    this.generator = new AdaptedGenerator(codec, model);
  }

  async call(request: GeneratorRequest, options: { transfer?: Transferable[]; signal?: AbortSignal } = {}) {
    options.signal?.throwIfAborted();
    this.asked.push(request.type);
    const { transfer = [] } = options;
    const given = structuredClone(request, { transfer });
    await new Promise((resolve) => setImmediate(resolve));
    if (request.type === this.fails) throw new Error('The worker stopped working.');
    const reply = await unlessAborted(this.answer(given), options.signal);
    return structuredClone(reply, {
      transfer: reply.type === 'read-apart' ? [reply.block.values.buffer as ArrayBuffer] : [],
    });
  }

  close(): void {
    this.closed = true;
  }

  private async answer(request: GeneratorRequest): Promise<GeneratorReply> {
    const { generator } = this;
    switch (request.type) {
      case 'unread':
        return { type: 'unread', unread: generator.unread(request.prompt, request.adapterScale) };
      case 'read-ahead':
        await generator.readAhead(request.prompt, request.readAs);
        return { type: 'read' };
      case 'read-apart':
        return { type: 'read-apart', block: generator.readApart(request.passage) };
      case 'take':
        generator.take(request.passage, request.block);
        return { type: 'read' };
      default:
        return { type: 'loaded' };
    }
  }
}

/** Throws the signal's reason at once, as the bridge does. */
function unlessAborted<T>(call: Promise<T>, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal?.reason as Error);
    signal?.addEventListener('abort', abort, { once: true });
    void call.then(resolve, reject).finally(() => signal?.removeEventListener('abort', abort));
  });
}

let models: readonly [LanguageModel, LanguageModel];
let writer: PlayedDoor;
let door: PlayedDoor;
let second: SecondReader;

beforeAll(async () => {
  const [{ model: one }, { model: two }] = [await openTinyDecoder(), await openTinyDecoder()];
  models = [one, two];
}, 60_000);

beforeEach(() => {
  writer = new PlayedDoor(models[0]);
  door = new PlayedDoor(models[1]);
  second = new SecondReader(door);
});

const count = (of: PlayedDoor, type: GeneratorRequest['type']): number => of.asked.filter((one) => one === type).length;

/** Scores of the token that would come next, in whose bits every key and value has a say. */
async function scores(generator: AdaptedGenerator, model: LanguageModel): Promise<Float32Array> {
  let logits = new Float32Array();
  const before = model.read.bind(model);
  model.read = (ids, options) => {
    const reading = before(ids, options);
    logits = reading.logits as Float32Array<ArrayBuffer>;
    return reading;
  };
  const generated = await generator.generate(prompt, { adapterScale: 1, reading: 'once', maxTokens: 1 });
  model.read = before;
  expect(generated.ids).toHaveLength(1);
  return logits;
}

it('shares the passages with the writer, and the scores are the same to the bit as by one worker', async () => {
  expect(await second.read(writer, prompt, 1, signal)).toBe(0);
  expect(count(door, 'read-apart')).toBeGreaterThan(0);
  expect(count(writer, 'take')).toBe(count(door, 'read-apart'));
  expect(count(writer, 'read-ahead') + count(door, 'read-apart')).toBe(prompt.passages.length);
  expect(writer.generator.unread(prompt, 1)).toEqual({ passages: [], readBefore: 11 });
  const alone = new AdaptedGenerator(codec, models[0]);
  expect(await scores(writer.generator, models[0])).toEqual(await scores(alone, models[0]));
});

it('tells what had been read before, and is not asked for a single passage', async () => {
  await writer.generator.readAhead(
    { ...prompt, passages: prompt.passages.slice(1) },
    { adapterScale: 1, reading: 'once' },
  );
  expect(await second.read(writer, prompt, 1, signal)).toBe(8);
  expect(door.asked).toEqual([]);
});

it('leaves all to the writer when it cannot be loaded, and is not tried again', async () => {
  door.fails = 'ready';
  await second.read(writer, prompt, 1, signal);
  expect(count(writer, 'read-ahead')).toBe(4);
  await second.read(writer, prompt, 0, signal);
  expect(door.asked).toEqual(['ready']);
});

it('dies over a passage: the writer reads it, and nothing is lost', async () => {
  door.fails = 'read-apart';
  await second.read(writer, prompt, 1, signal);
  expect(count(door, 'read-apart')).toBe(1);
  expect(writer.generator.unread(prompt, 1).passages).toEqual([]);
  await second.read(writer, prompt, 0, signal);
  expect(count(door, 'read-apart')).toBe(1);
});

it('is stopped with the question, and what it had begun is kept', async () => {
  const stop = new AbortController();
  const reading = second.read(writer, prompt, 1, stop.signal);
  while (count(door, 'read-apart') === 0) await new Promise((resolve) => setImmediate(resolve));
  stop.abort(new Error('Stopped.'));
  await expect(reading).rejects.toThrow('Stopped.');
  while (count(writer, 'take') === 0) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(count(door, 'read-apart')).toBe(1);
  expect(writer.generator.unread(prompt, 1).passages).not.toContain(3);
});

it('gives its memory back for good', () => {
  second.close();
  expect(door.closed).toBe(true);
});
