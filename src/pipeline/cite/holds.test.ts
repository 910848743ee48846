import { describe, expect, it } from 'vitest';
import { findQuantity, holdsName, holdsQuote } from './holds.ts';
import { quantitiesOf } from './quantities.ts';
import { readingOf } from './reading.ts';

const reading = (text: string, context = '') => readingOf({ number: 1, context, text });
const quantity = (passage: string, said: string) => findQuantity(reading(passage), quantitiesOf(said)[0]!);

describe('findQuantity', () => {
  it.each([
    ['The way is 5 miles.', '5 km', { found: false, otherUnit: 'miles' }],
    ['The way is 5 miles.', '5', { found: true }],
    ['The way is 5 long.', '5 km', { found: true }],
    ['Two thirds of 1,250 people.', '1250', { found: true }],
    ['It came third.', '3', { found: true }],
    ['In millions of dollars: 12.5 in 2019', '$12.5 million', { found: true }],
    ['12.5 in 2019', '$12.5 million', { found: false, otherUnit: '' }],
    ['It is 2.5 million.', '2.5 billion', { found: false, otherUnit: '' }],
  ])('%j, %j', (passage, said, expected) => {
    expect(quantity(passage, said)).toEqual(expected);
  });
});

describe('holdsName', () => {
  it.each([
    ['An old American came.', 'America', true],
    ['The United States of America.', 'USA', true],
    ['Maria came.', 'Mario', false],
    ['Text to speech is read aloud.', 'Text-to-Speech', true],
  ])('%j, %j', (passage, name, expected) => {
    expect(holdsName(reading(passage), name)).toBe(expected);
  });
  it('finds it in the context too', () => {
    expect(holdsName(reading('She was born here.', 'Ada Lovelace'), 'Lovelace')).toBe(true);
  });
});

describe('holdsQuote', () => {
  it.each([
    ['It is a “fair  sum”.', 'fair sum,', true],
    ['It is a fair and just sum.', 'fair … sum', true],
    ['It’s fair.', "It's fair", true],
    ['It is a fair sum.', 'huge sum', false],
  ])('%j, %j', (passage, quote, expected) => {
    expect(holdsQuote(reading(passage), quote)).toBe(expected);
  });
});
