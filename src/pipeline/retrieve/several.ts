import { contentWords } from '../index/content-words.ts';

/** Where one thing asked ends and the next begins: signs, and words that join, compare or lead from one to another. */
const SEAM = /(?<=[.?!;:])\s+|,\s+|\s+(?:and|or|but|while|than|whose|which|that|where|who)\s+/i;
/** Words that carry meaning, in a part that counts. */
const ENOUGH = 2;

/**
 * Whether a question may need more than one place of the documents: it compares, combines, leads from one thing to
 * another, or tells a story. Of questions that need two documents it sees 67% and 87%, of those that need one passage
 * it takes 12% for such (docs/retrieval.md).
 */
export function asksSeveralThings(question: string): boolean {
  const parts = question.split(SEAM).filter((part) => new Set(contentWords(part)).size >= ENOUGH);
  return parts.length > 1;
}
