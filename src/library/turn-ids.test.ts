import { expect, it } from 'vitest';
import { randomFrom } from '../../tests/support/random.ts';
import { TurnIds } from './turn-ids.ts';

it('counts while nothing is kept, and tells the time when something is', () => {
  const ids = new TurnIds();
  expect([ids.next(), ids.next()]).toEqual([1, 2]);
  ids.byTime(() => 1_800_000_000_000);
  expect(ids.next()).toBe(1_800_000_000_000);
});

it('grows whatever the clock does: set back a year, set forward a century, standing still', () => {
  const random = randomFrom(7);
  const ids = new TurnIds(random);
  let now = 1_800_000_000_000;
  ids.byTime(() => now);
  let before = 0;
  for (let i = 0; i < 200; i++) {
    const id = ids.next();
    expect(id).toBeGreaterThan(before);
    expect(Number.isSafeInteger(id)).toBe(true);
    before = id;
    now += [0, 3_000, -31_536_000_000, 3_153_600_000_000][Math.floor(random() * 4)]!;
  }
});

it('puts a new question after those that were kept under a later time, and apart from another tab’s', () => {
  const kept = 1_900_000_000_000;
  const asked = [randomFrom(1), randomFrom(2)].map((random) => {
    const ids = new TurnIds(random);
    ids.byTime(() => 1_800_000_000_000);
    ids.saw(kept);
    return ids.next();
  });
  for (const id of asked) expect(id).toBeGreaterThan(kept);
  expect(asked[0]).not.toBe(asked[1]);
});
