import { describe, expect, it } from 'vitest';
import type { Candidate, Found, Stage } from './answer.ts';
import type { Passage } from './document.ts';
import { answerQuestion, readAhead, type Stages, type Writer } from './pipeline.ts';
import type { Prompt } from './prompt/prompt.ts';

const texts = ['The rent is 500 euros a month.', 'The deposit is 900 euros. It is paid in three parts.'];

function passage(text: string, i: number): Passage {
  return {
    id: String(i),
    path: 'lease.txt',
    start: 100 * i,
    end: 100 * i + text.length,
    context: 'Lease',
    text,
    tokens: 12,
  };
}

function candidate(text: string, i: number): Candidate {
  const scores = { keywordRank: i + 1, keywordScore: 2, terms: [], vectorRank: i + 1, cosine: 0.6, fused: 1 - i / 10 };
  return { passage: passage(text, i), ...scores, fate: { kept: true, number: i + 1 } };
}

const found = (evidence = 0.6): Found => ({
  candidates: texts.map(candidate),
  evidence,
  features: { cosine: 0.6, coverage: 0.7, standing: 2, length: 1, size: 1 },
  calibrated: true,
  threshold: 0.2,
  strong: 0.8,
  searched: { passages: 2, embedded: 2 },
});

/** A model that writes what the test says. */
function writing(text: string, onReadAhead: (prompt: Prompt) => void = () => undefined): Writer {
  return {
    made: 'adapter',
    load: async () => ({
      prompt: (passages) =>
        Promise.resolve({
          text: 'prompt',
          pieces: { system: [1], passages: passages.map(({ number }) => [number]), question: [3] },
          passages: passages.length,
          passageLeftOut: 0,
          questionLeftOut: 0,
        }),
      readAhead: (prompt) => Promise.resolve(onReadAhead(prompt)),
      generate: (_prompt, _signal, onRead, onText) => {
        onRead();
        onText(text);
        return Promise.resolve({ text, ids: [9], ended: 'end-token', readBefore: 0 });
      },
    }),
  };
}

function stages(writer: Writer, search: () => Found = found): Stages {
  return {
    writer,
    understand: (text) => Promise.resolve({ text, corrections: [], vector: Float32Array.of(1, 0), warning: '' }),
    embedText: (text) => Promise.resolve(text.includes('deposit') ? Float32Array.of(1, 0) : Float32Array.of(0, 1)),
    search: () => Promise.resolve(search()),
    place: () => ({ documentName: 'lease.txt', part: 'page 1' }),
  };
}

const ask = (writer: Writer, search?: () => Found) =>
  answerQuestion('How much is the deposit?', stages(writer, search), new AbortController().signal);

describe('answerQuestion', () => {
  it('answers by the model, checks each sentence and traces every stage', async () => {
    const entered: Stage[] = [];
    const pieces: string[] = [];
    const answer = await answerQuestion(
      'How much is the deposit?',
      stages(writing('It is 900 euros [2].')),
      new AbortController().signal,
      {
        onStage: (stage) => entered.push(stage),
        onText: (piece) => pieces.push(piece),
      },
    );
    expect(answer).toMatchObject({
      text: 'It is 900 euros [2].',
      made: 'adapter',
      refused: false,
      removedCitations: [],
      offered: null,
    });
    expect(answer.sentences).toMatchObject([{ citations: [2], support: { supported: true } }]);
    expect(answer.sources.map(({ number, documentName, part }) => [number, documentName, part])).toEqual([
      [1, 'lease.txt', 'page 1'],
      [2, 'lease.txt', 'page 1'],
    ]);
    expect(answer.trace).toMatchObject({
      question: 'How much is the deposit?',
      evidence: 0.6,
      threshold: 0.2,
      prompt: { text: 'prompt', ids: [1, 1, 2, 3], readBefore: 0 },
      writtenIds: [9],
    });
    expect(entered).toEqual(['embed', 'search', 'load', 'prompt', 'read', 'write', 'check']);
    expect(answer.trace.times.map(({ stage }) => stage)).toEqual(entered);
    expect(pieces).toEqual(['It is 900 euros [2].']);
  });

  it('places the citations of a model that does not cite, and says who wrote and how many it placed', async () => {
    const other = { ...writing('The deposit is 900 euros. The garden is large.'), made: { model: 'flan' } } as Writer;
    const answer = await ask(other);
    expect(answer.text).toBe('The deposit is 900 euros [2]. The garden is large.');
    expect(answer.made).toEqual({ model: 'flan', placed: 1 });
    expect(answer.sentences).toMatchObject([
      { citations: [2], support: { supported: true } },
      { citations: [], support: { supported: false, why: 'It cites no passage.' } },
    ]);
    expect(answer.trace.writtenIds).toEqual([9]);
    const refused = await ask({ ...writing('Not in the documents.'), made: { model: 'flan' } } as Writer);
    expect(refused).toMatchObject({ refused: true, text: 'Not in the documents.', made: { model: 'flan', placed: 0 } });
  });

  it('removes a citation to a passage that was not given, and doubts the sentence', async () => {
    const answer = await ask(writing('It is 900 euros [4].'));
    expect(answer.text).toBe('It is 900 euros.');
    expect(answer.removedCitations).toEqual([4]);
    expect(answer.sentences[0]!.support.supported).toBe(false);
  });

  it('offers the source that supports a sentence where the cited one does not, of the read ones first', async () => {
    const answer = await ask(writing('The deposit is 900 euros [1]. The rent is 500 euros [1].'));
    expect(answer.sentences.map(({ support }) => support)).toMatchObject([
      { supported: false, why: 'The number 900 does not stand in source 1.', instead: { number: 2 } },
      { supported: true },
    ]);
    const cut = { ...candidate('The cellar is 12 square metres.', 2), fate: { kept: false, why: 'Too far.' } as const };
    const wider = () => ({ ...found(), candidates: [...found().candidates, cut] });
    const beside = await ask(writing('The cellar is 12 square metres [2].'), wider);
    expect(beside.sentences[0]!.support).toMatchObject({
      supported: false,
      instead: { number: 3, passage: { text: 'The cellar is 12 square metres.' }, documentName: 'lease.txt' },
    });
  });

  it('offers nothing for a sentence that no passage supports', async () => {
    const { sentences } = await ask(writing('The garden is shared by nine tenants [1].'));
    expect(sentences[0]!.support).toEqual({ supported: false, why: 'The number 9 does not stand in source 1.' });
  });

  it('refuses on weak evidence without asking the model, and keeps the nearest passages', async () => {
    const writer: Writer = { made: 'adapter', load: () => Promise.reject(new Error('The model was asked.')) };
    const answer = await ask(writer, () => found(0.1));
    expect(answer).toMatchObject({ text: 'Not in the documents.', made: 'evidence', refused: true, sentences: [] });
    expect(answer.sources).toHaveLength(2);
    expect(answer.trace.prompt).toBeNull();
  });

  it('takes the refusal of the model, and offers an extract when the evidence is strong', async () => {
    expect(await ask(writing('Not in the documents.'))).toMatchObject({
      refused: true,
      made: 'adapter',
      offered: null,
    });
    const strong = await ask(writing('Not in the documents.'), () => found(0.9));
    expect(strong.refused).toBe(true);
    expect(strong.offered).toEqual({ text: 'The deposit is 900 euros.', source: 2 });
  });

  it('lets a passage keep a number from earlier in the conversation', async () => {
    const [first, second] = texts.map(candidate);
    const candidates: Candidate[] = [{ ...first!, fate: { kept: true, number: 7 } }, second!];
    const answer = await ask(writing('It is 500 euros [7]. It is 900 euros [2]. It is blue [1].'), () => ({
      ...found(),
      candidates,
    }));
    expect(answer.text).toBe('It is 500 euros [7]. It is 900 euros [2]. It is blue.');
    expect(answer.removedCitations).toEqual([1]);
    expect(answer.sentences.map(({ support }) => support.supported)).toEqual([true, true, false]);
    expect(answer.trace.prompt!.ids).toEqual([1, 7, 2, 3]);
  });

  it('quotes the closest sentences when there is no model, and says why', async () => {
    const answer = await ask({ made: 'extractive', because: 'The model is switched off.' });
    expect(answer).toMatchObject({ made: 'extractive', madeBecause: 'The model is switched off.', refused: false });
    expect(answer.text).toContain('The deposit is 900 euros [2].');
    expect(answer.sentences.every(({ support }) => support.supported)).toBe(true);
  });

  it('refuses when nothing was found at all', async () => {
    const answer = await ask(writing('x'), () => ({ ...found(0), candidates: [] }));
    expect(answer).toMatchObject({
      refused: true,
      made: 'evidence',
      madeBecause: 'No passage was found.',
      sources: [],
    });
  });

  it('throws the reason when it is stopped before anything was written', async () => {
    const controller = new AbortController();
    const stopping = stages(writing('x'), () => {
      controller.abort(new Error('Stopped.'));
      return found();
    });
    await expect(answerQuestion('How much?', stopping, controller.signal)).rejects.toThrow('Stopped.');
  });

  it('lets the failure of a stage through', async () => {
    await expect(
      ask({ made: 'adapter', load: () => Promise.reject(new Error('The weights are damaged.')) }),
    ).rejects.toThrow('damaged');
  });
});

describe('readAhead', () => {
  const ahead = async (search?: () => Found, signal = new AbortController().signal) => {
    const read: Prompt[] = [];
    const writer = writing('x', (prompt) => read.push(prompt));
    const passages = await readAhead('How much is the dep', stages(writer, search), signal);
    return { passages, read: read.map(({ pieces }) => pieces.passages) };
  };

  it('has the model read what the answer would be written from', async () => {
    expect(await ahead()).toEqual({ passages: 2, read: [[[1], [2]]] });
  });

  it('has nothing read where the model would not be asked', async () => {
    const nothing = { passages: 0, read: [] };
    expect(await ahead(() => found(0.1))).toEqual(nothing);
    expect(await ahead(() => ({ ...found(), candidates: [] }))).toEqual(nothing);
    const off: Writer = { made: 'extractive', because: 'The model is switched off.' };
    const unasked = { ...stages(off), understand: () => Promise.reject(new Error('It was asked.')) };
    expect(await readAhead('How much?', unasked, new AbortController().signal)).toBe(0);
  });

  it('throws the reason when it is stopped', async () => {
    const controller = new AbortController();
    const search = () => {
      controller.abort(new Error('The question has changed.'));
      return found();
    };
    await expect(ahead(search, controller.signal)).rejects.toThrow('changed');
  });
});
