import { describe, expect, it } from 'vitest';
import { Cut } from './cut.ts';
import { CUT_MILLISECONDS } from './messages.ts';

describe('Cut', () => {
  it('holds for everyone but the other pages, the service worker and all workers included', () => {
    const cut = new Cut(() => 1000);
    expect(cut.holds('me')).toBe(false);
    cut.begin(['other']);
    expect(['me', '', 'a worker', 'other'].map((client) => cut.holds(client))).toEqual([true, true, true, false]);
    cut.end();
    expect(cut.holds('me')).toBe(false);
  });

  it('ends by itself unless it is asked for again, and tells by its beginning whether it had ended between', () => {
    let now = 1000;
    const cut = new Cut(() => now);
    expect(cut.begin([])).toBe(1000);
    now += CUT_MILLISECONDS - 1;
    expect(cut.begin([])).toBe(1000);
    now += CUT_MILLISECONDS - 1;
    expect(cut.holds('me')).toBe(true);
    now += 1;
    expect(cut.holds('me')).toBe(false);
    expect(cut.begin([])).toBe(now);
  });
});
