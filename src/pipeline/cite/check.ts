/**
 * Does the cited passage say what the sentence says? A sentence without a citation is unsupported; with one,
 * its numbers, names and quoted words and at least 60% of its other content words must stand in what it cites.
 * The check reads words, not meaning: "may" and "may not" are the same to it (docs/retrieval.md).
 */
import type { Sentence } from '../answer.ts';
import { sentences } from '../chunk/sentences.ts';
import { citationsIn, withoutCitations } from './citations.ts';
import { numbersOf } from '../index/numbers.ts';
import { claimsOf, namesOf } from './claims.ts';
import { contentWords } from '../index/content-words.ts';

/** Share of the other content words that must stand in the cited passages. */
export const wordsNeeded = 0.6;

/** A passage as it was given to the model, context included. */
export interface Evidence {
  readonly number: number;
  readonly text: string;
}

/** The sentences of an answer, each with its citations and whether they support it. */
export function check(answer: string, question: string, given: readonly Evidence[]): Sentence[] {
  const names = namesOf([question, ...given.map((evidence) => evidence.text)].join('\n'));
  return answerSentences(answer).map((span) => {
    const text = answer.slice(span.start, span.end);
    const citations = citationsIn(text);
    const why = doubt(text, citations, question, given, names);
    return { ...span, text, citations, support: why === null ? { supported: true } : { supported: false, why } };
  });
}

/** Sentences of an answer; a citation behind the full stop belongs to the sentence before it. */
function answerSentences(answer: string) {
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

/** Why the sentence is unsupported, as a sentence for the person; null if it is supported. */
function doubt(
  sentence: string,
  citations: readonly number[],
  question: string,
  given: readonly Evidence[],
  names: ReadonlySet<string>,
): string | null {
  if (citations.length === 0) return 'It cites no passage.';
  const cited = given.filter((evidence) => citations.includes(evidence.number));
  const evidence = cited.map((one) => one.text).join('\n');
  const where = citations.length === 1 ? `source ${citations[0]}` : `sources ${citations.join(', ')}`;
  const plain = withoutCitations(sentence);
  const claims = claimsOf(plain, names);

  const numbers = new Set(numbersOf(evidence));
  const number = claims.numbers.find((n) => !numbers.has(n));
  if (number !== undefined) return `The number ${number} does not stand in ${where}.`;

  const flat = evidence.replace(/\s+/g, ' ').toLowerCase();
  const quote = claims.quotes.find((q) => !flat.includes(q.replace(/\s+/g, ' ').toLowerCase()));
  if (quote !== undefined) return `The words “${quote}” do not stand in ${where}.`;

  const words = new Set(contentWords(evidence));
  const name = claims.names.find((n) => !contentWords(n).every((part) => words.has(part)));
  if (name !== undefined) return `The name ${name} does not stand in ${where}.`;

  // "Yes" and "No" claim what the question says.
  const bare = claims.words.length + claims.numbers.length + claims.names.length + claims.quotes.length === 0;
  const wanted = bare ? [...new Set(contentWords(question))] : claims.words;
  const found = wanted.filter((word) => words.has(word)).length;
  if (wanted.length > 0 && found < wordsNeeded * wanted.length) {
    return `Only ${found} of its ${wanted.length} other words stand in ${where}.`;
  }
  return null;
}
