/** Two reports on the same questions, side by side. */
import { readFile, writeFile } from 'node:fs/promises';
import { pairedInterval, ratio, type Share } from '../../../src/lab/bootstrap.ts';
import type { AnswerRow } from './row.ts';
import { measures, shareOf, type Measure } from './summary.ts';

export interface Difference {
  readonly a: number;
  readonly b: number;
  readonly difference: number;
  /** Of the difference: 95%, a question drawn for both. */
  readonly low: number;
  readonly high: number;
  /** Questions of which the measure says something in either report. */
  readonly n: number;
}

export interface Comparison {
  /** Questions that stand in both reports. */
  readonly common: number;
  readonly onlyA: number;
  readonly onlyB: number;
  readonly answers: Partial<Record<Measure, Difference>>;
  readonly byKind: Readonly<Record<string, Partial<Record<Measure, Difference>>>>;
}

const nothing: Share = { sum: 0, weight: 0 };

type Pair = readonly [AnswerRow, AnswerRow];

/** @throws Error when no question stands in both */
export function compare(a: readonly AnswerRow[], b: readonly AnswerRow[]): Comparison {
  const other = new Map(b.map((row) => [row.id, row]));
  const pairs = a.flatMap((row): Pair[] => {
    const match = other.get(row.id);
    return match ? [[row, match]] : [];
  });
  if (pairs.length === 0) throw new Error('The two reports have no question in common.');
  const kinds = [...new Set(pairs.map(([row]) => row.kind))].sort();
  return {
    common: pairs.length,
    onlyA: a.length - pairs.length,
    onlyB: b.length - pairs.length,
    answers: differences(pairs),
    byKind: Object.fromEntries(kinds.map((kind) => [kind, differences(pairs.filter(([row]) => row.kind === kind))])),
  };
}

function differences(pairs: readonly Pair[]): Partial<Record<Measure, Difference>> {
  const entries = measures.flatMap((measure) => {
    const shares = pairs
      .map(([a, b]) => [shareOf(measure, a), shareOf(measure, b)] as const)
      .filter(([a, b]) => a !== null || b !== null);
    const left = shares.map(([a]) => a ?? nothing);
    const right = shares.map(([, b]) => b ?? nothing);
    const range = pairedInterval(left, right);
    if (!range || !Number.isFinite(ratio(left)) || !Number.isFinite(ratio(right))) return [];
    const [from, to] = [ratio(left), ratio(right)];
    const { low, high } = range;
    const figures = { a: from, b: to, difference: to - from, low, high };
    const rounded = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, sixPlaces(value)]));
    return [[measure, { ...(rounded as Omit<Difference, 'n'>), n: shares.length }] as const];
  });
  return Object.fromEntries(entries);
}

/** `contains  .205  .432  +.227  (.180 to .274)  n 412`, a line for each measure. */
export function comparisonLines(figures: Partial<Record<Measure, Difference>>): string[] {
  return measures.flatMap((measure) => {
    const figure = figures[measure];
    if (!figure) return [];
    const { a, b, difference, low, high, n } = figure;
    const [from, to] = [a, b].map((value) => value.toFixed(3));
    const range = `${signed(difference)}  (${signed(low)} to ${signed(high)})`;
    return [`${measure.padEnd(22)}${from}  ${to}  ${range}  n ${n}`];
  });
}

/** Compares two report files, prints the table and writes it. */
export async function compareReports(files: readonly string[], json: string | undefined): Promise<void> {
  const [a, b, ...more] = files;
  if (!a || !b || more.length > 0) throw new Error('Say which two reports to compare: --compare A.json B.json.');
  const [left, right] = await Promise.all([rowsOf(a), rowsOf(b)]);
  const comparison = compare(left, right);
  const { common, onlyA, onlyB, answers, byKind } = comparison;
  console.log(`${common} questions in both, ${onlyA} only in ${a}, ${onlyB} only in ${b}`);
  console.log(`A is ${a}, B is ${b}; the columns are A, B, B - A, its 95% interval.`);
  for (const line of comparisonLines(answers)) console.log(line);
  for (const [kind, figures] of Object.entries(byKind)) {
    console.log(`\n${kind}`);
    for (const line of comparisonLines(figures)) console.log(line);
  }
  if (json) await writeFile(json, `${JSON.stringify({ a, b, ...comparison }, null, 1)}\n`);
}

async function rowsOf(file: string): Promise<AnswerRow[]> {
  const { rows, byKind } = JSON.parse(await readFile(file, 'utf8')) as { rows?: AnswerRow[]; byKind?: unknown };
  if (!rows || !byKind)
    throw new Error(`${file} is no report on answers: \`npm run evaluate -- … --answers\` writes them.`);
  return rows;
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`;
}

function sixPlaces(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
