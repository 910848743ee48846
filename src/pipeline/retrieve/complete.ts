/** The last word of a text that is still being typed, as the words of the documents that it may become. */
import { fold, words } from '../index/words.ts';
import { writtenForms, type Vocabulary } from './spell.ts';

/** With one letter nearly every word begins. */
const SHORTEST = 2;
/** So many terms are taken, the most frequent first. */
const MOST = 6;
/** Letters of an ending that stemming takes off: `renewin` is on its way from `renew`. */
const LONGEST_ENDING = 3;
const LAST_WORD = /\p{L}[\p{L}\p{M}]*$/u;

/** `the depo` becomes `the depo deposit deposits`. A word that a space or a sign ends is taken as it stands. */
export function completed(text: string, vocabulary: Vocabulary): string {
  const [last] = LAST_WORD.exec(text) ?? [];
  const begun = last && fold(last);
  if (!begun || begun.length < SHORTEST) return text;
  const { keywordIndex: index } = vocabulary;
  const own = new Set(words(begun));
  const terms = [...index.terms()]
    .filter((term) => !own.has(term) && (term.startsWith(begun) || isStemOf(term, begun)))
    .map((term) => ({ term, frequency: index.frequency(term) }))
    .filter(({ frequency }) => frequency > 0)
    .sort((a, b) => b.frequency - a.frequency || (a.term < b.term ? -1 : 1))
    .slice(0, MOST);
  // As they are written: an index term is a stem, and a stem of a stem may be another one.
  const written = terms.flatMap(({ term }) => [...writtenForms(term, vocabulary.textsWith(term))].slice(0, 1));
  return [text, ...written].join(' ');
}

function isStemOf(term: string, begun: string): boolean {
  return term.length >= begun.length - LONGEST_ENDING && term.length >= SHORTEST + 1 && begun.startsWith(term);
}
