import { describe, expect, it } from 'vitest';
import { citationsIn, holdToGiven, withoutCitations } from './citations.ts';

describe('citations', () => {
  it('finds single, listed and adjoining citations', () => {
    expect(citationsIn('A [2]. B [1, 3] and [2][4].')).toEqual([2, 1, 3, 4]);
    expect(citationsIn('An array a[i] and [x] and [] cite nothing.')).toEqual([]);
  });

  it('takes out citations to what was not given, and tells them', () => {
    expect(holdToGiven('Yes [1]. No [7]. Perhaps [2, 9].', [1, 2])).toEqual({
      text: 'Yes [1]. No. Perhaps [2].',
      removed: [7, 9],
    });
    expect(holdToGiven('All [1][2].', [1, 2, 3, 4])).toEqual({ text: 'All [1][2].', removed: [] });
    expect(holdToGiven('None [0].', [1, 2, 3, 4])).toEqual({ text: 'None.', removed: [0] });
  });

  it('reads an answer without them', () => {
    expect(withoutCitations('It is 500 euros [1, 2].')).toBe('It is 500 euros.');
  });
});
