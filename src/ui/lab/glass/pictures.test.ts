import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { stageIds, type StageId } from '../../../lab/stages.ts';
import type { GlassRun, StageRun } from '../../../library/glass-box.ts';
import type { Ranked } from '../../../pipeline/retrieve/rank.ts';
import { movedBy, movedText, slopeCsv, slopeDrawing, slopeSvg } from './slope-picture.ts';
import { longestOf, timesCsv, timesDrawing, timesSvg } from './times-picture.ts';
import { firstNumbers, normOf, vectorDrawing } from './vector-picture.ts';

const read = (text: string) => Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;

/** The i-th after fusion; by words in the reverse order, by meaning only the even ones. */
const ordered = Array.from({ length: 14 }, (_, i): Ranked => {
  const passage = { id: String(i), path: 'a<b>.txt', start: 0, end: 9, context: '', text: `text ${i}`, tokens: 4 };
  const scores = { keywordScore: 2, terms: [], cosine: 0.5, fused: 1 - i / 20 };
  return { passage, keywordRank: 14 - i, vectorRank: i % 2 === 0 ? i / 2 + 1 : null, ...scores };
});
const moved = movedBy(
  ordered,
  new Map([
    ['0', 1],
    ['12', 2],
  ]),
  ({ path }) => path,
);

describe('the picture of fusion', () => {
  it('has the first ten and what was kept, with a line from each rank that there is', () => {
    expect(moved.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13]);
    const { shapes } = slopeDrawing(moved, 400);
    const lines = shapes.filter(({ kind }) => kind === 'line');
    expect(lines).toHaveLength(11 + 6);
    const thick = lines.flatMap((one) => (one.kind === 'line' && one.width === 2.5 ? [one] : []));
    expect(thick).toHaveLength(4);
    // By words the 14th, beyond those drawn by rank; after fusion the first.
    expect(thick[0]!.from[1]).toBeGreaterThan(thick[0]!.to[1]);
    expect(shapes.every((one) => !('at' in one) || (one.at[0] >= 0 && one.at[0] <= 400))).toBe(true);
  });

  it('draws no two passages in one place of a column', () => {
    const marks = slopeDrawing(moved, 400).shapes.flatMap((one) => (one.kind === 'mark' ? [one.at.join()] : []));
    expect(new Set(marks).size).toBe(marks.length);
  });

  it('says the same in words, as a file and as a table', () => {
    expect(movedText(moved[1]!)).toBe('2: a<b>.txt; by words 13, not found by meaning');
    expect(movedText(moved[10]!)).toBe('13: a<b>.txt; by words 2, by meaning 7; kept as [2]');
    const svg = slopeSvg('How "much"?', moved);
    expect(svg).toContain('For “How &quot;much&quot;?”.');
    expect(svg).not.toContain('a<b>');
    expect(read(slopeCsv(moved))[1]).toMatchObject({ rank: '2', keyword_rank: '13', vector_rank: '', kept_as: '' });
  });
});

const runOf = (milliseconds: (id: StageId) => number, ran: readonly StageId[]): GlassRun =>
  ({
    ran: new Set(ran),
    stages: Object.fromEntries(
      stageIds.map((id) => [id, { outcome: null, milliseconds: milliseconds(id) } as unknown as StageRun]),
    ),
  }) as unknown as GlassRun;

describe('the picture of the times', () => {
  const first = runOf((id) => (id === 'write' ? 400 : 20), stageIds);
  const run = runOf((id) => (id === 'write' ? 200 : 20), ['write', 'check']);

  it('has all bars on one scale, and the old ones where a stage ran again', () => {
    expect(longestOf(first, run)).toBe(400);
    const bars = timesDrawing(first, run, 700).shapes.flatMap((one) => (one.kind === 'bar' ? [one] : []));
    expect(bars).toHaveLength(stageIds.length + 2);
    const [writing, before] = bars.filter(({ width }) => width > 50);
    expect(before!.width).toBeCloseTo(2 * writing!.width, 6);
    expect([writing!.ink, before!.ink]).toEqual(['accent', 'edge']);
  });

  it('says which were kept, in the file and in the table', () => {
    expect(timesSvg('Why?', first, run)).toContain('Writing: 200 ms; before: 400 ms.');
    expect(timesSvg('Why?', first, run)).toContain('Prompt: kept: 20 ms.');
    const rows = read(timesCsv(first, run));
    expect(rows.map(({ stage, ran }) => [stage, ran])).toEqual(
      stageIds.map((id) => [id, id === 'write' || id === 'check' ? 'yes' : 'no']),
    );
    expect(rows[11]).toMatchObject({ milliseconds: '200', first_milliseconds: '400' });
  });
});

describe('the picture of a vector', () => {
  it('has a bar for each number, up or down, the largest as high as there is room', () => {
    const { shapes, height } = vectorDrawing([0.5, -1, 0], 300);
    const bars = shapes.flatMap((one) => (one.kind === 'bar' ? [one] : []));
    expect(bars.map(({ ink }) => ink)).toEqual(['towards', 'against', 'towards']);
    expect(bars[1]!.height).toBe(height / 2 - 1);
    expect(bars[0]!.at[1] + bars[0]!.height).toBe(bars[1]!.at[1]);
  });

  it('is told in numbers', () => {
    expect(firstNumbers([0.1, -0.25, 0.5], 2)).toBe('0.1000, −0.2500, …');
    expect(normOf([0.6, -0.8])).toBeCloseTo(1, 12);
  });
});
