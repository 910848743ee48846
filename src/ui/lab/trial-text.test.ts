import { describe, expect, it } from 'vitest';
import type { Figure } from '../../lab/compare.ts';
import type { Row } from '../../lab/score.ts';
import { outcome, share, signed, verdict } from './trial-text.ts';

const figure: Figure = { measure: 'ndcg', a: 0.5, b: 0.6, difference: 0.1, low: 0.02, high: 0.2, p: 0.01, n: 40 };
const row = (some: Partial<Row>) => ({ recall: 1, mrr: 0.5, inPrompt: 1, refused: false, ...some }) as Row;

describe('what is said of two settings', () => {
  it('calls a difference one only where chance is unlikely, and fewer wrong refusals better', () => {
    expect(verdict(figure)).toBe('B is better');
    expect(verdict({ ...figure, difference: -0.1 })).toBe('A is better');
    expect(verdict({ ...figure, measure: 'refusedWrong' })).toBe('A is better');
    expect(verdict({ ...figure, p: 0.05 })).toBe('Could be chance');
    expect(verdict({ ...figure, difference: 0, p: 1 })).toBe('The same');
  });

  it('writes shares without the nought, differences with their sign', () => {
    expect([share(0.714), share(1), share(0)]).toEqual(['.714', '1.000', '.000']);
    expect([signed(0.0421), signed(-0.0421), signed(0.0001), signed(-1)]).toEqual(['+.042', '−.042', '.000', '−1.000']);
  });

  it('tells what became of a question', () => {
    expect(outcome(row({}))).toBe('found in place 2, in the prompt');
    expect(outcome(row({ mrr: 1 / 3, inPrompt: 0.5, refused: true }))).toBe(
      'found in place 3, partly in the prompt, refused',
    );
    expect(outcome(row({ mrr: 0, inPrompt: 0 }))).toBe('not among the first ten, not in the prompt');
    expect(outcome(row({ recall: null, refused: true }))).toBe('refused, rightly');
    expect(outcome(row({ recall: null }))).toBe('not refused');
  });
});
