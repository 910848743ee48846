/** Two settings of the search on the same questions. */
import { pairedDifference, type PairedDifference } from './paired.ts';
import type { Row } from './score.ts';

/** In the order in which they are shown. More is better, but for wrong refusals. */
export const measures = ['recall', 'mrr', 'ndcg', 'inPrompt', 'refusedWrong', 'refusedRight'] as const;
export type Measure = (typeof measures)[number];

export interface Figure extends PairedDifference {
  readonly measure: Measure;
}

/** One question that the two do not treat alike. */
export interface Differing {
  readonly a: Row;
  readonly b: Row;
}

/** What a question adds to the mean of a measure; null where it says nothing of it. */
function valueOf(measure: Measure, row: Row): number | null {
  const answerable = row.recall !== null;
  switch (measure) {
    case 'refusedWrong':
      return answerable ? Number(row.refused) : null;
    case 'refusedRight':
      return answerable ? null : Number(row.refused);
    default:
      return row[measure];
  }
}

/**
 * The means of both, and how sure their difference is; a measure that no question speaks of is left out.
 * @throws Error unless place i of both is of the same question
 */
export function compareRows(a: readonly Row[], b: readonly Row[]): Figure[] {
  const pairs = pairsOf(a, b);
  return measures.flatMap((measure): Figure[] => {
    const values = pairs.flatMap(([left, right]) => {
      const [from, to] = [valueOf(measure, left), valueOf(measure, right)];
      return from === null || to === null ? [] : [[from, to] as const];
    });
    const figure = pairedDifference(values);
    return figure ? [{ measure, ...figure }] : [];
  });
}

/** The questions that they do not treat alike, those that they differ in most first. @throws as `compareRows` */
export function differing(a: readonly Row[], b: readonly Row[]): Differing[] {
  return pairsOf(a, b)
    .map(([left, right]) => ({ a: left, b: right, by: gain({ a: left, b: right }) }))
    .filter(({ a, b, by }) => by !== 0 || a.refused !== b.refused || a.inPrompt !== b.inPrompt)
    .sort((one, other) => Math.abs(other.by) - Math.abs(one.by))
    .map(({ a, b }) => ({ a, b }));
}

/** How much better b treats a question, in [-2, 2]: nDCG and recall where something is to be found, else the refusal. */
export function gain({ a, b }: Differing): number {
  if (a.recall === null) return Number(b.refused) - Number(a.refused);
  return (b.ndcg ?? 0) - (a.ndcg ?? 0) + (b.recall ?? 0) - (a.recall ?? 0);
}

function pairsOf(a: readonly Row[], b: readonly Row[]): (readonly [Row, Row])[] {
  if (a.length !== b.length) throw new Error('Both sides need the same questions.');
  return a.map((row, i) => {
    const other = b[i]!;
    if (row.id !== other.id) throw new Error(`Question ${row.id} stands beside question ${other.id}.`);
    return [row, other] as const;
  });
}
