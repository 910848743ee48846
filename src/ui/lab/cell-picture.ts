/** The four cells over a question set: the mean of each measure with its interval, drawn, in words and as a table. */
import { interval, type Interval } from '../../lab/bootstrap.ts';
import { cellMeans, cellMeasures, type CellMeasure, type ScoredQuestion } from '../../lab/cell-score.ts';
import { cells } from '../../lab/four-cells.ts';
import { csv } from '../pictures/csv.ts';
import { drawingSvg, type Drawing } from '../pictures/drawing.ts';
import { intervalChart, type Mark } from '../pictures/interval-chart.ts';
import { cellMeasureText, cellName } from './cell-text.ts';
import { share } from './trial-text.ts';

export interface CellPoint extends Interval {
  /** Place in `cells`. */
  readonly cell: number;
  readonly mean: number;
  readonly n: number;
}

export interface CellRow {
  readonly measure: CellMeasure;
  readonly points: readonly CellPoint[];
}

/** Means with their 95% intervals (percentile bootstrap over questions); a measure that no question speaks of is left out. */
export function cellRows(questions: readonly ScoredQuestion[]): CellRow[] {
  return cellMeasures.flatMap((measure): CellRow[] => {
    const points = cellMeans(measure, questions, cells).flatMap(({ mean, n }, cell): CellPoint[] => {
      const values = questions.flatMap(({ scores }) => scores[cell]?.[measure] ?? []);
      const range = interval(values.map((sum) => ({ sum, weight: 1 })));
      return mean === null || !range ? [] : [{ cell, mean, n, ...range }];
    });
    return points.length > 0 ? [{ measure, points }] : [];
  });
}

/** In the order of `cells`: the shape tells with and without passages, filled or open fine-tuned and base. */
const marks: readonly Mark[] = cells.map(({ tuned, passages }) => ({
  outline: passages ? 'circle' : 'diamond',
  ink: passages ? 'series-0' : 'series-1',
  open: !tuned,
}));

/** @param width pixels */
export function cellDrawing(rows: readonly CellRow[], width: number): Drawing {
  return intervalChart(
    {
      rows: rows.map(({ measure, points }) => ({
        label: cellMeasureText[measure].name,
        points: points.map(({ cell, mean, low, high }) => ({ value: mean, low, high, mark: marks[cell]! })),
      })),
      domain: [0, 1],
      axis: 'Share of the answers, with its 95% interval',
      legend: cells.map((cell, i) => ({ label: cellName(cell), mark: marks[i]! })),
      tick: share,
    },
    width,
  );
}

/** Each measure as a sentence. */
export function cellText(rows: readonly CellRow[]): string[] {
  return rows.map(({ measure, points }) => {
    const { name, says } = cellMeasureText[measure];
    const each = points.map(
      ({ cell, mean, low, high }) => `${cellName(cells[cell]!)} ${share(mean)} (${share(low)} to ${share(high)})`,
    );
    return `${name} (${says.charAt(0).toLowerCase()}${says.slice(1)}): ${each.join(', ')}; n ${points[0]!.n}.`;
  });
}

export function cellSvg(rows: readonly CellRow[]): string {
  const words = { title: 'Fine-tuning or retrieval? The four cells', description: cellText(rows) };
  return drawingSvg(words, cellDrawing(rows, 760));
}

export function cellCsv(rows: readonly CellRow[]): string {
  return csv(
    ['measure', 'model', 'passages', 'mean', 'low', 'high', 'n'],
    rows.flatMap(({ measure, points }) =>
      points.map(({ cell, mean, low, high, n }) => {
        const { tuned, passages } = cells[cell]!;
        return [measure, tuned ? 'fine-tuned' : 'base', passages ? 'with' : 'without', mean, low, high, n];
      }),
    ),
  );
}
