/** What the bench prints: a line a format, and the files that fall short with what is known of why. */
import type { Timed } from './page.ts';
import type { Sample } from './files.ts';
import { harmonic, quantile, type Score } from './score.ts';
import type { Reference } from './yardsticks.ts';

export const TO_REACH: Score = { recall: 0.97, precision: 0.95 };

/** One file, read and measured. */
export interface Row {
  readonly sample: Sample;
  readonly outcome: Timed;
  readonly reference: Reference | null;
  /** Null when it was not read, or nothing can be held against it. */
  readonly score: Score | null;
  /** How far the second yardstick agrees with the first, where both can read a file that falls short. */
  readonly agreement: Score | null;
  readonly promises: readonly string[];
}

export interface FormatTally {
  readonly format: string;
  readonly files: number;
  readonly made: number;
  readonly read: number;
  /** Files by the code of the error: `{encrypted: 2}`. */
  readonly refused: Readonly<Record<string, number>>;
  /** Crashed, hung, or over their budget. */
  readonly lost: number;
  readonly scored: number;
  readonly recall: { readonly median: number; readonly low: number };
  readonly precision: { readonly median: number; readonly low: number };
  readonly slowest: number;
  readonly worst: string;
}

export function tally(rows: readonly Row[]): FormatTally[] {
  const formats = [...new Set(rows.map(({ sample }) => sample.format))].sort();
  return formats.map((format) =>
    ofFormat(
      format,
      rows.filter(({ sample }) => sample.format === format),
    ),
  );
}

function ofFormat(format: string, rows: readonly Row[]): FormatTally {
  const scores = rows.flatMap(({ score }) => score ?? []);
  const spread = (values: readonly number[]) => ({ median: quantile(values, 0.5), low: quantile(values, 0.1) });
  const refused: Record<string, number> = {};
  for (const { outcome } of rows)
    if (outcome.state === 'refused' && outcome.code !== 'timeout')
      refused[outcome.code] = (refused[outcome.code] ?? 0) + 1;
  return {
    format,
    files: rows.length,
    made: rows.filter(({ sample }) => sample.madeFrom.length > 0).length,
    read: rows.filter(({ outcome }) => outcome.state === 'read').length,
    refused,
    lost: rows.filter(isLost).length,
    scored: scores.length,
    recall: spread(scores.map(({ recall }) => recall)),
    precision: spread(scores.map(({ precision }) => precision)),
    slowest: Math.max(0, ...rows.map(({ outcome }) => outcome.milliseconds)),
    worst: worst(rows, 1)[0]?.sample.path ?? '',
  };
}

export function isLost({ outcome }: Row): boolean {
  return (
    outcome.state === 'crashed' ||
    outcome.state === 'hung' ||
    (outcome.state === 'refused' && outcome.code === 'timeout')
  );
}

/** Against shorter references a single word decides: such files are counted, but do not fill the list of the worst. */
export const SHORT = 200;

/** The files that miss the mark and agree least with their yardstick, short texts left out. */
export function worst(rows: readonly Row[], most: number): readonly Row[] {
  return rows
    .filter((row) => fallsShort(row) && !isShort(row))
    .sort((a, b) => harmonic(a.score!) - harmonic(b.score!))
    .slice(0, most);
}

export function isShort({ reference }: Pick<Row, 'reference'>): boolean {
  return reference !== null && reference.texts.every((text) => text.length < SHORT);
}

export function fallsShort({ score }: Pick<Row, 'score'>): boolean {
  return score !== null && (score.recall < TO_REACH.recall || score.precision < TO_REACH.precision);
}

/** Refused, though the yardstick found text: each should have a good reason. */
export function refusedWithText(rows: readonly Row[]): readonly Row[] {
  return rows.filter(({ outcome, reference }) => outcome.state === 'refused' && reference !== null);
}

/** What is known of why a file falls short; measured, not judged. */
export function reasonOf({ outcome, reference, score, agreement }: Row): string {
  if (outcome.state !== 'read' || !score || !reference) return '';
  const { document } = outcome;
  const reasons: string[] = [];
  const theirs = reference.texts[0]!.length;
  if (theirs < 2 * SHORT) reasons.push(`a short text (${theirs} characters): few pieces weigh much`);
  if (agreement && harmonic(agreement) < 0.95)
    reasons.push(`two yardsticks agree by ${figure(agreement.recall)} / ${figure(agreement.precision)} only`);
  if (score.recall < TO_REACH.recall)
    reasons.push(
      document.text.length < theirs * 0.6
        ? 'the yardstick finds much more'
        : 'some of the yardstick’s text is missing or in another order',
    );
  if (score.precision < TO_REACH.precision) reasons.push('text that the yardstick does not give');
  if (/[\u0590-\u08FF]/.test(document.text)) reasons.push('right-to-left text');
  if (document.notes.length > 0) reasons.push(`its report: ${document.notes.join(' ').slice(0, 160)}`);
  return reasons.join('; ');
}

export function figure(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(3);
}

/** As a table of Markdown, so that it can stand in docs/readers.md as it is. */
export function formatTable(tallies: readonly FormatTally[]): string {
  const rows = tallies.map((one) => [
    one.format,
    one.made > 0 ? `${one.files} (${one.made} made)` : String(one.files),
    String(one.read),
    Object.entries(one.refused)
      .sort()
      .map(([code, count]) => `${count} ${code}`)
      .join(', ') || '–',
    String(one.lost),
    String(one.scored),
    `${figure(one.recall.median)} / ${figure(one.recall.low)}`,
    `${figure(one.precision.median)} / ${figure(one.precision.low)}`,
    one.slowest.toFixed(0),
  ]);
  const head = [
    'format',
    'files',
    'read',
    'refused',
    'lost',
    'scored',
    'recall: median / p10',
    'precision: median / p10',
    'slowest, ms',
  ];
  return markdownTable(head, rows);
}

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replace(/\|/g, '\\|').replace(/\s+/g, ' ')));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(cells[0]!), rule, ...cells.slice(1).map(line)].join('\n');
}
