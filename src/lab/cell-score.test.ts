import { describe, expect, it } from 'vitest';
import type { Sentence, Source } from '../pipeline/answer.ts';
import { cellMeans, contrasts, scoreCell, type CellMeasure, type CellScore } from './cell-score.ts';
import { cells, type CellAnswer } from './four-cells.ts';
import type { Placed } from './quotes.ts';

const source = (number: number, path: string, start: number): Source => ({
  number,
  passage: { id: `${path}:${start}`, path, start, end: start + 50, context: '', text: 'x', tokens: 9 },
  ...{ documentName: path, part: '' },
});
const sources = [source(3, 'lease.txt', 100), source(1, 'rules.txt', 0)];

const supported = { supported: true } as const;
const sentence = (citations: readonly number[], support: Sentence['support'] = supported): Sentence => ({
  ...{ text: 'x', start: 0, end: 1, citations, support },
});
const answer = (change: Partial<CellAnswer>): CellAnswer => ({
  ...{ text: 'The deposit is 900 euros [3].', sources, sentences: [sentence([3])], removedCitations: [], leftOut: '' },
  ...{ refused: false, stopped: false, promptTokens: 9, writtenTokens: 4, milliseconds: { read: 1, write: 1 } },
  ...change,
});
const refusal = answer({ text: 'Not in the documents.', sentences: [], refused: true });

const asked = (change: Partial<Placed>): Placed => ({
  ...{ id: 'q', question: 'How much is the deposit?', answers: ['900 euros'] },
  wanted: { by: 'spans', places: [{ document: 'lease.txt', start: 120, end: 130 }] },
  ...change,
});
const nothing = asked({ wanted: { by: 'nothing' }, answers: [] });

describe('an answer of a cell', () => {
  it('is right when the words stand in it, cites the evidence, and is in format', () => {
    expect(scoreCell(asked({}), answer({}))).toEqual({
      ...{ correct: 1, cited: 1, inFormat: 1, refusedRight: null, refusedWrong: 0, madeUp: 0 },
    });
    expect(scoreCell(asked({ answers: ['800 euros'] }), answer({}))).toMatchObject({ correct: 0, cited: 1 });
    const documents = asked({ wanted: { by: 'documents', gains: new Map([['rules.txt', 1]]) } });
    expect(scoreCell(documents, answer({}))).toMatchObject({ cited: 0 });
    expect(scoreCell(documents, answer({ sentences: [sentence([1])] }))).toMatchObject({ cited: 1 });
  });

  it('is judged by its first word where the answer is yes or no, and not at all by a whole sentence or none', () => {
    const yesOrNo = asked({ answers: ['No'] });
    expect(scoreCell(yesOrNo, answer({ text: 'No, it is not [3].' })).correct).toBe(1);
    expect(scoreCell(yesOrNo, answer({ text: 'There is no garden [3].' })).correct).toBe(0);
    expect(scoreCell(asked({ answers: [] }), answer({})).correct).toBeNull();
    const long = 'It is nine hundred euros and is paid in three parts.';
    expect(scoreCell(asked({ answers: [long] }), answer({})).correct).toBeNull();
  });

  it('that refuses is right where there is no answer, and wrong where there is one; it makes nothing up', () => {
    expect(scoreCell(nothing, refusal)).toEqual({
      ...{ correct: null, cited: null, inFormat: 1, refusedRight: 1, refusedWrong: null, madeUp: 0 },
    });
    expect(scoreCell(asked({}), refusal)).toMatchObject({ correct: 0, cited: 0, inFormat: 1, refusedWrong: 1 });
    expect(scoreCell(nothing, answer({}))).toMatchObject({ refusedRight: 0 });
  });

  it('is out of format with a sentence that cites nothing, a citation that was removed, or no sentence', () => {
    for (const change of [{ sentences: [sentence([3]), sentence([])] }, { removedCitations: [7] }, { sentences: [] }])
      expect(scoreCell(asked({}), answer(change)).inFormat).toBe(0);
  });

  it('is made up where no passage that was found bears a sentence out, and not where one only was not cited', () => {
    const unsupported = { supported: false, why: 'It stands nowhere.' } as const;
    expect(scoreCell(asked({}), answer({ sentences: [sentence([3], unsupported)] })).madeUp).toBe(1);
    const instead = { ...unsupported, instead: sources[1]! };
    expect(scoreCell(asked({}), answer({ sentences: [sentence([], instead)] })).madeUp).toBe(0);
  });
});

describe('the table', () => {
  const none: CellScore = {
    ...{ correct: null, cited: null, inFormat: null, refusedRight: null, refusedWrong: null, madeUp: null },
  };
  const rows = (measure: CellMeasure, values: readonly (readonly (0 | 1 | null)[])[]) =>
    values.map((four, i) => ({ id: `q${i}`, scores: four.map((value) => ({ ...none, [measure]: value })) }));
  // base alone, tuned alone, base with passages, tuned with passages
  const written = rows('correct', [
    ...Array.from({ length: 8 }, () => [0, 0, 1, 1] as const),
    ...[[0, 1, 0, 1] as const, [null, null, null, null] as const],
  ]);

  it('has the mean of each cell over the questions that speak of it', () => {
    const means = cellMeans('correct', written, cells);
    expect(means.map(({ mean }) => mean)).toEqual([0, 1 / 9, 8 / 9, 1].map((mean) => expect.closeTo(mean, 12)));
    expect(means.every(({ n }) => n === 9)).toBe(true);
    expect(cellMeans('cited', written, cells).every(({ mean, n }) => mean === null && n === 0)).toBe(true);
  });

  it('tells what each switch changes while the other stays, and how sure that is', () => {
    const found = contrasts('correct', written, cells);
    expect(found.map(({ switched, other, figure }) => [switched, other, figure.a, figure.b])).toEqual(
      [
        ['passages', false, 0, 8 / 9],
        ['passages', true, 1 / 9, 1],
        ['tuned', false, 0, 1 / 9],
        ['tuned', true, 8 / 9, 1],
      ].map(([switched, other, a, b]) => [switched, other, expect.closeTo(a as number), expect.closeTo(b as number)]),
    );
    const [passages, , tuned] = found.map(({ figure }) => figure);
    // 8 of 9 pairs differ, all to one side: 2 of 2^8 ways to swap them do as much.
    expect(passages!.p).toBeCloseTo(2 / 2 ** 8);
    expect(tuned!.p).toBe(1);
    expect(passages!.low).toBeLessThan(passages!.difference);
    expect(contrasts('cited', written, cells)).toEqual([]);
  });
});
