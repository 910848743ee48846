/** What is in the files that the lab saves: each is well-formed, and the table has the numbers that the picture shows. */
import Papa from 'papaparse';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { compareRows } from '../../lab/compare.ts';
import type { CellScore } from '../../lab/cell-score.ts';
import type { Row } from '../../lab/score.ts';
import { evidenceCsv, evidenceSvg } from '../trace/evidence-picture.ts';
import { cellCsv, cellRows, cellSvg, cellText } from './cell-picture.ts';
import { differenceCsv, differenceSvg, differenceText } from './difference-picture.ts';
import { lengthsCsv, lengthsSvg, lengthsText } from './lengths-picture.ts';
import { termSharesCsv, termSharesSvg, tokenSharesCsv, tokenSharesSvg } from './share-picture.ts';
import type { SharedToken } from './shared-tokens.ts';
import { verdict } from './trial-text.ts';

function table(text: string): Record<string, string>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return data;
}

/** The words of its description. */
function described(svg: string): string {
  expect(() => new SaxesParser().write(svg).close()).not.toThrow();
  return /<desc[^>]*>([^<]*)</.exec(svg)![1]!;
}

const row = (id: string, ndcg: number): Row => ({
  ...{ id, evidence: 0.5, refused: false, recall: ndcg, precision: 1, iou: 1, mrr: ndcg, ndcg, inPrompt: 1 },
  ...{ promptRecall: 1, promptCharacters: 10 },
  features: { cosine: 0.5, coverage: 1, standing: 1, length: 1, size: 1 },
});

describe('two settings compared, as files', () => {
  const [a, b] = [[0.5, 0.5, 1, 1].map((n, i) => row(`q${i}`, n)), [0, 0.25, 0.5, 1].map((n, i) => row(`q${i}`, n))];
  const figures = compareRows(a, b);
  const rows = figures.map((figure) => ({ name: figure.measure, figure, so: verdict(figure) }));
  const differences = { sides: ['A', 'B'] as const, rows };

  it('have a row for each measure with what the table shows', () => {
    expect(table(differenceCsv(differences)).find(({ of }) => of === 'ndcg')).toEqual({
      ...{ of: 'ndcg', a_is: 'A', b_is: 'B', a: '0.75', b: '0.4375', difference: '-0.3125' },
      ...{ low: '-0.5', high: '-0.125', p: '0.25', n: '4', so: 'Could be chance' },
    });
    expect(described(differenceSvg('Compared', differences))).toContain(
      'ndcg: A .750, B .438, difference −.313, 95% interval −.500 to −.125, p .250, n 4. Could be chance.',
    );
    expect(differenceText(differences)).toHaveLength(rows.length + 2);
  });
});

describe('the four cells, as files', () => {
  const score = (correct: 0 | 1): CellScore => ({
    ...{ correct, cited: 0, inFormat: 1, refusedRight: null, refusedWrong: 0, madeUp: 0 },
  });
  const questions = [
    { id: 'a', scores: [score(0), score(0), score(1), score(1)] },
    { id: 'b', scores: [score(0), score(0), score(0), score(1)] },
  ];
  const rows = cellRows(questions);

  it('leave out what no question speaks of, and have four rows for each of the others', () => {
    expect(rows.map(({ measure }) => measure)).toEqual(['correct', 'cited', 'inFormat', 'refusedWrong', 'madeUp']);
    const correct = table(cellCsv(rows)).filter(({ measure }) => measure === 'correct');
    expect(correct).toEqual([
      { measure: 'correct', model: 'base', passages: 'without', mean: '0', low: '0', high: '0', n: '2' },
      { measure: 'correct', model: 'fine-tuned', passages: 'without', mean: '0', low: '0', high: '0', n: '2' },
      { measure: 'correct', model: 'base', passages: 'with', mean: '0.5', low: '0', high: '1', n: '2' },
      { measure: 'correct', model: 'fine-tuned', passages: 'with', mean: '1', low: '1', high: '1', n: '2' },
    ]);
    expect(cellText(rows)[0]).toContain('Fine-tuned model, with passages 1.000 (1.000 to 1.000); n 2.');
    const svg = cellSvg(rows);
    expect(described(svg)).toContain('Base model, with passages .500 (.000 to 1.000)');
    // Four in the legend, four for each measure.
    expect(svg.match(/<path/g)).toHaveLength(4 + 4 * rows.length);
  });
});

describe('the shares of a score, as files', () => {
  const token = (text: string, share: number): SharedToken => ({
    ...{ token: { id: 1, text, kind: 'word' } as unknown as SharedToken['token'], where: 'text', shown: text, gap: '' },
    share,
  });
  const of = { place: 'a.txt', question: 'Is it <so>?' };

  it('have a row and a bar for each token, none of them a formula', () => {
    const tokens = [token('=cat', 0.3), token('on', -0.1)];
    expect(table(tokenSharesCsv(tokens, 0.2))).toEqual([
      { number: '1', token: "'=cat", stands_in: 'text', share: '0.3', of_the_cosine: '1.5' },
      { number: '2', token: 'on', stands_in: 'text', share: '-0.1', of_the_cosine: '-0.5' },
    ]);
    const svg = tokenSharesSvg(of, tokens, 0.2);
    expect(described(svg)).toContain('a.txt, for “Is it &lt;so&gt;?”.');
    expect(svg).toContain('>+0.3000<');
    expect(svg).toContain('>−0.1000<');
  });

  it('have a row and a bar for each term, those that the passage lacks as well', () => {
    const term = { inText: 1, inContext: 0, frequency: 3, content: true, idf: 1.5, weight: 1.5, saturation: 2 };
    const words = {
      ...{ score: 3, passages: 9, length: 10, meanLength: 11 },
      terms: [
        { ...term, term: 'palac', share: 3 },
        { ...term, term: 'lamp', inText: 0, share: 0 },
      ],
    };
    expect(table(termSharesCsv(words)).map((one) => [one['term'], one['share'], one['of_the_score']])).toEqual([
      ['palac', '3', '1'],
      ['lamp', '0', '0'],
    ]);
    const svg = termSharesSvg(of, words);
    expect(described(svg)).toContain('2 shares that add up to 3.000000');
    expect(svg).toContain('>lamp<');
  });
});

it('the lengths of passages, as files, count every passage', () => {
  const lengths = {
    ...{
      bins: [
        { from: 0, to: 16, count: 2 },
        { from: 16, to: 32, count: 0 },
        { from: 32, to: 48, count: 5 },
      ],
    },
    limit: 208,
  };
  expect(table(lengthsCsv(lengths)).map((one) => Object.values(one))).toEqual([
    ...[
      ['0', '15', '2'],
      ['16', '31', '0'],
      ['32', '47', '5'],
    ],
  ]);
  expect(lengthsText(lengths)).toContain('0 to 15: 2; 32 to 47: 5. The limit set is 208.');
  expect(described(lengthsSvg(lengths))).toBe(lengthsText(lengths));
});

it('the evidence, as files, says on which side of the threshold it is', () => {
  const weighed = {
    ...{ question: 'Why?', evidence: 0.42, threshold: 0.6, calibrated: true },
    features: { cosine: null, coverage: 0.5, standing: 2, length: 1, size: 3 },
  };
  expect(described(evidenceSvg(weighed))).toContain('0.42 of 1, the threshold 0.60: below it');
  expect(table(evidenceCsv(weighed))).toEqual([
    {
      ...{ question: 'Why?', evidence: '0.42', threshold: '0.6', calibrated: 'yes', cosine: '', coverage: '0.5' },
      ...{ standing: '2', length: '1', size: '3' },
    },
  ]);
});
