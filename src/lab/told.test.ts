import { expect, it } from 'vitest';
import type { CellScore } from './cell-score.ts';
import type { CellAnswer } from './four-cells.ts';
import { arms, toldDifference, toldReport, type ToldQuestion } from './told.ts';

const answer = (text: string, promptTokens: number): CellAnswer => ({
  ...{ text, promptTokens, sources: [], sentences: [], removedCitations: [], leftOut: '' },
  ...{ refused: false, stopped: false, writtenTokens: 3, milliseconds: { read: 900, write: 90 } },
});
const score = (correct: 0 | 1 | null, inFormat: 0 | 1): CellScore => ({
  ...{ correct, inFormat, cited: null, refusedRight: null, refusedWrong: null, madeUp: 0 },
});
const questions: readonly ToldQuestion[] = [1, 2].map((n) => ({
  ...{ id: `q${n}`, question: 'How much?' },
  answers: [answer('It is 8.', 500 + n), answer('8 [1].', 200)],
  scores: [score(n === 1 ? 0 : null, 0), score(n === 1 ? 1 : null, 1)],
}));

it('compares the base model told at length with the tuned one in short, question by question', () => {
  expect(arms.map(({ tuned, wording }) => `${tuned} ${wording}`)).toEqual(['false instruction', 'true training']);
  expect(toldDifference('promptTokens', questions)).toMatchObject({ a: 501.5, b: 200, difference: -301.5, n: 2 });
  expect(toldDifference('inFormat', questions)).toMatchObject({ a: 0, b: 1, difference: 1, n: 2 });
  expect(toldDifference('correct', questions)).toMatchObject({ difference: 1, n: 1 });
  expect(toldDifference('refusedRight', questions)).toBeNull();
});

it('reports every answer, and no times', () => {
  const report = toldReport({ passages: 'given' }, questions);
  expect(report).toBe(toldReport({ passages: 'given' }, questions));
  expect(report).not.toContain('milliseconds');
  expect(JSON.parse(report)).toMatchObject({
    questions: [
      {
        id: 'q1',
        answers: [
          { tuned: false, promptTokens: 501 },
          { tuned: true, text: '8 [1].' },
        ],
      },
      {},
    ],
  });
});
