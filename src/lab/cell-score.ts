/** What the answer of one cell is worth, by what the question set knows to be right. */
import { answerKind, containsGold, firstWordRight } from './answer-metrics.ts';
import type { Cell, CellAnswer } from './four-cells.ts';
import { mean, touches } from './metrics.ts';
import { pairedDifference, type PairedDifference } from './paired.ts';
import type { Placed } from './quotes.ts';

/** In the order in which they are shown. Each is 1 or 0 for an answer; of the last two less is better. */
export const cellMeasures = ['correct', 'cited', 'inFormat', 'refusedRight', 'refusedWrong', 'madeUp'] as const;
export type CellMeasure = (typeof cellMeasures)[number];

/** Null where the question says nothing of it. */
export type CellScore = Readonly<Record<CellMeasure, 0 | 1 | null>>;

/**
 * - `correct`: the words of a short right answer stand in it, or it begins with the right yes or no (`answerKind`)
 * - `cited`: it cites a passage that holds wanted words, or is of a wanted document
 * - `inFormat`: as it was trained to write: each sentence cites a passage that was given, or the words of a refusal
 * - `refusedRight`, `refusedWrong`: it refuses what the documents do not answer; what they do
 * - `madeUp`: a sentence of it is borne out by no passage that was found, cited or not
 */
export function scoreCell({ wanted, answers }: Placed, answer: CellAnswer): CellScore {
  const { refused, sentences } = answer;
  const answerable = wanted.by !== 'nothing';
  return {
    correct: answerable ? correct(answer, answers ?? []) : null,
    cited: answerable ? bit(citesWanted(answer, wanted)) : null,
    inFormat: bit(isInFormat(answer)),
    refusedRight: answerable ? null : bit(refused),
    refusedWrong: answerable ? bit(refused) : null,
    madeUp: bit(sentences.some(({ support }) => !support.supported && !support.instead)),
  };
}

/** As it was trained to write: see `scoreCell`. */
export function isInFormat({
  refused,
  sentences,
  removedCitations,
}: Pick<CellAnswer, 'refused' | 'sentences' | 'removedCitations'>): boolean {
  const cited = sentences.length > 0 && sentences.every(({ citations }) => citations.length > 0);
  return refused || (cited && removedCitations.length === 0);
}

function correct({ text, refused }: CellAnswer, golds: readonly string[]): 0 | 1 | null {
  switch (answerKind(golds)) {
    case 'span':
      return bit(!refused && containsGold(text, golds));
    case 'yes/no':
      return bit(!refused && firstWordRight(text, golds));
    case 'sentence':
    case 'none':
      return null;
  }
}

function citesWanted({ sentences, sources }: CellAnswer, wanted: Placed['wanted']): boolean {
  const cited = new Set(sentences.flatMap(({ citations }) => citations));
  const passages = sources.flatMap(({ number, passage }) => (cited.has(number) ? [passage] : []));
  switch (wanted.by) {
    case 'spans':
      return passages.some((passage) => wanted.places.some((place) => touches(passage, place)));
    case 'documents':
      return passages.some(({ path }) => wanted.gains.has(path));
    case 'nothing':
      return false;
  }
}

const bit = (holds: boolean): 0 | 1 => (holds ? 1 : 0);

/** One question, written by all four: in the order of `cells`. */
export interface ScoredQuestion {
  readonly id: string;
  readonly scores: readonly CellScore[];
}

/** Means of a measure over the questions, in the order of `cells`; null where no question speaks of it. */
export function cellMeans(measure: CellMeasure, questions: readonly ScoredQuestion[], cells: readonly Cell[]) {
  return cells.map((_, i) => {
    const values = questions.flatMap(({ scores }) => scores[i]?.[measure] ?? []);
    return { mean: values.length > 0 ? mean(values) : null, n: values.length };
  });
}

/** What one of the two switches changes while the other stays. */
export interface Contrast {
  readonly switched: 'passages' | 'tuned';
  /** How the other one stands. */
  readonly other: boolean;
  /** a: off, b: on. */
  readonly figure: PairedDifference;
}

/** The four contrasts; one that no question speaks of is left out. */
export function contrasts(
  measure: CellMeasure,
  questions: readonly ScoredQuestion[],
  cells: readonly Cell[],
): Contrast[] {
  const placeOf = (wanted: Cell) =>
    cells.findIndex(({ tuned, passages }) => tuned === wanted.tuned && passages === wanted.passages);
  return (['passages', 'tuned'] as const).flatMap((switched) =>
    [false, true].flatMap((other): Contrast[] => {
      const cell = (on: boolean): Cell =>
        switched === 'passages' ? { tuned: other, passages: on } : { tuned: on, passages: other };
      const [off, on] = [placeOf(cell(false)), placeOf(cell(true))];
      const pairs = questions.flatMap(({ scores }) => {
        const [a, b] = [scores[off]?.[measure] ?? null, scores[on]?.[measure] ?? null];
        return a === null || b === null ? [] : [[a, b] as const];
      });
      const figure = pairedDifference(pairs);
      return figure ? [{ switched, other, figure }] : [];
    }),
  );
}
