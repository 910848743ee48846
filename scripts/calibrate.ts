/**
 * `npm run calibrate -- --embedder ID --fit A.json [--fit B.json ..] --words C.json [..] --judge D.json [..] [--chart FILE.svg]`:
 * fits the evidence to reports that `npm run evaluate` wrote (`--rows away-train`; for `--words` with
 * {"vectorWeight": 0}), writes calibrated.json, and judges the fit on others. Each report, and in it the questions with
 * an answer and those without, weigh the same.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mean, rocArea } from '../src/lab/metrics.ts';
import type { EvidenceFeatures } from '../src/pipeline/answer.ts';
import { scoreBy, type Calibration } from '../src/pipeline/retrieve/evidence.ts';
import { curve } from './calibrate/curve.ts';
import { fitLogistic, type Sample } from './calibrate/logistic.ts';
import type { Row } from '../src/lab/score.ts';
import { runAsMain } from './main.ts';
import { ROOT } from './root.ts';

const FILE = join(ROOT, 'src/pipeline/retrieve/calibrated.json');
const WITH_VECTORS = ['cosine', 'coverage', 'standing', 'length', 'size'] as const satisfies (keyof EvidenceFeatures)[];
const BY_WORDS = ['coverage', 'length', 'size'] as const satisfies (keyof EvidenceFeatures)[];

/** The threshold is the highest that keeps so many of the questions that have an answer, averaged over the reports. */
const KEPT = 0.98;
/** Evidence is strong from where on so many of the questions have their answer, were both kinds equally frequent. */
const SURE = 0.75;
const STEPS = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);

interface Report {
  readonly file: string;
  readonly rows: readonly Row[];
}

interface Scores {
  readonly withAnswer: readonly number[];
  readonly without: readonly number[];
}

runAsMain(import.meta.url, async () => {
  const many = { type: 'string', multiple: true, default: [] as string[] } as const;
  const { values } = parseArgs({
    options: { embedder: { type: 'string' }, fit: many, words: many, judge: many, chart: { type: 'string' } },
  });
  const { embedder, fit, words, judge } = values;
  if (!embedder || fit.length === 0 || words.length === 0)
    throw new Error(
      'Say for which embedder, and which reports to fit to: --embedder ID --fit FILE.json --words FILE.json.',
    );
  const known = JSON.parse(await readFile(FILE, 'utf8')) as { embedders: Record<string, Calibration> };
  const read = async (files: readonly string[]) =>
    Promise.all(files.map(async (file) => ({ file, rows: await rowsOf(file) })));
  const [forVectors, forWords, judged] = await Promise.all([read(fit), read(words), read(judge)]);
  const withVectors = calibrate(forVectors, WITH_VECTORS);
  const byWords = calibrate(forWords, BY_WORDS);
  const all = { words: byWords, embedders: { ...known.embedders, [embedder]: withVectors } };
  await writeFile(FILE, `${JSON.stringify(all, null, 2)}\n`);
  for (const report of forVectors) tell('fitted', report, withVectors);
  for (const report of forWords) tell('fitted by words', report, byWords);
  for (const report of judged) {
    tell('judged', report, withVectors);
    tell('judged by words', report, byWords);
  }
  if (!values.chart) return;
  const lines = judged.map(({ file, rows }) => {
    const name = file.replace(/^.*\//, '').replace(/\.json$/, '');
    return { name, ...scoresOf(rows, withVectors) };
  });
  await writeFile(values.chart, curve(lines, withVectors.threshold));
});

function calibrate(reports: readonly Report[], names: readonly (keyof EvidenceFeatures)[]): Calibration {
  const [constant = 0, ...fitted] = fitLogistic(reports.flatMap(({ rows }) => samples(rows, names))).map(hundredths);
  const coefficients = Object.fromEntries(names.map((name, i) => [name, fitted[i]!]));
  const scores = reports.map(({ rows }) => scoresOf(rows, { constant, coefficients, threshold: 0, strong: 1 }));
  const kept = (threshold: number): number =>
    mean(scores.map(({ withAnswer }) => share(withAnswer, (score) => score >= threshold)));
  const sure = (threshold: number): number =>
    mean(
      scores.map(({ withAnswer, without }) => {
        const right = share(withAnswer, (score) => score >= threshold);
        return right / (right + share(without, (score) => score >= threshold));
      }),
    );
  const threshold = STEPS.findLast((step) => kept(step) >= KEPT) ?? 0;
  const strong = STEPS.find((step) => sure(step) >= SURE) ?? 1;
  return { constant, coefficients, threshold, strong };
}

function tell(how: string, { file, rows }: Report, calibration: Calibration): void {
  const { threshold, strong } = calibration;
  const { withAnswer, without } = scoresOf(rows, calibration);
  const area = withAnswer.length > 0 && without.length > 0 ? rocArea(withAnswer, without).toFixed(3) : '-';
  console.log(`${how} ${file}: ${withAnswer.length} with an answer, ${without.length} without, ROC area ${area}`);
  for (const at of [...new Set([threshold, 0.1, 0.2, 0.3, 0.4, 0.5, strong])].sort((a, b) => a - b)) {
    const kept = share(withAnswer, (score) => score >= at).toFixed(3);
    const refused = share(without, (score) => score < at).toFixed(3);
    const which = at === threshold ? '  the threshold' : at === strong ? '  strong' : '';
    console.log(`  ${at.toFixed(2)}  kept ${kept}  refused ${refused}${which}`);
  }
}

async function rowsOf(file: string): Promise<readonly Row[]> {
  return (JSON.parse(await readFile(file, 'utf8')) as { rows: readonly Row[] }).rows;
}

function scoresOf(rows: readonly Row[], calibration: Calibration): Scores {
  const score = ({ features }: Row): number => scoreBy(calibration, features);
  const [withAnswer, without] = parted(rows);
  return { withAnswer: withAnswer.map(score), without: without.map(score) };
}

/** Those that have an answer, those that have none. */
function parted(rows: readonly Row[]): [readonly Row[], readonly Row[]] {
  return [rows.filter(({ recall }) => recall !== null), rows.filter(({ recall }) => recall === null)];
}

function samples(rows: readonly Row[], names: readonly (keyof EvidenceFeatures)[]): Sample[] {
  return parted(rows).flatMap((some, i) =>
    some.map(({ features }) => ({
      features: names.map((name) => features[name] ?? 0),
      positive: i === 0,
      weight: 1 / some.length,
    })),
  );
}

function share(scores: readonly number[], holds: (score: number) => boolean): number {
  return mean(scores.map((score) => Number(holds(score))));
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
