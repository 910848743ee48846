import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerRow } from '../../../tests/support/answer-row.ts';
import { compare, compareReports, comparisonLines } from './compare.ts';

const rows = (contains: readonly number[]) =>
  contains.map((score, i) => answerRow({ id: `s/${i}`, scores: { contains: score } }));

describe('compare', () => {
  it('takes the questions that stand in both, whatever their order', () => {
    const a = rows([0, 0, 1, 1]);
    const b = [...rows([1, 0, 1])].reverse();
    const { common, onlyA, onlyB, answers } = compare(a, b);
    expect({ common, onlyA, onlyB }).toEqual({ common: 3, onlyA: 1, onlyB: 0 });
    expect(answers.contains).toMatchObject({ a: 0.333333, b: 0.666667, difference: 0.333333, n: 3 });
    expect(() => compare(a, [answerRow({ id: 'other/1' })])).toThrow('no question in common');
  });

  it('knows that a difference is none where every answer is the same', () => {
    const { answers } = compare(rows([0, 1, 1]), rows([0, 1, 1]));
    expect(answers.contains).toEqual({ a: 0.666667, b: 0.666667, difference: 0, low: 0, high: 0, n: 3 });
  });

  it('compares shares of sentences of which either side wrote other ones', () => {
    const a = [answerRow({ id: 's/1', checked: ['No.', null] }), answerRow({ id: 's/2', refused: true })];
    const b = [answerRow({ id: 's/1', checked: [null] }), answerRow({ id: 's/2', checked: ['No.', null, null] })];
    expect(compare(a, b).answers.unsupported).toMatchObject({ a: 0.5, b: 0.25, difference: -0.25, n: 2 });
    // One side alone has nothing to compare.
    expect(compare([a[1]!], [b[1]!]).answers.unsupported).toBeUndefined();
  });

  it('says a line a measure', () => {
    const figure = { a: 0.205, b: 0.432, difference: 0.227, low: 0.18, high: 0.274, n: 412 };
    expect(comparisonLines({ contains: figure })).toEqual([
      'contains              0.205  0.432  +0.227  (+0.180 to +0.274)  n 412',
    ]);
  });
});

describe('compareReports', () => {
  let folder = '';
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  it('reads two reports and writes what it found, and refuses a report on the search', async () => {
    folder = await mkdtemp(join(tmpdir(), 'carrel-compare-'));
    const [a, b, search, out] = ['a', 'b', 'search', 'out'].map((name) => join(folder, `${name}.json`)) as [
      string,
      string,
      string,
      string,
    ];
    await writeFile(a, JSON.stringify({ byKind: {}, rows: rows([0, 1]) }));
    await writeFile(b, JSON.stringify({ byKind: {}, rows: rows([1, 1]) }));
    await writeFile(search, JSON.stringify({ rows: [{ id: 's/1', recall: 1 }] }));
    const said: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => said.push(line));
    await compareReports([a, b], out);
    expect(said.join('\n')).toContain('2 questions in both');
    expect(JSON.parse(await readFile(out, 'utf8'))).toMatchObject({
      common: 2,
      answers: { contains: { a: 0.5, b: 1 } },
    });
    await expect(compareReports([a, search], undefined)).rejects.toThrow('is no report on answers');
    await expect(compareReports([a], undefined)).rejects.toThrow('which two');
  });
});
