/**
 * `npm run calibrate -- --fit A.json [--fit B.json ..] --judge C.json [--judge D.json ..] [--chart FILE.svg]`: fits the
 * evidence to the reports that `npm run evaluate` wrote, and judges the fit on others. Each report, and in it the
 * questions with an answer and those without, weigh the same.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { evidenceThreshold } from '../src/pipeline/retrieve/threshold.ts';
import { mean, rocArea } from '../src/lab/metrics.ts';
import { curve } from './calibrate/curve.ts';
import { fitLogistic, logistic, type Sample } from './calibrate/logistic.ts';
import type { Row } from './evaluate/score.ts';
import { runAsMain } from './main.ts';

/** The features of each form, in the order of its coefficients. */
const FORMS = {
  withVectors: ({ cosine, coverage, standing }: Row['features']) => [cosine ?? 0, coverage, standing],
  wordsOnly: ({ coverage }: Row['features']) => [coverage],
} as const;

const THRESHOLDS = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7];

runAsMain(import.meta.url, async () => {
  const { values } = parseArgs({
    options: {
      fit: { type: 'string', multiple: true, default: [] },
      judge: { type: 'string', multiple: true, default: [] },
      chart: { type: 'string' },
    },
  });
  if (values.fit.length === 0) throw new Error('Say which reports to fit to: --fit FILE.json, as often as you like.');
  const fitted = await Promise.all(values.fit.map(rowsOf));
  const judged = await Promise.all(values.judge.map(rowsOf));
  for (const [name, features] of Object.entries(FORMS)) {
    const coefficients = fitLogistic(fitted.flatMap((rows) => samples(rows, features)));
    console.log(`${name}: ${coefficients.map((value) => value.toFixed(2)).join(' ')}`);
    const score = ({ features: from }: Row): number =>
      logistic(features(from).reduce((sum, value, i) => sum + value * coefficients[i + 1]!, coefficients[0]!));
    for (const [i, rows] of [...fitted, ...judged].entries()) {
      const [withAnswer, without] = parted(rows).map((some) => some.map(score)) as [number[], number[]];
      const file = [...values.fit, ...values.judge][i]!;
      const what = `${file}: ${withAnswer.length} with an answer, ${without.length} without`;
      const area = withAnswer.length > 0 && without.length > 0 ? rocArea(withAnswer, without).toFixed(3) : '-';
      console.log(`${i < fitted.length ? 'fitted' : 'judged'} ${what}, ROC area ${area}`);
      for (const threshold of THRESHOLDS) {
        const [kept, refused] = [rate(withAnswer, threshold, true), rate(without, threshold, false)];
        console.log(`  ${threshold.toFixed(2)}  kept ${kept}  refused ${refused}`);
      }
    }
    if (name === 'withVectors' && values.chart) {
      const lines = judged.map((rows, i) => {
        const [withAnswer, without] = parted(rows).map((some) => some.map(score)) as [number[], number[]];
        return { name: values.judge[i]!.replace(/^.*\//, '').replace(/\.json$/, ''), withAnswer, without };
      });
      await writeFile(values.chart, curve(lines, evidenceThreshold.threshold));
    }
  }
});

async function rowsOf(file: string): Promise<readonly Row[]> {
  return (JSON.parse(await readFile(file, 'utf8')) as { rows: readonly Row[] }).rows;
}

/** Those that have an answer, those that have none. */
function parted(rows: readonly Row[]): [readonly Row[], readonly Row[]] {
  return [rows.filter(({ recall }) => recall !== null), rows.filter(({ recall }) => recall === null)];
}

function samples(rows: readonly Row[], features: (from: Row['features']) => readonly number[]): Sample[] {
  return parted(rows).flatMap((some, i) =>
    some.map((row) => ({ features: features(row.features), positive: i === 0, weight: 1 / some.length })),
  );
}

function rate(scores: readonly number[], threshold: number, above: boolean): string {
  return scores.length === 0 ? '-' : mean(scores.map((score) => Number(score >= threshold === above))).toFixed(3);
}
