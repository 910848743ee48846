import { describe, expect, it } from 'vitest';
import { impliedNumbers, quantitiesOf } from './quantities.ts';

const read = (text: string) => quantitiesOf(text).map(({ value, unit }) => [value, unit].filter(Boolean).join(' '));

describe('quantitiesOf', () => {
  it.each([
    ['1,250 and 1 250 and 1.250,50 and 1,250.50', ['1250', '1', '250', '1250.5', '1250.5']],
    ['1\u00a0250 people', ['1250']],
    ['007', ['7']],
    ['5 km, 5km and 5-kilometre', ['5 km', '5 km', '5 km']],
    ['5 miles', ['5 miles']],
    ['40 per cent, 40% and 40 percent', ['40 %', '40 %', '40 %']],
    ['$5, 5 dollars and US$5', ['5 dollars', '5 dollars', '5 dollars']],
    ['€5 and 5 euros', ['5 euros', '5 euros']],
    ['3 square miles and 3 miles²', ['3 square miles', '3 square miles']],
    ['a 40-year-old', ['40 years']],
    ['$2.5 million', ['2500000 dollars']],
    ['three months’ notice', ['3 months']],
    ['twenty-one, two hundred and five, a hundred', ['21', '205', '100']],
    ['two million three hundred thousand', ['2300000']],
    ['five, six and seven', ['5', '6', '7']],
    ['one of them', []],
  ])('reads %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('knows what a passage says in another form', () => {
    expect(impliedNumbers('the third of them, World War II, 1997–98')).toEqual(
      expect.arrayContaining(['3', '2', '1998']),
    );
  });
});
