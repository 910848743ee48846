import { SaxesParser } from 'saxes';
import { DOMParser } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { drawingSvg, type Drawing } from './drawing.ts';
import { intervalChart, type IntervalChart, type Mark } from './interval-chart.ts';

const mark: Mark = { outline: 'circle', ink: 'accent' };
const chart: IntervalChart = {
  rows: [
    { label: 'nDCG <at> 10', points: [{ value: -0.1, low: -0.2, high: -0.02, mark }], figures: '−.100' },
    { label: 'Recall', points: [{ value: 0.05, low: -0.05, high: 0.15, mark: { ...mark, open: true } }] },
  ],
  axis: 'B − A',
  towards: ['A is higher', 'B is higher'],
  legend: [{ label: 'p below .05', mark }],
  tick: String,
};

const of = <K extends Drawing['shapes'][number]['kind']>(drawing: Drawing, kind: K) =>
  drawing.shapes.filter((one): one is Extract<Drawing['shapes'][number], { kind: K }> => one.kind === kind);

describe('values with their intervals', () => {
  for (const width of [340, 760])
    it(`stand in order on one axis, all of it inside of ${width} pixels`, () => {
      const drawing = intervalChart(chart, width);
      const zero = of(drawing, 'text').find(({ text }) => text === '0')!.at[0];
      const [first, second] = of(drawing, 'mark').slice(1);
      expect(first!.at[0]).toBeLessThan(zero);
      expect(second!.at[0]).toBeGreaterThan(zero);
      // The scale is linear: -0.1 is twice as far from 0 as 0.05.
      expect((zero - first!.at[0]) / (second!.at[0] - zero)).toBeCloseTo(2, 6);
      const whiskers = of(drawing, 'line').filter((one) => one.width === 2 && one.from[1] === one.to[1]);
      expect(whiskers.map(({ from, to }) => ((to[0] - from[0]) / (second!.at[0] - zero)) * 0.05)).toEqual([
        expect.closeTo(0.18, 6),
        expect.closeTo(0.2, 6),
      ]);
      for (const shape of drawing.shapes) {
        const [x, y] = 'at' in shape ? shape.at : shape.to;
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(width);
        expect(y).toBeLessThanOrEqual(drawing.height);
      }
    });

  it('have a file of their own, well-formed, with title, description and every word', () => {
    const svg = drawingSvg({ title: 'A & B', description: ['One.', 'Two.'] }, intervalChart(chart, 760));
    expect(() => new SaxesParser().write(svg).close()).not.toThrow();
    const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement as unknown as Element;
    expect(root.getAttribute('role')).toBe('img');
    expect(root.querySelector('title')!.textContent).toBe('A & B');
    expect(root.querySelector('desc')!.textContent).toBe('One. Two.');
    const words = [...root.querySelectorAll('text')].map((one) => one.textContent);
    for (const word of ['A & B', 'nDCG <at> 10', 'Recall', 'p below .05', '← A is higher', 'B is higher →', 'One.'])
      expect(words).toContain(word);
    expect(svg).not.toContain('var(');
  });
});
