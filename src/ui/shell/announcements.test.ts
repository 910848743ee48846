import { describe, expect, it } from 'vitest';
import type { Entry, Status, Turn } from '../../library/state.ts';
import { newTurn } from '../../library/turns.ts';
import { announcement, hear, nothingHeard } from './announcements.ts';

const entry = (name: string, status: Status): Entry => ({
  path: name,
  name,
  status,
  bytes: 1,
  file: new File([], name),
  document: null,
  passages: [],
  outer: null,
  help: {},
  note: '',
  canKeepBoth: false,
});
const turn = (phase: Turn['phase'], over: Partial<Turn> = {}): Turn => ({ ...newTurn(1, 'q'), phase, ...over });

describe('announcement', () => {
  it('says a new status once, and nothing for progress inside it', () => {
    const first = [entry('a.txt', { state: 'embedding', done: 1, total: 40 })];
    expect(announcement(nothingHeard, first, [])).toBe('a.txt: Embedding, searchable by words.');
    const next = [entry('a.txt', { state: 'embedding', done: 2, total: 40 })];
    expect(announcement(hear(first, []), next, [])).toBe('');
    const ready = [entry('a.txt', { state: 'ready', passages: 40 })];
    expect(announcement(hear(next, []), ready, [])).toBe('a.txt: Ready, 40 passages.');
    expect(announcement(hear(ready, []), [], [])).toBe('a.txt was removed.');
  });

  it('counts where many change at once', () => {
    const many = Array.from({ length: 12 }, (_, i) =>
      entry(`${i}.txt`, i < 10 ? { state: 'ready', passages: 2 } : { state: 'failed', reason: 'Empty.' }),
    );
    expect(announcement(nothingHeard, many, [])).toBe('10 documents ready. 2 documents failed.');
  });

  it('says each phase once and not the streamed words', () => {
    const writing = [turn('writing', { streamed: 'The' })];
    expect(announcement(nothingHeard, [], writing)).toBe('Writing.');
    expect(announcement(hear([], writing), [], [turn('writing', { streamed: 'The notice' })])).toBe('');
    expect(announcement(hear([], writing), [], [turn('failed', { error: 'Add a document first.' })])).toBe(
      'Add a document first.',
    );
  });
});
