/** What a sentence claims that can be looked up: numbers, names, quoted words, other content words. */
import { contentWords, isFunctionWord } from '../index/content-words.ts';
import { numbersOf, withoutNumberWords } from '../index/numbers.ts';

export interface Claims {
  /** Normalised: digits and a decimal point, `1250.5`; number words as digits. */
  readonly numbers: readonly string[];
  /** Capitalised words that are no sentence start. */
  readonly names: readonly string[];
  readonly quotes: readonly string[];
  /** Stems of the other content words, distinct. */
  readonly words: readonly string[];
}

const quoted = /["“„«]([^"“”„«»]{2,}?)["”“»]/g;

/**
 * The claims of one sentence. `namesElsewhere` are capitalised words known from the passages at hand:
 * they tell whether the first word of the sentence is a name.
 */
export function claimsOf(sentence: string, namesElsewhere: ReadonlySet<string>): Claims {
  const quotes = [...sentence.matchAll(quoted)].map((match) => match[1]!);
  const words = [...sentence.matchAll(/[\p{L}\p{M}][\p{L}\p{M}\p{Nd}'’-]*/gu)];
  const names = new Set<string>();
  words.forEach((match, i) => {
    const word = bare(match[0]);
    if (!/^\p{Lu}/u.test(word) || word === 'I' || isFunctionWord(word)) return;
    const followedByName = i === 0 && words[1] !== undefined && /^\p{Lu}/u.test(words[1][0]);
    if (i > 0 || followedByName || namesElsewhere.has(word)) names.add(word);
  });
  const nameWords = new Set([...names].flatMap(contentWords));
  const others = contentWords(withoutNumberWords(sentence)).filter((word) => !nameWords.has(word));
  return { numbers: numbersOf(sentence), names: [...names], quotes, words: [...new Set(others)] };
}

/** Capitalised words that stand inside sentences of `text`. */
export function namesOf(text: string): Set<string> {
  const found = new Set<string>();
  for (const match of text.matchAll(/(?<=[\p{L}\p{Nd},;:'’"”)]\s+|[("“„])\p{Lu}[\p{L}\p{M}'’-]*/gu)) {
    const word = bare(match[0]);
    if (!isFunctionWord(word)) found.add(word);
  }
  return found;
}

const bare = (word: string) => word.replace(/['’]s$/u, '').replace(/['’-]+$/u, '');
