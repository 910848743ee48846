import { describe, expect, it } from 'vitest';
import type { CellScore } from '../lab/cell-score.ts';
import type { Question } from '../lab/question.ts';
import type { Candidate, Found } from '../pipeline/answer.ts';
import type { Model } from '../pipeline/pipeline.ts';
import { writeCellSet, type CellSetDesk } from './cell-set.ts';
import { readEntry, waitingEntry } from './kept/fake-desk.ts';
import type { Shelf } from './shelf.ts';

const text = 'The deposit is 900 euros.\nThe garden is for all tenants.';
const entry = readEntry(waitingEntry('lease.txt', text), text);

/** Finds all passages, the first word of the question's line first; evidence is below the threshold. */
const shelf = {
  embedder: Promise.reject(new Error('None, for a test.')),
  search: (question: string): Promise<Found> => {
    const [first, second] = question.includes('garden') ? [...entry.passages].reverse() : entry.passages;
    const candidates = [first!, second!].map((passage, i): Candidate => ({
      ...{ passage, keywordRank: i + 1, keywordScore: 1, terms: [], vectorRank: null, cosine: null, fused: 1 },
      fate: { kept: true, number: i + 1 },
    }));
    const features = { cosine: null, coverage: 0, standing: 0, length: 1, size: 1 };
    const evidence = { evidence: 0, features, calibrated: false, threshold: 0.5, strong: 0.9 };
    return Promise.resolve({ ...evidence, candidates, searched: { passages: 2, documents: null } } as unknown as Found);
  },
} as unknown as Shelf;
shelf.embedder.catch(() => undefined);

/** Says what it is given: the first passage, cited by the fine-tuned model alone. */
const model = (made: string): Model => {
  let given = '';
  return {
    prompt: (passages) => {
      given = passages[0]?.text ?? '';
      const pieces = { system: [1], passages: passages.map(() => [2]), question: [3] };
      return Promise.resolve({ text: '', pieces, passages: passages.length, passageLeftOut: 0, questionLeftOut: 0 });
    },
    readAhead: () => Promise.resolve(),
    generate: (_, __, onRead) => {
      onRead();
      const cited = made === 'adapter' ? `${given.replace(/\.$/, '')} [1].` : given;
      const said = given ? cited : made === 'adapter' ? 'Not in the documents.' : 'The rent is 410 euros.';
      return Promise.resolve({ text: said, ids: [1], ended: 'end-token', readBefore: 0 });
    },
  };
};

const desk = (change: Partial<CellSetDesk> = {}): CellSetDesk => ({
  ...{ shelf, embedder: 'small', entries: [entry], between: (work) => work() },
  asked: { search: 'words', promptPassages: 2, promptText: 'passages' },
  writers: {
    own: (made) => Promise.resolve({ made, load: () => Promise.resolve(model(made)) }),
    instead: () => null,
  },
  ...change,
});

const about = (id: string, question: string, quote: string, answer: string): Question => ({
  ...{ id, question, answers: [answer] },
  wanted: { by: 'quotes', quotes: [{ document: 'lease.txt', quote }] },
});
const questions: readonly Question[] = [
  about('q1', 'How much is the deposit?', '900 euros', '900 euros'),
  about('q2', 'Who may use the garden?', 'all tenants', 'all tenants'),
  about('q3', 'What of the cellar?', 'the cellar', 'no cellar'),
  { id: 'q4', question: 'How high is the tower?', wanted: { by: 'nothing' }, answers: [] },
];

async function go(given: CellSetDesk, signal = new AbortController().signal, onWritten: () => void = () => undefined) {
  const written: { id: string; scores: readonly CellScore[] }[] = [];
  const begun: string[] = [];
  const leftOut = await writeCellSet(questions, given, signal, {
    onBegin: ({ id }, done, total) => begun.push(`${id} ${done}/${total}`),
    onWritten: ({ id }, _, scores) => {
      written.push({ id, scores });
      onWritten();
    },
  });
  return { written, begun, leftOut };
}

describe('the four cells on a set', () => {
  it('has every question written by all four from one search, though the evidence is weak, and scores them', async () => {
    const { written, begun, leftOut } = await go(desk());
    expect(begun).toEqual(['q1 0/3', 'q2 1/3', 'q4 2/3']);
    const [first, second, last] = written.map(({ scores }) => scores);
    for (const scores of [first!, second!]) {
      expect(scores.map(({ correct }) => correct)).toEqual([0, 0, 1, 1]);
      expect(scores.map(({ cited }) => cited)).toEqual([0, 0, 0, 1]);
      expect(scores.map(({ inFormat }) => inFormat)).toEqual([0, 1, 0, 1]);
      expect(scores.map(({ madeUp }) => madeUp)).toEqual([1, 0, 0, 0]);
    }
    expect(last!.map(({ refusedRight }) => refusedRight)).toEqual([0, 1, 0, 0]);
    expect(leftOut).toHaveLength(1);
    expect(leftOut[0]!.why).toContain('does not stand in lease.txt');
  });

  it('gives the generator back between two questions', async () => {
    const turns: string[] = [];
    const between = async (work: () => Promise<void>) => {
      turns.push('taken');
      await work();
      turns.push('given back');
    };
    await go(desk({ between }));
    expect(turns).toEqual(Array(3).fill(['taken', 'given back']).flat());
  });

  it('ends where it is stopped, with the questions that are whole', async () => {
    const controller = new AbortController();
    const { written, begun } = await go(desk(), controller.signal, () => controller.abort());
    expect(written.map(({ id }) => id)).toEqual(['q1']);
    expect(begun).toEqual(['q1 0/3']);
  });

  it('counts no question that was stopped midway, and says why there is no model', async () => {
    const controller = new AbortController();
    const own: CellSetDesk['writers']['own'] = (made) => {
      if (made === 'adapter') controller.abort();
      return Promise.resolve({ made, load: () => Promise.resolve(model(made)) });
    };
    const stopped = await go(desk({ writers: { own, instead: () => null } }), controller.signal);
    expect(stopped.written).toEqual([]);
    const none = () => Promise.resolve({ made: 'extractive', because: 'The model is not here.' } as const);
    await expect(go(desk({ writers: { own: none, instead: () => null } }))).rejects.toThrow('The model is not here.');
  });
});
