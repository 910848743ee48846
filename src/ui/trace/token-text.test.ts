import { expect, it } from 'vitest';
import { probabilityText, tokenTelling, visibleToken } from './token-text.ts';

it('writes probabilities so that sure and nearly sure differ', () => {
  expect([1, 0.9996, 0.996, 0.84, 0.0991, 0.004, 0.0004, 0].map(probabilityText)).toEqual([
    ...['> 99.9 %', '> 99.9 %', '99.6 %', '84 %', '9.9 %', '0.4 %', '< 0.1 %', '< 0.1 %'],
  ]);
});

it('shows white space and the end', () => {
  const visible = (text: string, ends = false) => visibleToken({ text, ends });
  expect([visible(' euros'), visible('\n'), visible('.')]).toEqual(['·euros', '↵', '.']);
  expect([visible('', true), visible('')]).toEqual(['end of the answer', 'another control token']);
});

it('tells a token, how sure it was and what came next', () => {
  const likeliest = [
    { id: 1, text: ' 900', ends: false, probability: 0.84 },
    { id: 2, text: ' 800', ends: false, probability: 0.1 },
  ];
  expect(tokenTelling({ ...likeliest[0]!, entropy: 0.9, likeliest })).toBe(
    '“·900”: 84 %, entropy 0.90 bits; next likeliest “·800”, 10 %',
  );
});
