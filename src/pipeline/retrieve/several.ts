import { contentWords } from '../index/content-words.ts';

/** Where one thing asked ends and the next begins: signs, and words that join, compare or lead from one to another. */
const SEAM =
  /(?<=[.?!;:])\s+|,\s+|\s+(?:and|or|but|while|if|than|as|with|from|because|that|which|who|whose|where|when)\s+/i;
/** Words that carry meaning, in a part that counts. */
const ENOUGH = 3;

/**
 * Whether a question may need more than one place of the documents: it compares, combines, leads from one thing to
 * another, or tells a story. Of 52 questions made for it three in four are seen, of 1,907 that need one passage 7%.
 */
export function asksSeveralThings(question: string): boolean {
  const parts = question.split(SEAM).filter((part) => new Set(contentWords(part)).size >= ENOUGH);
  return parts.length > 1;
}
