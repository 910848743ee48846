import { describe, expect, it } from 'vitest';
import { datesOf, saysDate, timesOf } from './dates.ts';

const read = (text: string) => datesOf(text).map(({ year, month, day }) => [year, month, day]);
const says = (passage: string, sentence: string) =>
  saysDate(datesOf(passage), new Set(passage.match(/\d+/g)), datesOf(sentence)[0]!);

describe('datesOf', () => {
  it.each([
    ['12 March 2020', [[2020, 3, 12]]],
    ['March 12th, 2020', [[2020, 3, 12]]],
    ['the 12th of March, 2020', [[2020, 3, 12]]],
    ['2020-03-12', [[2020, 3, 12]]],
    ['12.03.2020', [[2020, 3, 12]]],
    ['25/12/2020', [[2020, 12, 25]]],
    ['12/25/2020', [[2020, 12, 25]]],
    ['March 2020', [[2020, 3, null]]],
    ['Sept. 4', [[null, 9, 4]]],
    [
      '12–27 August 2011',
      [
        [2011, 8, 27],
        [2011, 8, 12],
      ],
    ],
    [
      'June 12 to 15',
      [
        [null, 6, 12],
        [null, 6, 15],
      ],
    ],
    ['In May they may go in 2020', [[null, 5, null]]],
    ['May we go? They may march.', []],
    ['the first Monday of October', [[null, 10, null]]],
    ['2020-13-01 and 2020-12-41', []],
  ])('reads %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('saysDate', () => {
  it.each([
    ['On March 12th, 2020 it rained.', '12 March 2020', true],
    ['On 2020-03-12 it rained.', '12 March 2020', true],
    ['On 2020-03-12 it rained.', 'March 2020', true],
    ['In 2020 much happened: on 12 March it rained.', '12 March 2020', true],
    ['It rained in March 2020.', '12 March 2020', false],
    ['On 3 December 2020 it rained.', '12 March 2020', false],
    ['On 12 March 2021 it rained.', '12 March 2020', false],
    ['On 03/12/2020 it rained.', '12 March 2020', true],
  ])('%j says %j: %j', (passage, sentence, expected) => {
    expect(says(passage, sentence)).toBe(expected);
  });
});

describe('timesOf', () => {
  it.each([
    ['8 am', [480]],
    ['8:00 p.m.', [1200]],
    ['20:15', [1215]],
    ['8:15', [495, 1215]],
    ['12 am', [0]],
    ['8 ambulances', undefined],
    ['1.5 million', undefined],
  ])('reads %j', (text, expected) => {
    expect(timesOf(text)[0]?.readings).toEqual(expected);
  });
});
