import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { course } from '../../lessons/course.ts';
import { PackError } from '../../lessons/pack.ts';
import { hashOf, Lessons, placeOf } from './lessons.svelte.ts';
import { missingText } from './missing.ts';

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

const [pieces, words] = course.lessons;

it('stores nothing before it was asked to, and nothing anew once all was deleted', () => {
  const lessons = new Lessons();
  lessons.solve(pieces!, ['torn']);
  expect(lessons.isSolved('pieces', 'torn')).toBe(true);
  expect(stored.size).toBe(0);
  lessons.keep(true);
  lessons.solve(words!, ['none', 'no task of this pack']);
  expect(JSON.parse(stored.get('carrel.lessons')!)).toEqual({ [course.name]: ['pieces/torn', 'words/none'] });
  expect(new Lessons().solvedIn(words!)).toBe(1);
  stored.clear();
  lessons.solve(words!, ['single']);
  expect(stored.size).toBe(0);
  expect(lessons.kept).toBe(false);
});

it('says so where the browser keeps nothing', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => null,
    setItem: () => {
      throw new Error('refused');
    },
  });
  const lessons = new Lessons();
  lessons.keep(true);
  expect(lessons.kept).toBe(false);
  expect(lessons.refused).toContain('lasts as long as the page is open');
});

it('keeps the course before where a pack is faulty, and what is solved apart by course', async () => {
  const lessons = new Lessons();
  lessons.at = 'pieces';
  lessons.solve(pieces!, ['torn']);
  await lessons.open(() => Promise.reject(new PackError(['One.', 'Two.'])));
  expect(lessons.faults).toEqual(['One.', 'Two.']);
  expect(lessons.course).toBe(course);
  await lessons.open(() => Promise.resolve({ name: 'Another', lessons: [words!] }));
  expect(lessons.faults).toEqual([]);
  expect(lessons.at).toBeNull();
  expect(lessons.isSolved('pieces', 'torn')).toBe(false);
  lessons.close();
  expect(lessons.isOwn).toBe(true);
  expect(lessons.isSolved('pieces', 'torn')).toBe(true);
});

it('has an address inside the page for each lesson', () => {
  expect(course.lessons.map(({ id }) => placeOf(hashOf(id)))).toEqual(course.lessons.map(({ id }) => id));
  expect(placeOf('#lessons')).toBeNull();
  expect(placeOf('')).toBeUndefined();
  expect(placeOf('#lesson-unknown')).toBeUndefined();
});

it('says what a live view waits for', () => {
  const light = { state: 'not-needed' } as const;
  const preparing = { state: 'preparing', done: 0, total: 0 } as const;
  const downloading = { state: 'downloading', done: 34e6, total: 168e6 } as const;
  const ready = { models: { state: 'ready' }, offline: { state: 'ready' }, light } as const;
  expect(missingText(ready, true)).toBe('');
  expect(missingText({ models: downloading, offline: preparing, light }, false)).toContain('(34 MB of 168 MB)');
  expect(missingText({ ...ready, models: { state: 'partly', reason: 'It is missing.' } }, true)).toBe('It is missing.');
  expect(missingText({ models: { state: 'idle' }, offline: { state: 'asking', bytes: 1 }, light }, false)).toContain(
    'asks at the top',
  );
  const offered = { ...ready, light: { state: 'offered', reason: 'x' } } as const;
  expect(missingText(offered, true)).toContain('whether it is to be');
  expect(missingText(offered, false)).toBe('');
});
