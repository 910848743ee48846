import { describe, expect, it } from 'vitest';
import { bins, median } from './lengths.ts';

describe('passage lengths', () => {
  it('puts every length in one bin', () => {
    expect(bins([], 20)).toEqual([]);
    expect(bins([0, 19, 20, 59], 20)).toEqual([
      { from: 0, to: 20, count: 2 },
      { from: 20, to: 40, count: 1 },
      { from: 40, to: 60, count: 1 },
    ]);
  });
  it('finds the middle', () => {
    expect([median([]), median([3]), median([9, 1, 5]), median([4, 1])]).toEqual([null, 3, 5, 2.5]);
  });
});
