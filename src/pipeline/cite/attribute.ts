/** Citations for a writer that does not cite: each sentence gets the passage that supports it best by the check. */
import type { Source } from '../answer.ts';
import { cited } from '../generate/extractive.ts';
import { check } from './check.ts';
import { evidenceOf } from './checked.ts';

export interface Attributed {
  readonly text: string;
  /** How many sentences were given a citation. */
  readonly placed: number;
}

/**
 * Puts `[n]` into every sentence that cites nothing, where one of the passages that the writer had supports it. A
 * sentence that none supports stays as it is: the check marks it.
 */
export function attribute(text: string, question: string, given: readonly Source[]): Attributed {
  let out = '';
  let at = 0;
  let placed = 0;
  for (const { start, end, citations, instead } of check(text, question, given.map(evidenceOf))) {
    const sentence = text.slice(start, end).trimEnd();
    out += text.slice(at, start);
    at = start + sentence.length;
    if (citations.length > 0 || instead === null) {
      out += sentence;
      continue;
    }
    out += cited({ text: sentence, source: instead });
    placed++;
  }
  return { text: out + text.slice(at), placed };
}
