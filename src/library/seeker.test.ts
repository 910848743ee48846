import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EmbedderModel } from './models.ts';
import { Seeker, type FoundPassages } from './seeker.ts';

const noEmbedder = new Promise<EmbedderModel>(() => undefined);
const embedder = Promise.resolve({} as EmbedderModel);

interface Call {
  readonly text: string;
  readonly vector: Float32Array | null;
  readonly answer: () => void;
}

/** A search that answers when it is told to. */
function seeking(model: Promise<EmbedderModel> = embedder) {
  const calls: Call[] = [];
  const found: (FoundPassages | null)[] = [];
  const question = vi.fn(() => Promise.resolve({ vector: Float32Array.of(1), leftOut: 0 }));
  const seeker = new Seeker({
    shelf: () => ({
      embedder: model,
      embedders: { question },
      seek: (text, vector, _within, signal) =>
        new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
          const answer = () => resolve({ words: text, hits: [], searched: { passages: 3, embedded: 3 } });
          calls.push({ text, vector, answer });
        }),
    }),
    onFound: (one) => found.push(one),
  });
  return { seeker, calls, found, question, told: () => found.map((one) => one && `${one.text}: ${one.meaning}`) };
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('Seeker', () => {
  it('finds by words at once and by meaning when the keys rest', async () => {
    const { seeker, calls, told, question } = seeking();
    seeker.seek('rent', null);
    calls[0]!.answer();
    await pass(50);
    expect(told()).toEqual(['rent: coming']);
    expect(question).not.toHaveBeenCalled();
    await pass(400);
    expect(calls.map(({ vector }) => vector !== null)).toEqual([false, true]);
    calls[1]!.answer();
    await pass(1);
    expect(told()).toEqual(['rent: coming', 'rent: searched']);
  });

  it('never shows what an older text has found', async () => {
    const { seeker, calls, told, question } = seeking();
    for (const text of ['r', 're', 'ren', 'rent']) {
      seeker.seek(text, null);
      await pass(60);
    }
    for (const call of calls.toReversed()) call.answer();
    await pass(50);
    expect(told()).toEqual(['rent: coming']);
    await pass(300);
    seeker.seek('rents', null);
    for (const call of calls) call.answer();
    await pass(300);
    expect(told().slice(1)).toEqual(['rents: coming']);
    expect(question).toHaveBeenCalledTimes(2);
  });

  it('goes by words alone while there is no embedder, and where it fails', async () => {
    const without = seeking(noEmbedder);
    without.seeker.seek('rent', null);
    without.calls[0]!.answer();
    await pass(500);
    expect(without.told()).toEqual(['rent: absent']);
    const failing = seeking();
    failing.question.mockRejectedValue(new Error('No.'));
    failing.seeker.seek('rent', null);
    failing.calls[0]!.answer();
    await pass(500);
    expect(failing.told()).toEqual(['rent: coming', 'rent: absent']);
  });

  it('looks again when the documents change, not more often than it can be read, and without going back to words', async () => {
    const { seeker, calls, told } = seeking();
    const answerAll = async () => {
      calls.forEach(({ answer }) => answer());
      await pass(300);
      calls.forEach(({ answer }) => answer());
      await pass(1);
    };
    seeker.again();
    await pass(2000);
    expect(calls).toEqual([]);
    seeker.seek('rent', null);
    await answerAll();
    for (let i = 0; i < 10; i++) seeker.again();
    await pass(800);
    await answerAll();
    expect(told()).toEqual(['rent: coming', 'rent: searched', 'rent: searched']);
  });

  it('is ended by an empty text, and says why nothing could be sought', async () => {
    const { seeker, calls, told, found } = seeking();
    seeker.seek('rent', null);
    seeker.seek('  ', null);
    calls[0]!.answer();
    await pass(1000);
    expect(told()).toEqual([null]);
    const broken = new Seeker({
      shelf: () => ({
        ...{ embedder, embedders: { question: () => Promise.reject(new Error('No.')) } },
        seek: () => Promise.reject(new Error('The search stopped working.')),
      }),
      onFound: (one) => found.push(one),
    });
    broken.seek('rent', null);
    await pass(1);
    expect(found.at(-1)).toMatchObject({ text: 'rent', hits: [], problem: 'The search stopped working.' });
  });
});
