/** Sentences that say little without the one before. */

const LEANS =
  /^(?:its?|he|his|she|hers?|they|their|this|that|these|those|then|but|and|so|both|such|after that|here|there)\b/i;

export const leans = (sentence: string): boolean => LEANS.test(sentence);
