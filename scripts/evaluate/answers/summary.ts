/** The figures over many answers. What each means stands in docs/answers.md. */
import { interval, ratio, type Share } from '../../../src/lab/bootstrap.ts';
import type { AnswerRow } from './row.ts';

export const measures = [
  'contains',
  'first_word',
  'f1',
  'citation_precision',
  'citation_recall',
  'refused_right',
  'refused_wrong',
  'unsupported',
  'unsupported_or_wrong',
  'wrong_unmarked',
] as const;
export type Measure = (typeof measures)[number];

export interface Figure {
  readonly value: number;
  /** The 95% bootstrap interval. */
  readonly low: number;
  readonly high: number;
  /** What is counted: answers, or sentences of answers. */
  readonly n: number;
}

/** A measure that no row has anything to say of is left out. */
export type Summary = Partial<Record<Measure, Figure>>;

export interface Summaries {
  readonly answers: Summary;
  readonly byKind: Readonly<Record<string, Summary>>;
  readonly bySource: Readonly<Record<string, Summary>>;
}

/** What a row adds to a measure; null if nothing. */
export function shareOf(measure: Measure, row: AnswerRow): Share | null {
  const { kind, refused, checked, scores } = row;
  const marked = checked.filter((why) => why !== null).length;
  const unmarked = checked.length - marked;
  // Of a wrong answer of a few words each sentence is taken for wrong.
  const wrong = kind === 'span' && scores.contains === 0;
  const sentences = (sum: number, weight: number): Share | null => (weight > 0 ? { sum, weight } : null);
  switch (measure) {
    case 'refused_right':
      return kind === 'none' ? once(Number(refused)) : null;
    case 'refused_wrong':
      return kind === 'none' ? null : once(Number(refused));
    case 'unsupported':
      return sentences(marked, checked.length);
    case 'unsupported_or_wrong':
      return kind === 'span' ? sentences(wrong ? checked.length : marked, checked.length) : null;
    case 'wrong_unmarked':
      return kind === 'span' ? sentences(wrong ? unmarked : 0, unmarked) : null;
    default: {
      const score = scores[measure];
      return score === null ? null : once(score);
    }
  }
}

export function summaryOf(rows: readonly AnswerRow[]): Summary {
  const entries = measures.flatMap((measure) => {
    const shares = rows.flatMap((row) => shareOf(measure, row) ?? []);
    const range = interval(shares);
    if (!range) return [];
    const n = shares.reduce((sum, { weight }) => sum + weight, 0);
    const figure = { value: rounded(ratio(shares)), low: rounded(range.low), high: rounded(range.high), n };
    return [[measure, figure] as const];
  });
  return Object.fromEntries(entries);
}

/** Over all rows, by kind, and by source where there is more than one. */
export function summaries(rows: readonly AnswerRow[]): Summaries {
  const bySource = grouped(rows, ({ source }) => source);
  return {
    answers: summaryOf(rows),
    byKind: grouped(rows, ({ kind }) => kind),
    bySource: Object.keys(bySource).length > 1 ? bySource : {},
  };
}

function grouped(rows: readonly AnswerRow[], nameOf: (row: AnswerRow) => string): Record<string, Summary> {
  const names = [...new Set(rows.map(nameOf))].sort();
  return Object.fromEntries(names.map((name) => [name, summaryOf(rows.filter((row) => nameOf(row) === name))]));
}

/** `contains  .432  (.385 to .480)  n 412`, a line for each measure. */
export function summaryLines(summary: Summary): string[] {
  return measures.flatMap((measure) => {
    const figure = summary[measure];
    if (!figure) return [];
    const { value, low, high, n } = figure;
    return [`${measure.padEnd(22)}${value.toFixed(3)}  (${low.toFixed(3)} to ${high.toFixed(3)})  n ${n}`];
  });
}

function once(sum: number): Share {
  return { sum, weight: 1 };
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
