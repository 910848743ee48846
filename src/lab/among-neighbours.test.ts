import { describe, expect, it } from 'vitest';
import { amongNeighbours } from './among-neighbours.ts';

describe('what was not laid out', () => {
  it('stands in the middle of its neighbours, nearer to the nearer', () => {
    const square = Float32Array.of(0, 0, 4, 0, 9, 9);
    expect(amongNeighbours(square, [0, 1], Float32Array.of(0.5, 0.5, 1))).toEqual([2, 0]);
    expect(amongNeighbours(square, [0, 1], Float32Array.of(0.75, 0.25, 1))[0]).toBeCloseTo(1, 6);
    expect(amongNeighbours(square, [0, 1], Float32Array.of(-1, -1, 1))).toEqual([2, 0]);
  });
});
