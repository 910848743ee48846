import { describe, expect, it } from 'vitest';
import type { Source } from '../pipeline/answer.ts';
import type { Model } from '../pipeline/pipeline.ts';
import { cells, writeCell } from './four-cells.ts';

const source = (number: number, text: string): Source => ({
  number,
  passage: { id: text, path: 'lease.txt', start: 0, end: text.length, context: 'Lease', text, tokens: 9 },
  ...{ documentName: 'lease.txt', part: '' },
});
const found = [source(3, 'The deposit is 900 euros.'), source(1, 'The garden is for all tenants.')];
const question = 'How much is the deposit?';
const nothing = () => undefined;

/** Writes this, and keeps what it was given. `room`: passages that its prompt holds. */
function writing(text: string, room = 9) {
  const given: number[][] = [];
  const model: Model = {
    prompt: (passages) => {
      given.push(passages.map(({ number }) => number));
      const held = passages.slice(0, room);
      const pieces = { system: [1, 2], passages: held.map(() => [3, 4]), question: [5] };
      return Promise.resolve({ text: '', pieces, passages: held.length, passageLeftOut: 0, questionLeftOut: 0 });
    },
    readAhead: () => Promise.resolve(),
    generate: (_, signal, onRead, onText) => {
      onRead();
      onText(text);
      const ended = signal.aborted ? 'stopped' : 'end-token';
      return Promise.resolve({ text, ids: [7, 8], ended, readBefore: 0 });
    },
  };
  return { given, model };
}

const write = (model: Model, cell: (typeof cells)[number], signal = new AbortController().signal) =>
  writeCell(model, cell, question, found, signal, nothing);

describe('the four cells', () => {
  it('are each model without passages, then each with them', () => {
    expect(cells.map(({ tuned, passages }) => `${tuned ? 'tuned' : 'base'} ${passages}`)).toEqual([
      ...['base false', 'tuned false', 'base true', 'tuned true'],
    ]);
  });

  it('with passages: under their numbers, its citations held to them, its sentences checked, its tokens counted', async () => {
    const { model, given } = writing('It is 900 euros [3]. The garden is for all [7].');
    const answer = await write(model, { tuned: true, passages: true });
    expect(given).toEqual([[3, 1]]);
    expect(answer).toMatchObject({
      ...{ text: 'It is 900 euros [3]. The garden is for all.', removedCitations: [7], refused: false, stopped: false },
      ...{ promptTokens: 7, writtenTokens: 2, sources: found },
    });
    expect(answer.sentences.map(({ support }) => support.supported)).toEqual([true, false]);
    expect(answer.milliseconds.read).toBeGreaterThanOrEqual(0);
    expect(answer.milliseconds.write).toBeGreaterThanOrEqual(0);
  });

  it('without passages: none is given and no citation stands, but a passage that was found may bear a sentence out', async () => {
    const { model, given } = writing('The deposit is 900 euros [3]. The rent is 410 euros.');
    const answer = await write(model, { tuned: false, passages: false });
    expect(given).toEqual([[]]);
    expect(answer).toMatchObject({ promptTokens: 3, sources: [], removedCitations: [3] });
    expect(answer.sentences.map(({ support }) => (support.supported ? null : support.instead?.number))).toEqual([
      ...[3, undefined],
    ]);
  });

  it('cite only what the prompt had room for', async () => {
    const { model } = writing('The garden is for all tenants [1].', 1);
    const answer = await write(model, { tuned: true, passages: true });
    expect(answer).toMatchObject({ sources: [found[0]], removedCitations: [1] });
    expect(answer.leftOut).toBe('Passage 1 was not read: there was no room in the prompt.');
    expect(answer.sentences[0]!.support).toMatchObject({ supported: false, instead: found[1] });
  });

  it('that refuse have no sentences to check; those that are stopped say so or throw', async () => {
    const refused = await write(writing('Not in the documents.').model, { tuned: true, passages: false });
    expect(refused).toMatchObject({ refused: true, sentences: [] });
    const stopped = AbortSignal.abort(new Error('Stopped.'));
    await expect(write(writing('It is').model, { tuned: true, passages: true }, stopped)).rejects.toThrow('Stopped.');
    const controller = new AbortController();
    const { model } = writing('It is');
    const midway = { ...model, prompt: (...given: Parameters<Model['prompt']>) => model.prompt(...given) };
    const late: Model = {
      ...midway,
      generate: (prompt, signal, onRead, onText) => {
        controller.abort();
        return model.generate(prompt, signal, onRead, onText);
      },
    };
    expect((await write(late, { tuned: true, passages: true }, controller.signal)).stopped).toBe(true);
  });
});
