/** Words that carry meaning: what the extractive answer and the citation check compare. */
import { isContent, words } from './words.ts';

/** Function words beyond those that only ask: they say little about whether a passage says a sentence. */
const functionWords = new Set(
  words(
    'but if then than here them his am being into onto over under after before between during through per as up out off not no nor ' +
      'yes so too very also only just both each all some such own same other more most less least because while until since ' +
      'against upon within without answer question passage',
  ),
);

export const isFunctionWord = (word: string): boolean =>
  words(word).every((term) => !isContent(term) || functionWords.has(term));

/** Stems of the words that carry meaning, in order, with repeats; numbers are left out. */
export function contentWords(text: string): string[] {
  return words(text).filter(
    (term) => isContent(term) && !functionWords.has(term) && term.length > 1 && !/^\p{N}/u.test(term),
  );
}
