/** What a sentence claims that can be looked up: dates, times, numbers, names, quoted words, other content words. */
import { contentWords, isFunctionWord } from '../index/content-words.ts';
import { datesOf, timesOf, without, type DateOf, type TimeOf } from './dates.ts';
import { withoutNumberWords } from './number-words.ts';
import { polarityOf, type Polarity } from './polarity.ts';
import { quantitiesOf, type Quantity } from './quantities.ts';

export interface Claims {
  readonly dates: readonly DateOf[];
  readonly times: readonly TimeOf[];
  /** Those of dates and times left out. */
  readonly quantities: readonly Quantity[];
  /** Capitalised words that are no sentence start. */
  readonly names: readonly string[];
  readonly quotes: readonly string[];
  /** Stems of the other content words, distinct. */
  readonly words: readonly string[];
  readonly polarity: Polarity;
}

const quoted = /["“„«]([^"“”„«»]{2,}?)["”“»]/g;

/**
 * The claims of one sentence. `namesElsewhere` are capitalised words known from the passages at hand:
 * they tell whether the first word of the sentence is a name.
 */
export function claimsOf(sentence: string, namesElsewhere: ReadonlySet<string>): Claims {
  const dates = datesOf(sentence);
  const times = timesOf(sentence);
  const undated = without(sentence, [...dates, ...times]);
  const quotes = [...sentence.matchAll(quoted)].map((match) => match[1]!);
  const words = [...undated.matchAll(/[\p{L}\p{M}][\p{L}\p{M}\p{Nd}'’-]*/gu)];
  const names = new Set<string>();
  words.forEach((match, i) => {
    const word = bare(match[0]);
    if (!/^\p{Lu}/u.test(word) || word === 'I' || isFunctionWord(word)) return;
    const followedByName = i === 0 && /^\s\p{Lu}/u.test(undated.slice(match.index + match[0].length));
    if (i > 0 || followedByName || namesElsewhere.has(word)) names.add(word);
  });
  const nameWords = new Set([...names].flatMap(contentWords));
  const others = contentWords(withoutNumberWords(undated)).filter((word) => !nameWords.has(word));
  const quantities = quantitiesOf(undated);
  const polarity = polarityOf(sentence);
  return { dates, times, quantities, names: [...names], quotes, words: [...new Set(others)], polarity };
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
