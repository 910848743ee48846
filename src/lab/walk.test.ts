import { describe, expect, it } from 'vitest';
import { nextTowards, type Direction } from './walk.ts';
import { randomFrom } from '../pipeline/random.ts';

// A cross: 0 in the middle, 1 to the right, 2 to the left, 3 above, 4 below, 5 far right.
const cross = Float32Array.of(0, 0, 1, 0.2, -1, 0, 0, 1, 0.1, -1, 3, 0);

describe('walking from point to point', () => {
  it('goes to the nearest that way', () => {
    const from = (start: number) =>
      (['right', 'left', 'up', 'down'] as const).map((direction) => nextTowards(cross, start, direction));
    expect(from(0)).toEqual([1, 2, 3, 4]);
    expect(from(1)).toEqual([5, 0, null, 4]);
    expect(from(5)).toEqual([null, 1, null, null]);
  });

  it('goes through points at one place, and on', () => {
    const stack = Float32Array.of(0, 0, 1, 0, 1, 0, 1, 0, 2, 0);
    const walk = (start: number, direction: Direction) => {
      const seen: number[] = [];
      for (let at = nextTowards(stack, start, direction); at !== null; at = nextTowards(stack, at, direction))
        seen.push(at);
      return seen;
    };
    expect(walk(0, 'right')).toEqual([1, 2, 3, 4]);
    expect(walk(4, 'left')).toEqual([3, 2, 1, 0]);
  });

  it('leads from any point to any other', () => {
    const random = randomFrom(8);
    const places = Float32Array.from({ length: 400 }, () => random());
    const reached = new Set([0]);
    for (const at of reached)
      for (const direction of ['left', 'right', 'up', 'down'] as const) {
        const next = nextTowards(places, at, direction);
        if (next !== null) reached.add(next);
      }
    expect(reached.size).toBe(200);
  });
});
