import { describe, expect, it } from 'vitest';
import type { Model, Writer } from '../pipeline/pipeline.ts';
import { writeCells, type CellProgress } from './cells.ts';
import type { Writers } from './writers.ts';

const prompt = { text: '', pieces: { system: [1], passages: [], question: [2] } };
const counted = { passages: 0, passageLeftOut: 0, questionLeftOut: 0 };
const model = (made: string): Model => ({
  prompt: () => Promise.resolve({ ...prompt, ...counted }),
  readAhead: () => Promise.resolve(),
  generate: (_, __, onRead, onText) => {
    onRead();
    onText(made);
    return Promise.resolve({ text: made, ids: [1], ended: 'end-token', readBefore: 0 });
  },
});

function writers(own?: () => Promise<Writer>) {
  const asked: string[] = [];
  const given: Pick<Writers, 'own' | 'instead'> = {
    own: (made, { reading }) => {
      asked.push(`${made} ${reading}`);
      return own?.() ?? Promise.resolve({ made, load: () => Promise.resolve(model(made)) });
    },
    instead: (error) =>
      String(error).includes('memory') ? { made: 'extractive', because: 'There was no memory for the model.' } : null,
  };
  return { asked, given };
}

function listening(onWritten: () => void = () => undefined) {
  const heard: string[] = [];
  const progress: CellProgress = {
    onBegin: ({ tuned, passages }) => heard.push(`begins ${tuned} ${passages}`),
    onText: (piece) => heard.push(piece),
    onWritten: (_, { text }) => {
      heard.push(`wrote ${text}`);
      onWritten();
    },
  };
  return { heard, progress };
}

const go = (given: Pick<Writers, 'own' | 'instead'>, progress: CellProgress, signal = new AbortController().signal) =>
  writeCells(given, 'How much?', [], signal, progress);

describe('writing the four cells', () => {
  it('asks base and fine-tuned model in turn, all reading together, and tells what comes', async () => {
    const { asked, given } = writers();
    const { heard, progress } = listening();
    await go(given, progress);
    expect(asked).toEqual(['base together', 'adapter together', 'base together', 'adapter together']);
    expect(heard.slice(0, 6)).toEqual([
      ...['begins false false', 'base', 'wrote base', 'begins true false', 'adapter', 'wrote adapter'],
    ]);
    expect(heard.filter((line) => line.startsWith('wrote'))).toHaveLength(4);
  });

  it('ends where it is stopped, with what has been written', async () => {
    const controller = new AbortController();
    const { heard, progress } = listening(() => controller.abort());
    await go(writers().given, progress, controller.signal);
    expect(heard.filter((line) => line.startsWith('wrote'))).toEqual(['wrote base']);
  });

  it('says why there is no model, or no memory for it', async () => {
    const { progress } = listening();
    const because = 'The language model is still being loaded. Ask again when it is here.';
    await expect(go(writers(() => Promise.resolve({ made: 'extractive', because })).given, progress)).rejects.toThrow(
      because,
    );
    const full = writers(() =>
      Promise.resolve({ made: 'base', load: () => Promise.reject(new Error('out of memory')) }),
    );
    await expect(go(full.given, progress)).rejects.toThrow('There was no memory for the model.');
  });
});
