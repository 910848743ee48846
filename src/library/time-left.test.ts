import { describe, expect, it } from 'vitest';
import type { Status } from './state.ts';
import { TimeLeft, timeLeftText, workOf } from './time-left.ts';

const entry = (status: Status, bytes = 1000) => ({ status, bytes });

/** So many passages, embedded at this rate a second; looked at each second. What was said, in seconds. */
function said(total: number, rate: (second: number) => number, seconds: number): (number | null)[] {
  const estimate = new TimeLeft();
  let done = 0;
  return Array.from({ length: seconds }, (_, second) => {
    done = Math.min(total, done + rate(second));
    const left = estimate.look(second * 1000, { done, left: total - done });
    return left === null ? null : left / 1000;
  });
}

describe('the work', () => {
  it('is nothing when all is ready or has failed', () => {
    expect(workOf([])).toBe(null);
    expect(workOf([entry({ state: 'ready', passages: 3 }), entry({ state: 'failed', reason: 'No.' })])).toBe(null);
  });

  it('is what is left to embed, and what has not been read as far as the rest tells', () => {
    const work = workOf([
      entry({ state: 'ready', passages: 10 }, 1000),
      entry({ state: 'embedding', done: 4, total: 20 }, 2000),
      entry({ state: 'waiting' }, 6000),
      entry({ state: 'failed', reason: 'No.' }, 9000),
    ]);
    expect(work).toEqual({ done: 14, left: 16 + 60, documents: { done: 2, total: 4 } });
    expect(workOf([entry({ state: 'reading' })])).toMatchObject({ done: 0, left: 0 });
  });
});

describe('the time that is left', () => {
  it('is not said before there is something to tell it from', () => {
    const times = said(1000, () => 10, 12);
    expect(times.slice(0, 8)).toEqual(Array(8).fill(null));
    expect(times[9]).toBeCloseTo(90, 0);
    // 30 passages must have been seen, too
    expect(said(1000, () => 1, 25)).toEqual(Array(25).fill(null));
    expect(said(1000, () => 1, 40).at(-1)).toBeCloseTo(960, 0);
  });

  it('is right while the rate is even', () => {
    said(600, () => 10, 60).forEach((left, second) => {
      if (left !== null) expect(left).toBeCloseTo(60 - second - 1, 6);
    });
  });

  it('does not jump when the rate does', () => {
    const times = said(4000, (second) => (second % 7 < 2 ? 0 : second % 5 === 0 ? 40 : 10), 120);
    const known = times.filter((left) => left !== null);
    known.slice(1).forEach((left, i) => {
      expect(Math.abs(left - known[i]!)).toBeLessThan(0.12 * known[i]! + 2);
    });
    const texts = known.map((left) => timeLeftText(left * 1000));
    const changes = texts.filter((text, i) => i > 0 && text !== texts[i - 1]).length;
    expect(changes).toBeLessThan(25);
  });

  it('follows a rate that has changed for good', () => {
    const times = said(10_000, (second) => (second < 40 ? 50 : 10), 110);
    expect(times.at(-1)).toBeGreaterThan(0.9 * ((10_000 - 2000 - 700) / 10));
  });

  it('does not run down while nothing gets done', () => {
    const times = said(1000, (second) => (second < 12 ? 10 : 0), 80);
    expect(times.at(-1)).toBeGreaterThan(60);
  });

  it('is measured anew when something was removed', () => {
    const estimate = new TimeLeft();
    for (let second = 0; second < 20; second++) estimate.look(second * 1000, { done: second * 10, left: 100 });
    expect(estimate.look(20_000, { done: 5, left: 100 })).toBe(null);
  });

  it('is told in steps', () => {
    const texts = [4, 12, 29, 55, 80, 170, 750, 3500, 7300].map((seconds) => timeLeftText(seconds * 1000));
    expect(texts).toEqual([
      'a few seconds left',
      'about 20 seconds left',
      'about 30 seconds left',
      'about a minute left',
      'about a minute left',
      'about 3 minutes left',
      'about 15 minutes left',
      'about an hour left',
      'about 2 hours left',
    ]);
  });
});
