/** Text to index terms: the same way for passages and for questions. */
import { stemEnglish } from './stem.ts';

/** Letters that NFD leaves whole though a person may type them plainly. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  þ: 'th',
};
const SPECIAL = /[ßæœøđðħıłþ]/g;
/** Marks above and below Latin and Greek letters; other scripts tell words apart by theirs. */
const ACCENTS = /(?<=[\p{Script=Latin}\p{Script=Greek}][\u0300-\u036f]*)[\u0300-\u036f]/gu;
const BEYOND_ASCII = /[^\0-\x7f]/;

const LETTER = String.raw`[\p{L}\p{M}\p{N}]`;
const JOIN = `[-‐‑–/.,:_@'’·]`;
/** Of the scripts that are written without spaces between words. */
const UNSPACED = String.raw`(?:(?=[\p{L}\p{M}])[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}])`;
const SPACED = `(?:(?!${UNSPACED})${LETTER})`;
const CONNECTOR = new RegExp(JOIN, 'u');
/** Words of letters, marks and digits; those joined by one connecting sign without a space make one compound. */
const COMPOUND = new RegExp(`${LETTER}+(?:${JOIN}${LETTER}+)*`, 'gu');
const HAS_UNSPACED = new RegExp(UNSPACED, 'u');
/** The same where some letters are of unspaced scripts: these are runs of their own. */
const RUN_OR_COMPOUND = new RegExp(`${UNSPACED}+|${SPACED}+(?:${JOIN}${SPACED}+)*`, 'gu');
const NUMBER = /^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/;
const INITIALS = /^\p{L}(?:\.\p{L})+$/u;
const ENGLISH_LETTERS = /^[a-z]{3,}$/;

/**
 * Segmenting takes some hundred times as long as matching COMPOUND (28 µs a word against 0.1),
 * so it is asked only where spaces do not show the words.
 */
let segmenter: Intl.Segmenter | undefined;

/** Stems already made: a collection repeats its words. */
const stems = new Map<string, string>();
const MOST_STEMS = 50_000;

function stem(word: string): string {
  if (!ENGLISH_LETTERS.test(word)) return word;
  let made = stems.get(word);
  if (made === undefined) {
    made = stemEnglish(word);
    if (stems.size >= MOST_STEMS) stems.clear();
    stems.set(word, made);
  }
  return made;
}

/** NFKC, lower case, accents of Latin and Greek letters taken off. */
export function fold(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase();
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .normalize('NFD')
      .replace(ACCENTS, '')
      // After the accents: ǽ is one letter until its accent is off.
      .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter)
      .normalize('NFC')
  );
}

/** The whole of a compound as one term: `1,250.00` is 1250, `e-mail` email, `U.S.` us, `AB-1234/7` ab1234/7. */
function joined(compound: string): string {
  if (NUMBER.test(compound)) return compound.replaceAll(',', '').replace(/\.00$/, '');
  if (INITIALS.test(compound)) return compound.replaceAll('.', '');
  // A hyphen between digits stays: 12-3 and 1-23 are two things.
  return compound.replace(/(?<!\d)[-‐‑–]|[-‐‑–](?!\d)/g, '');
}

function pushCompound(compound: string, terms: string[]): void {
  const word = compound.replace(/['’]s$/, '').replace(/['’]/g, '');
  if (CONNECTOR.test(word)) for (const part of word.split(CONNECTOR)) terms.push(stem(part));
  terms.push(stem(joined(word)));
}

/**
 * The terms of a text in order, with repeats: folded, split by Intl.Segmenter where the script has no spaces,
 * English words stemmed. A compound (a code, a number, a hyphenated word) gives its parts and then its whole.
 */
export function words(text: string): string[] {
  const folded = fold(text);
  const terms: string[] = [];
  if (!BEYOND_ASCII.test(folded) || !HAS_UNSPACED.test(folded)) {
    for (const compound of folded.match(COMPOUND) ?? []) pushCompound(compound, terms);
    return terms;
  }
  for (const run of folded.match(RUN_OR_COMPOUND) ?? []) {
    if (!HAS_UNSPACED.test(run)) {
      pushCompound(run, terms);
      continue;
    }
    segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
    for (const { segment, isWordLike } of segmenter.segment(run)) if (isWordLike) terms.push(segment);
  }
  return terms;
}

/** English words that ask or that only hold a question together. */
const ASKING = new Set(
  words(
    'what which who whom whose when where why how is are was were be been do does did has have had can could will would ' +
      'should shall may might must the a an of in on at by for to from with about and or it its this that these those ' +
      'there their they he she his her i me my you your we us our any tell please according document documents',
  ),
);

/** Whether a term of `words` says something of what is asked about. */
export function isContent(term: string): boolean {
  return !ASKING.has(term);
}
