/** Lesson “When to say nothing”: the evidence of questions with and without an answer against a threshold. */
import { evidence } from '../pipeline/retrieve/evidence.ts';
import type { Checks } from './checks.ts';
import type { SmallCollection } from './small-collection.ts';

export interface EvidenceRow {
  readonly question: string;
  /** Whether the passages hold its answer. */
  readonly answered: boolean;
  /** In [0, 1]. */
  readonly evidence: number;
}

export interface EvidenceState {
  readonly threshold: number;
  readonly rows: readonly EvidenceRow[];
}

/** @param embedder id of the model that made the vectors @returns the row, and the page's own threshold */
export function weighed(
  collection: SmallCollection,
  { question, answered }: Omit<EvidenceRow, 'evidence'>,
  vector: Float32Array,
  embedder: string,
): { readonly row: EvidenceRow; readonly threshold: number } {
  const found = evidence(collection.features(question, vector), embedder);
  return { row: { question, answered, evidence: found.evidence }, threshold: found.threshold };
}

export interface Mistakes {
  /** Refused, though the answer is there. */
  readonly lost: number;
  /** Answered, though it is not. */
  readonly madeUp: number;
}

export function mistakesAt(threshold: number, rows: readonly EvidenceRow[]): Mistakes {
  return {
    lost: rows.filter((row) => row.answered && row.evidence < threshold).length,
    madeUp: rows.filter((row) => !row.answered && row.evidence >= threshold).length,
  };
}

/** The fewest mistakes that any threshold makes. */
export function fewest(rows: readonly EvidenceRow[]): number {
  const tried = [0, ...rows.map((row) => row.evidence + 1e-9)].map((threshold) => mistakesAt(threshold, rows));
  return Math.min(...tried.map(({ lost, madeUp }) => lost + madeUp));
}

export const evidenceChecks = {
  quiet: ({ threshold, rows }) => rows.length > 0 && mistakesAt(threshold, rows).madeUp === 0,
  lost: ({ threshold, rows }) => mistakesAt(threshold, rows).lost === 1,
  fewest: ({ threshold, rows }) => {
    const { lost, madeUp } = mistakesAt(threshold, rows);
    return rows.length > 0 && lost + madeUp === fewest(rows);
  },
} satisfies Checks<EvidenceState>;
