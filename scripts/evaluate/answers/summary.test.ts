import { describe, expect, it } from 'vitest';
import { answerRow } from '../../../tests/support/answer-row.ts';
import { summaries, summaryLines, summaryOf } from './summary.ts';

const right = answerRow({ id: 's/1', checked: [null, 'No.'], scores: { contains: 1, citation_recall: 1 } });
const wrong = answerRow({ id: 's/2', checked: [null], scores: { contains: 0, citation_recall: 0 } });
const refused = answerRow({ id: 's/3', refused: true, scores: { contains: 0, citation_recall: 0 } });
const sentence = answerRow({ id: 't/1', source: 't', kind: 'sentence', checked: ['No.'], scores: { f1: 0.5 } });
const none = answerRow({ id: 't/2', source: 't', kind: 'none', refused: true });
const answered = answerRow({ id: 't/3', source: 't', kind: 'none', checked: [null] });
const all = [right, wrong, refused, sentence, none, answered];

const values = (rows: Parameters<typeof summaryOf>[0]) =>
  Object.fromEntries(Object.entries(summaryOf(rows)).map(([name, { value, n }]) => [name, [value, n]]));

describe('summaryOf', () => {
  it('counts answers, and sentences where it is sentences that are wrong', () => {
    expect(values(all)).toEqual({
      contains: [0.333333, 3],
      f1: [0.5, 1],
      citation_recall: [0.333333, 3],
      refused_right: [0.5, 2],
      refused_wrong: [0.25, 4],
      // Two of five sentences are marked.
      unsupported: [0.4, 5],
      // Of three sentences of spans one is marked, and one stands in a wrong answer.
      unsupported_or_wrong: [0.666667, 3],
      // Of the two that are not marked one is wrong.
      wrong_unmarked: [0.5, 2],
    });
  });

  it('gives each figure an interval around it', () => {
    const { low, value, high } = summaryOf(all).refused_wrong!;
    expect(low).toBe(0);
    expect(value).toBe(0.25);
    expect(high).toBeGreaterThanOrEqual(0.5);
  });

  it('says nothing of what no row measures', () => {
    expect(summaryOf([])).toEqual({});
    expect(summaryLines(summaryOf([none]))).toEqual(['refused_right         1.000  (1.000 to 1.000)  n 1']);
  });
});

describe('summaries', () => {
  it('go by kind, and by source where there are several', () => {
    const { answers, byKind, bySource } = summaries(all);
    expect(answers).toEqual(summaryOf(all));
    expect(Object.keys(byKind)).toEqual(['none', 'sentence', 'span']);
    expect(bySource['t']).toEqual(summaryOf([sentence, none, answered]));
    expect(summaries([right, wrong]).bySource).toEqual({});
  });
});
