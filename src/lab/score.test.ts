import { describe, expect, it } from 'vitest';
import type { Found } from '../pipeline/answer.ts';
import type { Passage } from '../pipeline/document.ts';
import { candidate } from '../../tests/support/candidate.ts';
import type { Placed } from './quotes.ts';
import { averages, score } from './score.ts';

const passage = (path: string, start: number, end: number): Passage => ({
  id: `${path}${start}`,
  path,
  start,
  end,
  context: '',
  text: 'x'.repeat(end - start),
  tokens: 10,
});

function found(passages: readonly Passage[], evidence = 0.9): Found {
  return {
    candidates: passages.map((one) => candidate(one, null)),
    evidence,
    features: { cosine: 0.5, coverage: 0.5, standing: 1, length: 1, size: 1 },
    calibrated: true,
    threshold: 0.5,
    strong: 0.6,
    searched: { passages: passages.length, embedded: 0 },
  };
}

const all = [passage('a', 0, 100), passage('a', 100, 200), passage('b', 0, 100)];

describe('score', () => {
  it('measures spans on the first k passages, ranks on ten', () => {
    const question: Placed = {
      id: 'q',
      question: '?',
      wanted: { by: 'spans', places: [{ document: 'a', start: 90, end: 110 }] },
    };
    const row = score(question, found([all[2]!, all[0]!, all[1]!]), [all[0]!], all, 2);
    expect(row).toMatchObject({ recall: 0.5, precision: 10 / 200, iou: 0.047619, mrr: 0.5 });
    // Half of the span stands in what the model reads.
    expect(row).toMatchObject({ inPrompt: 1, promptRecall: 0.5, promptCharacters: 100 });
    // Both passages that touch the span are relevant; they stand at ranks 2 and 3.
    expect(row.ndcg).toBeCloseTo((1 / Math.log2(3) + 1 / 2) / (1 + 1 / Math.log2(3)), 6);
  });

  it('measures documents by their best passage', () => {
    const question: Placed = {
      id: 'q',
      question: '?',
      wanted: { by: 'documents', gains: new Map([['b', 2]]) },
    };
    const row = score(question, found([all[0]!, all[1]!, all[2]!]), [all[0]!], all, 1);
    expect(row).toMatchObject({ recall: 0, precision: null, iou: null, mrr: 0.5, inPrompt: 0, promptRecall: null });
    expect(row.ndcg).toBeCloseTo(1 / Math.log2(3), 6);
  });

  it('asks nothing of a question without an answer but whether it was refused', () => {
    const question: Placed = { id: 'q', question: '?', wanted: { by: 'nothing' } };
    const row = score(question, found(all, 0.2), [], all, 5);
    expect(row).toMatchObject({ refused: true, recall: null, ndcg: null });
    expect(averages([row])).toMatchObject({ refusedRight: 1, refusedWrong: 0, precision: null });
  });
});
