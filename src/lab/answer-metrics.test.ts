import { describe, expect, it } from 'vitest';
import { answerKind, containsGold, firstWordRight, normalisedWords, tokenF1 } from './answer-metrics.ts';

describe('answerKind', () => {
  it('goes by the shortest gold', () => {
    expect(answerKind([])).toBe('none');
    expect(answerKind(['1349'])).toBe('span');
    expect(answerKind(['Yes'])).toBe('yes/no');
    expect(answerKind(['no.'])).toBe('yes/no');
    expect(answerKind(['Yes, it is'])).toBe('span');
    expect(answerKind(['one two three four five six seven eight'])).toBe('span');
    expect(answerKind(['one two three four five six seven eight nine'])).toBe('sentence');
    expect(answerKind(['one two three four five six seven eight nine', 'nine'])).toBe('span');
  });
});

describe('normalisedWords', () => {
  it('drops case, citations, punctuation and articles', () => {
    expect(normalisedWords('The rent, as of 2020, is £1,250.50 a month [1, 2].')).toEqual(
      'rent as of 2020 is £125050 month'.split(' '),
    );
    expect(normalisedWords('An “ordinary” day')).toEqual(['“ordinary”', 'day']);
  });
});

describe('containsGold', () => {
  it('wants the words as one run', () => {
    expect(containsGold('It was in the year 1349 [2].', ['1349'])).toBe(true);
    expect(containsGold('It was in 13490 [2].', ['1349'])).toBe(false);
    expect(containsGold('Heather Booth and Naomi Weisstein [1].', ['Naomi Weisstein'])).toBe(true);
    expect(containsGold('Naomi and Weisstein', ['Naomi Weisstein'])).toBe(false);
    expect(containsGold('Weisstein', ['Naomi Weisstein'])).toBe(false);
    expect(containsGold('the boys clubs', ["boys' clubs", 'girls'])).toBe(true);
    expect(containsGold('anything', ['the'])).toBe(false);
    expect(containsGold('See passage [3].', ['3'])).toBe(false);
  });
});

describe('firstWordRight', () => {
  it('looks at nothing but the first word', () => {
    expect(firstWordRight('Yes, it does [1].', ['Yes'])).toBe(true);
    expect(firstWordRight('It does, yes [1].', ['Yes'])).toBe(false);
    expect(firstWordRight('Not in the documents.', ['No'])).toBe(false);
    expect(firstWordRight('', ['No'])).toBe(false);
  });
});

describe('tokenF1', () => {
  it('counts shared words as often as both have them', () => {
    // Two of three words here and two of four there: 2 * 2 / (3 + 4).
    expect(tokenF1('red red house', ['red house on hill'])).toBeCloseTo(4 / 7, 12);
    expect(tokenF1('The red house [1].', ['a red house'])).toBe(1);
    expect(tokenF1('blue', ['red', 'blue sky'])).toBeCloseTo(2 / 3, 12);
    expect(tokenF1('', ['red'])).toBe(0);
    expect(tokenF1('red', [])).toBe(0);
  });
});
