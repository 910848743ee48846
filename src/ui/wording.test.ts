import { describe, expect, it } from 'vitest';
import type { Entry } from '../library/state.ts';
import { bytes, count, duration, makerText, placeText, shownNames, statusText, switchingText } from './wording.ts';

describe('the phrases things are found by', () => {
  it('names each status as the design does', () => {
    expect(statusText({ state: 'reading' })).toBe('Reading');
    expect(statusText({ state: 'embedding', done: 12, total: 40 })).toBe('Embedding 12 of 40');
    expect(statusText({ state: 'ready', passages: 40 })).toBe('Ready, 40 passages');
    expect(statusText({ state: 'ready', passages: 1 })).toBe('Ready, 1 passage');
    expect(statusText({ state: 'words-only', passages: 40, reason: 'x' })).toBe('Ready by words only, 40 passages');
    expect(statusText({ state: 'failed', reason: 'The file is empty.' })).toBe('Failed: The file is empty.');
  });

  it('writes numbers as a person reads them', () => {
    expect(count(4120, 'passage')).toBe('4,120 passages');
    expect([bytes(0), bytes(12_400), bytes(999_600), bytes(9_440_000), bytes(170_000_000)]).toEqual([
      '0 B',
      '12 kB',
      '1.0 MB',
      '9.4 MB',
      '170 MB',
    ]);
    expect([duration(0.4), duration(18.2), duration(2440), duration(72_000)]).toEqual([
      'under 1 ms',
      '18 ms',
      '2.4 s',
      '1 min 12 s',
    ]);
  });

  it('says the path where two documents share a name', () => {
    const entry = (path: string): Entry => ({
      path,
      name: path.slice(path.lastIndexOf('/') + 1),
      status: { state: 'reading' },
      bytes: 1,
      file: new File([], path),
      document: null,
      passages: [],
      outer: null,
      help: {},
      note: '',
      canKeepBoth: false,
    });
    const entries = [entry('a/x.txt'), entry('b/x.txt'), entry('c/y.txt')];
    expect([...shownNames(entries).values()]).toEqual(['a/x.txt', 'b/x.txt', 'y.txt']);
    expect(placeText('y.txt', '')).toBe('y.txt');
    expect(placeText('lease.pdf', 'page 4')).toBe('lease.pdf, page 4');
  });
});

it('switchingText tells how far a change of the embedder is, in bytes and then in passages', () => {
  const to = 'gte-small';
  expect(switchingText({ state: 'loading', to, done: 0, total: 0 })).toBe('Loading gte-small');
  expect(switchingText({ state: 'loading', to, done: 9_400_000, total: 34_000_000 })).toBe(
    'Loading gte-small, 9.4 MB of 34 MB',
  );
  expect(switchingText({ state: 'loading', to, done: 34_000_000, total: 34_000_000 })).toBe('Loading gte-small');
  expect(switchingText({ state: 'embedding', to, done: 12, total: 4120 })).toBe(
    'Embedding 12 of 4,120 passages with gte-small',
  );
});

it('makerText says who wrote, and who placed the citations of a model that does not cite', () => {
  expect(makerText('adapter')).toBe('Written by the model with its adapter');
  expect(makerText({ model: 'flan-t5-small', placed: 0 })).toBe('Written by flan-t5-small, which does not cite');
  expect(makerText({ model: 'flan-t5-small', placed: 1 })).toBe(
    'Written by flan-t5-small, which does not cite: Carrel, not the model, placed the citation where its check found support',
  );
  expect(makerText({ model: 'flan-t5-small', placed: 3 })).toContain('not the model, placed 3 citations where');
});
