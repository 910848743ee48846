import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetProgress, isHintDue, loadProgress, saveProgress, withSolved } from './progress.ts';
import { Watch } from './watch.ts';
import type { EvidenceState } from './evidence.ts';

describe('what is solved', () => {
  let stored: Map<string, string>;
  beforeEach(() => {
    stored = new Map();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('is not kept before it was asked for, then kept, then forgotten without a trace', () => {
    expect(loadProgress()).toEqual({ kept: false, solved: {} });
    expect(stored.size).toBe(0);
    const solved = withSolved({}, 'Course', 'words/none');
    expect(saveProgress(solved)).toBe(true);
    expect(loadProgress()).toEqual({ kept: true, solved: { Course: ['words/none'] } });
    expect([...stored.keys()]).toEqual(['carrel.lessons']);
    forgetProgress();
    expect(stored.size).toBe(0);
  });

  it('counts once, by course', () => {
    const one = withSolved({}, 'A', 'words/none');
    expect(withSolved(one, 'A', 'words/none')).toBe(one);
    expect(withSolved(one, 'B', 'words/none')).toEqual({ A: ['words/none'], B: ['words/none'] });
  });

  it('is nothing where the entry is damaged or storage is refused', () => {
    stored.set('carrel.lessons', '{"A":"x","B":[1,"pieces/one"]}');
    expect(loadProgress().solved).toEqual({ A: [], B: ['pieces/one'] });
    stored.set('carrel.lessons', '{');
    expect(loadProgress()).toEqual({ kept: false, solved: {} });
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new Error('refused');
      },
      setItem: () => {
        throw new Error('refused');
      },
    });
    expect(loadProgress()).toEqual({ kept: false, solved: {} });
    expect(saveProgress({})).toBe(false);
  });
});

it('offers a hint after a minute, or after a dozen tries', () => {
  expect(isHintDue({ milliseconds: 59_999, tries: 11 })).toBe(false);
  expect(isHintDue({ milliseconds: 60_000, tries: 0 })).toBe(true);
  expect(isHintDue({ milliseconds: 0, tries: 12 })).toBe(true);
});

it('takes nothing for solved that held before anything was done, until it is brought about', () => {
  const watch = new Watch('evidence');
  const at = (threshold: number): EvidenceState => ({
    threshold,
    rows: [
      { question: 'a', answered: true, evidence: 0.9 },
      { question: 'b', answered: false, evidence: 0.1 },
    ],
  });
  expect(watch.report(at(0.5))).toEqual([]);
  expect(watch.report(at(0.6))).toEqual([]);
  expect(watch.report(at(0))).toEqual([]);
  expect(watch.report(at(0.5))).toEqual(['quiet', 'fewest']);
  expect(watch.tries).toBe(3);
});
