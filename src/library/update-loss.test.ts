import { describe, expect, it } from 'vitest';
import type { Entry, KeepingState, Status, Turn } from './state.ts';
import { lostByReload, underWay, type OnTheDesk } from './update-loss.ts';

const entry = (status: Status): Entry => ({ status }) as Entry;
const turn = (phase: Turn['phase']): Turn => ({ phase }) as Turn;
const ready = entry({ state: 'ready', passages: 3 });
const memory: KeepingState = { state: 'memory' };
const kept: KeepingState = { state: 'kept', pending: 0 };
const desk = (given: Partial<OnTheDesk>): OnTheDesk => ({
  ...{ entries: [], turns: [], questions: [], keeping: memory, switching: null, draft: '' },
  ...given,
});

describe('lostByReload', () => {
  it('is nothing for an empty desk, and nothing for one that is kept', () => {
    expect(lostByReload(desk({}))).toEqual([]);
    expect(lostByReload(desk({ entries: [ready], turns: [turn('done')], keeping: kept }))).toEqual([]);
  });

  it('names documents and answers that are in memory only', () => {
    expect(lostByReload(desk({ entries: [ready, ready], turns: [turn('done')] }))).toEqual([
      'In memory only: 2 documents and 1 question with its answer. The files on your disk stay as they are.',
    ]);
    const questions = [{ id: 'q1', question: 'When?', wanted: { by: 'nothing' } }] as const;
    expect(lostByReload(desk({ entries: [ready], turns: [turn('done')], questions }))[0]).toMatch(
      /^In memory only: 1 document, 1 question with its answer and a question set of 1 question\./,
    );
    expect(lostByReload(desk({ turns: [turn('done'), turn('failed')] }))[0]).toMatch(
      /^In memory only: 2 questions with/,
    );
  });

  it('says of a desk that could not be kept that its kept part comes back', () => {
    const keeping: KeepingState = { state: 'failed', reason: 'Full.' };
    expect(lostByReload(desk({ entries: [ready], keeping }))[0]).toMatch(/kept before comes back; the rest goes\.$/);
  });

  it('names a question that is being written, wherever the desk is', () => {
    const begun = ['The question that you have begun to write.'];
    expect(lostByReload(desk({ draft: 'How tall', keeping: kept }))).toEqual(begun);
    expect(lostByReload(desk({ draft: ' \n' }))).toEqual([]);
  });
});

describe('underWay', () => {
  it('is nothing when all is read and answered', () => {
    expect(underWay(desk({ entries: [ready], turns: [turn('done')] }))).toEqual([]);
  });

  it('says how many documents are being indexed, and that a kept desk resumes them', () => {
    const entries = [ready, entry({ state: 'embedding', done: 1, total: 4 }), entry({ state: 'waiting' })];
    expect(underWay(desk({ entries }))).toEqual(['2 documents are being read and indexed.']);
    expect(underWay(desk({ entries, keeping: kept }))[0]).toMatch(/you can have it resumed afterwards\.$/);
  });

  it('tells of an answer, of another embedder and of a collection on its way', () => {
    const switching = { state: 'embedding', to: 'gte-small', done: 1, total: 2 } as const;
    const keeping: KeepingState = { state: 'opening', done: 0, total: 3 };
    expect(underWay(desk({ turns: [turn('writing')], switching, keeping }))).toEqual([
      'An answer is being written; a reload breaks it off.',
      'The documents are being embedded with gte-small.',
      'A collection is being opened.',
    ]);
  });
});
