/** One question's row of the report, and the averages over all. */
import { mean, ndcg, rangeScores, reciprocalRank, rocArea, touches, type Place } from './metrics.ts';
import type { Found } from '../pipeline/answer.ts';
import type { Passage } from '../pipeline/document.ts';
import type { Placed } from './quotes.ts';

/** Ranks that count for MRR and nDCG. */
export const DEPTH = 10;

export interface Row {
  readonly id: string;
  /** In [0, 1]: below the page's threshold it refuses. */
  readonly evidence: number;
  readonly features: Found['features'];
  readonly refused: boolean;
  /** Null where nothing is to be found. Precision and IoU need spans. */
  readonly recall: number | null;
  readonly precision: number | null;
  readonly iou: number | null;
  readonly mrr: number | null;
  readonly ndcg: number | null;
  /** Share of the wanted places or documents from which a passage is in the prompt. */
  readonly inPrompt: number | null;
  /** Share of the wanted characters that the prompt holds; null without spans. */
  readonly promptRecall: number | null;
  /** Length of the passages in the prompt. */
  readonly promptCharacters: number;
}

/**
 * @param read what the model would read: the kept passages, expanded or not
 * @param k passages that count for recall, precision and IoU; documents, for questions that want documents
 */
export function score(
  question: Placed,
  found: Found,
  read: readonly Passage[],
  passages: readonly Passage[],
  k: number,
): Row {
  const { id, wanted } = question;
  const evidence = rounded(found.evidence);
  const { cosine, coverage, standing, length, size } = found.features;
  const features = {
    cosine: cosine === null ? null : rounded(cosine),
    ...{ coverage: rounded(coverage), standing: rounded(standing), length: rounded(length), size: rounded(size) },
  };
  const promptCharacters = read.reduce((sum, { text }) => sum + text.length, 0);
  const base = { id, evidence, features, refused: found.evidence < found.threshold, promptCharacters };
  const ranked = found.candidates.map(({ passage }) => passage);
  switch (wanted.by) {
    case 'nothing':
      return {
        ...base,
        recall: null,
        precision: null,
        iou: null,
        mrr: null,
        ndcg: null,
        inPrompt: null,
        promptRecall: null,
      };
    case 'spans': {
      const scores = rangeScores(ranked.slice(0, k).map(placeOf), wanted.places);
      const relevant = (passage: Passage): boolean => wanted.places.some((place) => touches(passage, place));
      const hits = ranked.slice(0, DEPTH).map(relevant);
      const ideal = passages.filter(relevant).map(() => 1);
      return {
        ...base,
        recall: rounded(scores.recall),
        precision: rounded(scores.precision),
        iou: rounded(scores.iou),
        mrr: rounded(reciprocalRank(hits)),
        ndcg: rounded(ndcg(padded(hits.map(Number)), ideal)),
        promptRecall: rounded(rangeScores(read.map(placeOf), wanted.places).recall),
        inPrompt: rounded(share(wanted.places, (place) => read.some((passage) => touches(passage, place)))),
      };
    }
    case 'documents': {
      const documents = [...new Set(ranked.map(({ path }) => path))];
      const gains = documents.slice(0, DEPTH).map((path) => wanted.gains.get(path) ?? 0);
      const reached = documents.slice(0, k).filter((path) => wanted.gains.has(path)).length;
      return {
        ...base,
        recall: rounded(reached / wanted.gains.size),
        precision: null,
        iou: null,
        mrr: rounded(reciprocalRank(gains.map((gain) => gain > 0))),
        ndcg: rounded(ndcg(padded(gains), [...wanted.gains.values()])),
        promptRecall: null,
        inPrompt: rounded(share([...wanted.gains.keys()], (name) => read.some(({ path }) => path === name))),
      };
    }
  }
}

export interface Averages {
  readonly questions: number;
  readonly recall: number;
  readonly precision: number | null;
  readonly iou: number | null;
  readonly mrr: number;
  readonly ndcg: number;
  /** Mean share of what is wanted that the prompt holds, and the share of the questions for which it holds all. */
  readonly inPrompt: number;
  readonly allInPrompt: number;
  /** Mean share of the wanted characters in the prompt, and its mean length. */
  readonly promptRecall: number | null;
  readonly promptCharacters: number;
  /** Share of the questions that have an answer, and of those that have none, for which the page would refuse. */
  readonly refusedWrong: number;
  readonly refusedRight: number | null;
  /** Area under the ROC curve of the evidence; null where all questions have an answer, or none has. */
  readonly evidenceArea: number | null;
}

/** Each question weighs the same. */
export function averages(rows: readonly Row[]): Averages {
  const asked = rows.filter(({ recall }) => recall !== null);
  const without = rows.filter(({ recall }) => recall === null);
  const of = (name: 'recall' | 'precision' | 'iou' | 'mrr' | 'ndcg' | 'inPrompt' | 'promptRecall'): number[] =>
    asked.flatMap((row) => row[name] ?? []);
  const refused = (some: readonly Row[]): number => rounded(share(some, (row) => row.refused));
  const orNull = (values: readonly number[]): number | null => (values.length > 0 ? rounded(mean(values)) : null);
  return {
    questions: rows.length,
    recall: rounded(mean(of('recall'))),
    precision: orNull(of('precision')),
    iou: orNull(of('iou')),
    mrr: rounded(mean(of('mrr'))),
    ndcg: rounded(mean(of('ndcg'))),
    inPrompt: rounded(mean(of('inPrompt'))),
    allInPrompt: rounded(share(asked, ({ inPrompt }) => inPrompt === 1)),
    promptRecall: orNull(of('promptRecall')),
    promptCharacters: Math.round(mean(rows.map(({ promptCharacters }) => promptCharacters))),
    refusedWrong: refused(asked),
    refusedRight: without.length > 0 ? refused(without) : null,
    evidenceArea:
      without.length > 0 && asked.length > 0 ? rounded(rocArea(evidenceOf(asked), evidenceOf(without))) : null,
  };
}

/** A ranking that is shorter than the depth found nothing at the ranks it lacks. */
function padded(gains: readonly number[]): number[] {
  return [...gains, ...Array<number>(Math.max(0, DEPTH - gains.length)).fill(0)];
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return mean(items.map((item) => Number(holds(item))));
}

function evidenceOf(rows: readonly Row[]): number[] {
  return rows.map(({ evidence }) => evidence);
}

function placeOf({ path, start, end }: Passage): Place {
  return { document: path, start, end };
}

/** Six places: more are noise, and the report is to be the same to the byte. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
