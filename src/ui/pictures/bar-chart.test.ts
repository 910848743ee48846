import { describe, expect, it } from 'vitest';
import { barChart, type Bar } from './bar-chart.ts';
import { columnChart } from './column-chart.ts';

const bar = (label: string, value: number): Bar => ({ label, value, text: String(value), ink: 'towards' });

describe('bars', () => {
  it('begin at 0 and go to either side, as long as their values', () => {
    const { shapes, width } = barChart([bar('a', 2), bar('b', -1), bar('c', 0)], 400);
    const bars = shapes.flatMap((one) => (one.kind === 'bar' ? [one] : []));
    const zero = shapes.find((one) => one.kind === 'line')!.from[0];
    expect(bars[0]!.at[0]).toBeCloseTo(zero);
    expect(bars[1]!.at[0] + bars[1]!.width).toBeCloseTo(zero);
    expect(bars[0]!.width / bars[1]!.width).toBeCloseTo(2);
    expect(bars[0]!.at[0] + bars[0]!.width).toBeLessThan(width);
  });

  it('go down one column and on in the next', () => {
    const { shapes, height } = barChart(
      ['a', 'b', 'c', 'd', 'e'].map((label) => bar(label, 1)),
      600,
      2,
    );
    const names = shapes.flatMap((one) => (one.kind === 'text' && !one.anchor ? [[one.text, ...one.at]] : []));
    expect(names.map(([text]) => text)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(names[3]![2]).toBe(names[0]![2]);
    expect(names[3]![1]).toBeGreaterThan(300);
    expect(height).toBeLessThan(4 * 18);
  });
});

describe('columns', () => {
  it('are as high as what they count, above what they count, with whole numbers at the side', () => {
    const { shapes } = columnChart(
      {
        columns: [
          { from: 0, to: 16, count: 1 },
          { from: 16, to: 32, count: 0 },
          { from: 32, to: 48, count: 3 },
        ],
        ...{ across: 'Tokens', up: 'Passages', limit: { value: 40, label: 'limit' } },
      },
      400,
    );
    const bars = shapes.flatMap((one) => (one.kind === 'bar' ? [one] : []));
    expect(bars).toHaveLength(2);
    expect(bars[1]!.height / bars[0]!.height).toBeCloseTo(3);
    const limit = shapes.find((one) => one.kind === 'line' && one.ink === 'ink')!;
    if (limit.kind !== 'line') throw new Error();
    expect(limit.from[0]).toBeGreaterThan(bars[1]!.at[0]);
    expect(limit.from[0]).toBeLessThan(bars[1]!.at[0] + bars[1]!.width);
    const sides = shapes.flatMap((one) => (one.kind === 'text' && one.anchor === 'end' ? [one.text] : []));
    expect(sides.every((text) => /^\d+$|^limit$/.test(text))).toBe(true);
  });
});
