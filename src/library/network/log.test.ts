import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Measured, Passed } from '../../network/seen.ts';
import { mergeRequests, summarise } from './log.ts';

const origin = 'https://carrel.example';
const file = `${origin}/page/assets/search.js`;
let number = 0;

const measured = (given: Partial<Measured> = {}): Measured => ({
  ...{ url: file, at: 1000, by: 'page', bytes: 0, outcome: 'answered' },
  ...given,
});
const passed = (given: Partial<Passed> = {}): Passed => ({
  ...{ run: 1, number: ++number, url: file, method: 'GET', at: 1000, kind: 'window', client: 'me', answer: 'kept' },
  ...given,
});
const merge = (one: readonly Measured[], other: readonly Passed[]) =>
  mergeRequests(one, other, { you: 'me', since: 900 });

describe('mergeRequests', () => {
  it('lists a request once that both have seen, with who asked from the one and who answered from the other', () => {
    const asked = merge([measured({ by: 'search', at: 1003 })], [passed({ kind: 'worker', client: 'w' })]);
    expect(asked).toEqual([{ url: file, method: 'GET', at: 1003, by: 'search', how: 'kept', bytes: 0 }]);
  });

  it('pairs the same address by the nearest time, and leaves what is far apart in two', () => {
    const early = measured({ at: 1000, bytes: 700 });
    const late = measured({ at: 90_000 });
    const asked = merge([early, late], [passed({ at: 90_010 })]);
    expect(asked.map(({ at, how }) => [at, how])).toEqual([
      [1000, 'network'],
      [90_000, 'kept'],
    ]);
    expect(merge([early], [passed({ at: 60_000 })])).toHaveLength(2);
  });

  it('names what only the service worker saw: its own, another page’s, a worker’s inside a worker', () => {
    const seen = [
      passed({ kind: 'self', client: '', answer: 'network', at: 1001 }),
      passed({ client: 'another', answer: 'let-through', at: 1002 }),
      passed({ kind: 'worker', client: 'inner', at: 1003 }),
      passed({ client: 'me', at: 1004, answer: 'refused-by-cut' }),
    ];
    expect(merge([], seen).map(({ by, how, bytes }) => [by, how, bytes])).toEqual([
      ['service worker', 'network', null],
      ['another page', 'network', null],
      ['a worker', 'kept', null],
      ['page', 'refused-by-cut', null],
    ]);
  });

  it('does not take another page’s request for this page’s', () => {
    const asked = merge([measured({ bytes: 10 })], [passed({ client: 'another' })]);
    expect(asked.map(({ by, how }) => [by, how])).toEqual([
      ['page', 'network'],
      ['another page', 'kept'],
    ]);
  });

  it('counts once what the service worker tells twice, and leaves out what was before the page', () => {
    const one = passed();
    expect(merge([], [one, { ...one }, passed({ at: 800 })])).toHaveLength(1);
    // Another life of the service worker counts from one again.
    expect(merge([], [one, { ...one, run: 2 }])).toHaveLength(2);
  });

  it('tells a refusal, a failure and the browser’s own store apart', () => {
    const asked = merge(
      [
        measured({ outcome: 'refused-by-policy', url: 'https://elsewhere.invalid/', at: 1 }),
        measured({ outcome: 'failed', at: 2 }),
        measured({ at: 3 }),
        measured({ at: 4, outcome: 'refused-by-cut' }),
      ],
      [],
    );
    expect(asked.map(({ how }) => how)).toEqual(['refused-by-policy', 'failed', 'browser', 'refused-by-cut']);
  });

  it('counts once what the policy refused and the browser measured as without an answer', () => {
    const url = 'https://elsewhere.invalid/';
    const twice = [measured({ url, outcome: 'failed' }), measured({ url, outcome: 'refused-by-policy', at: 1010 })];
    expect(merge(twice, []).map(({ how }) => how)).toEqual(['refused-by-policy']);
    expect(merge([measured({ url, outcome: 'failed' })], []).map(({ how }) => how)).toEqual(['failed']);
  });

  it('loses nothing: every request that was measured is listed, and every one that passed is in it or beside it', () => {
    const url = fc.constantFrom(`${origin}/a`, `${origin}/b`);
    const at = fc.integer({ min: 900, max: 20_000 });
    const measuredOnes = fc.array(
      fc.record({ url, at }).map((given) => measured(given)),
      { maxLength: 12 },
    );
    const passedOnes = fc.array(
      fc.record({ url, at }).map((given) => passed(given)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(measuredOnes, passedOnes, (one, other) => {
        const merged = merge(one, other);
        expect(merged.length).toBeGreaterThanOrEqual(Math.max(one.length, other.length));
        expect(merged.length).toBeLessThanOrEqual(one.length + other.length);
        expect(merged.filter(({ how }) => how === 'kept')).toHaveLength(other.length);
        expect(merged.map(({ at: when }) => when)).toEqual(merged.map(({ at: when }) => when).sort((a, b) => a - b));
      }),
    );
  });
});

describe('summarise', () => {
  it('counts where requests went; another host only where it was not refused', () => {
    const asked = merge(
      [
        measured({ bytes: 300, at: 1000 }),
        measured({ url: 'https://elsewhere.invalid/', outcome: 'refused-by-policy' }),
        measured({ url: 'https://hub.example/model', bytes: 40 }),
      ],
      [passed({ at: 90_000 })],
    );
    expect(summarise(asked, origin)).toEqual({
      ...{ all: 4, overNetwork: 2, bytes: 340, fromHere: 1, refused: 1, failed: 0 },
      ...{ elsewhere: ['hub.example'], elsewhereRefused: 1 },
    });
  });
});
