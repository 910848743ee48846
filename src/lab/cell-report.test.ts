import { expect, it } from 'vitest';
import type { CellScore } from './cell-score.ts';
import { cellReport, type WrittenQuestion } from './cell-report.ts';
import { cells, type CellAnswer } from './four-cells.ts';

const score = (correct: 0 | 1): CellScore => ({
  ...{ correct, cited: 0, inFormat: 1, refusedRight: null, refusedWrong: 0, madeUp: 0 },
});

/** `took`: milliseconds. */
const written = (took: number): readonly WrittenQuestion[] =>
  ['a', 'b', 'c'].map((id) => ({
    ...{ id, question: `What is ${id}?` },
    scores: cells.map(({ passages }) => score(passages ? 1 : 0)),
    answers: cells.map((_, i): CellAnswer => ({
      ...{
        text: `Answer ${i}.`,
        sources: [],
        sentences: [],
        removedCitations: [],
        leftOut: '',
        refused: false,
        stopped: false,
      },
      ...{ promptTokens: 10 * i, writtenTokens: 3, milliseconds: { read: took, write: took } },
    })),
  }));

it('holds the means, what each switch changes and every answer, and no times', () => {
  const text = cellReport({ embedder: 'small' }, written(1), [{ id: 'd', why: 'It is gone.' }]);
  expect(cellReport({ embedder: 'small' }, written(77), [{ id: 'd', why: 'It is gone.' }])).toBe(text);
  const report = JSON.parse(text) as {
    measured: { measure: string; cells: { mean: number; n: number }[]; contrasts: { figure: { p: number } }[] }[];
    questions: { id: string; answers: { text: string; promptTokens: number; score: CellScore }[] }[];
    leftOut: unknown[];
  };
  const correct = report.measured.find(({ measure }) => measure === 'correct')!;
  expect(correct.cells.map(({ mean, n }) => [mean, n])).toEqual([
    [0, 3],
    [0, 3],
    [1, 3],
    [1, 3],
  ]);
  expect(correct.contrasts.map(({ figure }) => figure.p)).toEqual([0.25, 0.25, 1, 1]);
  expect(report.questions.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(report.questions[1]!.answers[2]).toMatchObject({ text: 'Answer 2.', promptTokens: 20, passages: true });
  expect(report.leftOut).toHaveLength(1);
});
