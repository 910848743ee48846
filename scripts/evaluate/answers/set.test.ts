import { expect, it } from 'vitest';
import type { Question } from '../../../src/lab/question.ts';
import type { QuestionSet } from '../questions.ts';
import { searchedSet } from './set.ts';

const question = (id: string): Question => ({ id, question: '?', wanted: { by: 'nothing' }, answers: [] });
const ids = Array.from({ length: 50 }, (_, i) => `q${i}`);
const pools: QuestionSet = [
  { sources: [], questions: ids.slice(0, 25).map(question) },
  { sources: [], questions: ids.slice(25).map(question) },
];

const asked = (set: ReturnType<typeof searchedSet>) => {
  if (set.passages !== 'own') throw new Error('These are searched for.');
  return { order: set.order, pools: set.pools.map(({ questions }) => questions.map(({ id }) => id)) };
};

it('asks the first so many, and no pool that has none of them', () => {
  expect(asked(searchedSet(pools, { most: 2 }))).toEqual({ order: ['q0', 'q1'], pools: [['q0', 'q1']] });
  expect(asked(searchedSet(pools, { most: Infinity })).order).toEqual(ids);
});

it('chooses the same twenty by the same seed, from all of them', () => {
  const { order, pools: of } = asked(searchedSet(pools, { most: Infinity, twenty: '1' }));
  expect(new Set(order).size).toBe(20);
  expect(of.flat().sort()).toEqual([...order].sort());
  expect(of).toHaveLength(2);
  expect(asked(searchedSet(pools, { most: Infinity, twenty: '1' })).order).toEqual(order);
  expect(asked(searchedSet(pools, { most: Infinity, twenty: '2' })).order).not.toEqual(order);
});
