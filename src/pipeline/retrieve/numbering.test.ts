import { expect, it } from 'vitest';
import type { Passage } from '../document.ts';
import { numbering } from './numbering.ts';

const passages = (...ids: string[]): Passage[] =>
  ids.map((id) => ({ id, path: 'a.txt', start: 0, end: 1, context: '', text: id, tokens: 3 }));

it('counts from 1 where nothing has a number yet', () => {
  expect(numbering(passages('a', 'b', 'c'))).toEqual([1, 2, 3]);
});

it('leaves a passage its number, and gives a new one a number that none had', () => {
  const earlier = new Map([
    ['b', 2],
    ['a', 1],
  ]);
  expect(numbering(passages('c', 'a', 'd'), earlier)).toEqual([3, 1, 4]);
});

it('takes the number of what was used longest ago when all nine are taken', () => {
  const earlier = new Map([...'abcdefghi'].map((id, i) => [id, i + 1] as const));
  expect(numbering(passages('x', 'i', 'y'), earlier)).toEqual([8, 9, 7]);
});
