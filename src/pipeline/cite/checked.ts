/** The sentences of an answer as the page shows them: supported, or why not and which source says it instead. */
import type { Sentence, Source } from '../answer.ts';
import { check } from './check.ts';
import type { Evidence } from './reading.ts';

/**
 * Each sentence against what it cites.
 * @param given sources that the writer had @param beside sources that were found and not given: offered where one of
 * them says what the sentence says
 */
export function checkedSentences(
  text: string,
  question: string,
  given: readonly Source[],
  beside: readonly Source[] = [],
): Sentence[] {
  const all = [...given, ...beside];
  return check(text, question, given.map(evidenceOf), beside.map(evidenceOf)).map(({ why, instead, ...sentence }) => {
    if (why === '') return { ...sentence, support: { supported: true } };
    const source = all.find(({ number }) => number === instead);
    return { ...sentence, support: { supported: false, why, ...(source ? { instead: source } : {}) } };
  });
}

export function evidenceOf({ number, passage: { context, text } }: Source): Evidence {
  return { number, context, text };
}
