/** Paired differences as a forest plot, in words and as a table. */
import type { PairedDifference } from '../../lab/paired.ts';
import { csv } from '../pictures/csv.ts';
import { drawingSvg, type Drawing } from '../pictures/drawing.ts';
import { intervalChart, type Mark } from '../pictures/interval-chart.ts';
import { chanceText, share, signed, significant } from './trial-text.ts';

export interface DifferenceRow {
  readonly name: string;
  readonly says?: string;
  readonly figure: PairedDifference;
  /** What it comes to. */
  readonly so: string;
}

export interface Differences {
  /** What the differences are between. */
  readonly sides: readonly [a: string, b: string];
  readonly rows: readonly DifferenceRow[];
}

const clear: Mark = { outline: 'circle', ink: 'accent' };
const unclear: Mark = { ...clear, open: true };

/** @param width pixels */
export function differenceDrawing({ sides: [a, b], rows }: Differences, width: number): Drawing {
  return intervalChart(
    {
      rows: rows.map(({ name, figure }) => ({
        label: name,
        points: [{ ...figure, value: figure.difference, mark: figure.p < significant ? clear : unclear }],
        figures: `${signed(figure.difference)} [${signed(figure.low)}, ${signed(figure.high)}]`,
      })),
      axis: `${b} − ${a}, with its 95% interval`,
      towards: [`${a} is higher`, `${b} is higher`],
      legend: [
        { label: 'p below .05', mark: clear },
        { label: 'could be chance', mark: unclear },
      ],
      tick: signed,
    },
    width,
  );
}

/** Each row as a sentence, and how the picture is to be read. */
export function differenceText({ sides: [a, b], rows }: Differences): string[] {
  return [
    ...rows.map(({ name, figure, so }) => {
      const { difference, low, high, p, n } = figure;
      const sides = `${a} ${share(figure.a)}, ${b} ${share(figure.b)}`;
      return `${name}: ${sides}, difference ${signed(difference)}, 95% interval ${signed(low)} to ${signed(high)}, p ${chanceText(p)}, n ${n}. ${so}.`;
    }),
    `A mark right of 0 means that ${b} has more of it; where less is better, that is worse.`,
    'Intervals: percentile bootstrap over questions; p: paired randomisation test.',
  ];
}

export function differenceSvg(title: string, differences: Differences): string {
  return drawingSvg({ title, description: differenceText(differences) }, differenceDrawing(differences, 760));
}

export function differenceCsv({ sides: [a, b], rows }: Differences): string {
  const columns = ['of', 'a_is', 'b_is', 'a', 'b', 'difference', 'low', 'high', 'p', 'n', 'so'];
  return csv(
    columns,
    rows.map(({ name, figure, so }) => {
      const { difference, low, high, p, n } = figure;
      return [name, a, b, figure.a, figure.b, difference, low, high, p, n, so];
    }),
  );
}
