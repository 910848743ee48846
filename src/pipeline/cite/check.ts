/**
 * Does the cited passage say what the sentence says? A sentence without a citation is unsupported; with one, its
 * dates, times, numbers, quoted words and names must stand in what it cites, and how its other words stand there must
 * make it likely enough (docs/checking.md: how, and how well this works). For an unsupported sentence the other
 * passages are tried: first those the writer had, then the rest of what was found.
 */
import { sentences } from '../chunk/sentences.ts';
import type { Span } from '../document.ts';
import { citationsIn } from './citations.ts';
import { namesOf } from './claims.ts';
import { readingOf, type Evidence, type Reading } from './reading.ts';
import { verdictOn, type Case, type Verdict } from './verdict.ts';

/** A sentence of an answer, its span over the answer. */
export interface Checked extends Span {
  readonly text: string;
  readonly citations: readonly number[];
  /** '' where it is supported. */
  readonly why: string;
  /** The number of the passage that supports it where the cited ones do not; null if none does. */
  readonly instead: number | null;
}

/**
 * @param given passages that the writer had @param others passages that were found and not given: their numbers are
 * those by which `instead` names them
 */
export function check(
  answer: string,
  question: string,
  given: readonly Evidence[],
  others: readonly Evidence[] = [],
): Checked[] {
  const readings = new Map<number, Reading>();
  const read = (evidence: Evidence): Reading => {
    const known = readings.get(evidence.number) ?? readingOf(evidence);
    readings.set(evidence.number, known);
    return known;
  };
  const names = namesOf([question, ...given.map(({ context, text }) => `${context}\n${text}`)].join('\n'));
  const all = given.map(read);
  return answerSentences(answer).map((span) => {
    const text = answer.slice(span.start, span.end);
    const citations = citationsIn(text);
    const judge = (cited: readonly Evidence[]): Verdict => {
      const numbers = cited.map(({ number }) => number);
      const where = numbers.length === 1 ? `source ${numbers[0]}` : `sources ${numbers.join(', ')}`;
      const one: Case = { sentence: text, question, names, cited: cited.map(read), given: all, where };
      return verdictOn(one);
    };
    const cited = given.filter(({ number }) => citations.includes(number));
    const why = cited.length === 0 ? 'It cites no passage.' : judge(cited).why;
    if (why === '') return { ...span, text, citations, why, instead: null };
    const best = (some: readonly Evidence[]): number | null => {
      const fit = some
        .filter((one) => !cited.includes(one))
        .map((one) => ({ number: one.number, ...judge([one]) }))
        .filter((one) => one.why === '');
      return (
        fit.reduce<(typeof fit)[number] | null>((a, b) => (a && a.chance >= b.chance ? a : b), null)?.number ?? null
      );
    };
    return { ...span, text, citations, why, instead: best(given) ?? best(others) };
  });
}

/** Sentences of an answer; a citation behind the full stop belongs to the sentence before it. */
function answerSentences(answer: string): Span[] {
  const found: { start: number; end: number }[] = [];
  for (const span of sentences(answer)) {
    const lead = /^(?:\s*\[\d+(?:\s*[,;]\s*\d+)*\])+[.]?/.exec(answer.slice(span.start, span.end))?.[0].length ?? 0;
    const previous = found[found.length - 1];
    if (lead > 0 && previous) previous.end = span.start + lead;
    const start = previous ? span.start + lead : span.start;
    if (answer.slice(start, span.end).trim()) {
      const skipped = answer.slice(start, span.end).length - answer.slice(start, span.end).trimStart().length;
      found.push({ start: start + skipped, end: span.end });
    }
  }
  return found;
}
