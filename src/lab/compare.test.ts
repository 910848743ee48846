import { describe, expect, it } from 'vitest';
import { compareRows, differing, gain } from './compare.ts';
import type { Row } from './score.ts';

const nothing = { recall: null, precision: null, iou: null, mrr: null, ndcg: null, inPrompt: null, promptRecall: null };

const row = (id: string, ndcg: number | null, refused = false): Row => ({
  ...nothing,
  id,
  evidence: 0.5,
  features: { cosine: null, coverage: 0, standing: 0, length: 0, size: 0 },
  refused,
  ...(ndcg === null ? {} : { recall: Number(ndcg > 0), mrr: ndcg, ndcg, inPrompt: Number(ndcg > 0) }),
  promptCharacters: 0,
});

describe('two settings on the same questions', () => {
  const a = [row('1', 0.5), row('2', 0), row('3', 1, true), row('4', null, true)];
  const b = [row('1', 1), row('2', 0.5), row('3', 1), row('4', null)];

  it('gives means, difference and how sure it is, each over the questions that it speaks of', () => {
    const figures = new Map(compareRows(a, b).map((figure) => [figure.measure, figure]));
    expect([...figures.keys()]).toEqual(['recall', 'mrr', 'ndcg', 'inPrompt', 'refusedWrong', 'refusedRight']);
    const ndcg = figures.get('ndcg')!;
    expect(ndcg).toMatchObject({ a: 0.5, n: 3, p: 0.5 });
    expect(ndcg.difference).toBeCloseTo(1 / 3, 12);
    expect(ndcg.low).toBeGreaterThanOrEqual(0);
    expect(ndcg.high).toBeLessThanOrEqual(0.5);
    expect(figures.get('refusedWrong')).toMatchObject({ b: 0, n: 3 });
    expect(figures.get('refusedRight')).toMatchObject({ a: 1, b: 0, difference: -1, n: 1, p: 1 });
  });

  it('leaves out what no question speaks of', () => {
    expect(compareRows([a[3]!], [b[3]!]).map(({ measure }) => measure)).toEqual(['refusedRight']);
    expect(compareRows([], [])).toEqual([]);
  });

  it('lists the questions that they do not treat alike, the greatest difference first', () => {
    const found = differing(a, b);
    expect(found.map(({ a }) => a.id)).toEqual(['2', '4', '1', '3']);
    expect(found.map(gain)).toEqual([1.5, -1, 0.5, 0]);
    expect(differing(a, a)).toEqual([]);
  });

  it('refuses rows of other questions', () => {
    expect(() => compareRows(a, b.slice(1))).toThrow('the same questions');
    expect(() => compareRows(a.slice(1), b.slice(0, 3))).toThrow('Question 2 stands beside question 1.');
  });
});
