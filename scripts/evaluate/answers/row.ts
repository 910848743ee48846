/** One answer's row of the report. */
import { answerKind, containsGold, firstWordRight, tokenF1, type AnswerKind } from '../../../src/lab/answer-metrics.ts';
import { touches, type Place } from '../../../src/lab/metrics.ts';
import type { Answer, Maker } from '../../../src/pipeline/answer.ts';
import type { Passage } from '../../../src/pipeline/document.ts';
import type { Generated } from '../../../src/pipeline/generate/generator.ts';

/** A question, its right answers (none where the right one is a refusal) and where they stand. */
export interface Judged {
  readonly id: string;
  /** The data set it is from; '' where there is but one. */
  readonly source: string;
  readonly question: string;
  readonly golds: readonly string[];
  readonly evidence: readonly Place[];
}

export interface AnswerRow extends Omit<Judged, 'evidence'> {
  readonly kind: AnswerKind;
  /** Those in the prompt, in the order of their numbers: `document start-end`. */
  readonly passages: readonly string[];
  /** Numbers of the passages that are evidence. */
  readonly gold: readonly number[];
  readonly answer: string;
  readonly made: Maker;
  readonly refused: boolean;
  readonly citations: readonly number[];
  /** Numbers it cited that no passage has. */
  readonly removed: readonly number[];
  /** That the model wrote, and why it stopped; null where it was not asked. */
  readonly tokens: number;
  readonly ended: Generated['ended'] | null;
  /** Why the page's check marks a sentence, null where it does not; empty for a refusal. */
  readonly checked: readonly (string | null)[];
  /** Null where a measure says nothing of the row. */
  readonly scores: {
    readonly contains: number | null;
    readonly first_word: number | null;
    readonly f1: number | null;
    readonly citation_precision: number | null;
    readonly citation_recall: number | null;
  };
}

/** @param given how many of the answer's sources stood in the prompt */
export function rowOf(
  judged: Judged,
  answer: Answer,
  { given, ended }: Pick<AnswerRow, 'ended'> & { readonly given: number },
): AnswerRow {
  const { id, source, question, golds, evidence } = judged;
  const kind = answerKind(golds);
  const { text, refused } = answer;
  const sources = answer.sources.slice(0, given);
  const isGold = (passage: Passage): boolean => evidence.some((place) => touches(passage, place));
  const citations = distinct(answer.sentences.flatMap((sentence) => sentence.citations));
  const cited = sources.filter(({ number }) => citations.includes(number));
  const right = cited.filter(({ passage }) => isGold(passage));
  const reached = evidence.filter((place) => cited.some(({ passage }) => touches(passage, place)));
  const judgeable = kind !== 'none' && evidence.length > 0;
  return {
    ...{ id, source, kind, question, golds },
    passages: sources.map(({ passage: { path, start, end } }) => `${path} ${start}-${end}`),
    gold: sources.filter(({ passage }) => isGold(passage)).map(({ number }) => number),
    answer: text,
    made: answer.made,
    refused,
    citations,
    removed: answer.removedCitations,
    tokens: answer.trace.writtenIds.length,
    ended,
    checked: answer.sentences.map(({ support }) => (support.supported ? null : support.why)),
    scores: {
      contains: kind === 'span' ? Number(!refused && containsGold(text, golds)) : null,
      first_word: kind === 'yes/no' ? Number(!refused && firstWordRight(text, golds)) : null,
      f1: kind === 'sentence' ? (refused ? 0 : rounded(tokenF1(text, golds))) : null,
      citation_precision: judgeable && cited.length > 0 ? rounded(right.length / cited.length) : null,
      citation_recall: judgeable ? rounded(reached.length / evidence.length) : null,
    },
  };
}

function distinct(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** As in the rows of the search: more places are noise. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
