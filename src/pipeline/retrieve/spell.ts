/** Slips of the keyboard in a question, put right from the words of the documents. */
import type { Correction } from '../answer.ts';
import { editDistance, letterSet, lettersApart } from '../index/edit-distance.ts';
import type { KeywordIndex } from '../index/interface.ts';
import { fold, isContent, words } from '../index/words.ts';
import { foreignLanguage } from './language.ts';

export interface Spelt {
  /** The question with its slips put right. */
  readonly text: string;
  readonly corrections: readonly Correction[];
}

/** Where the words of the documents come from. */
export interface Vocabulary {
  readonly keywordIndex: KeywordIndex;
  /** Some texts that hold this term, to take words from as they are written. */
  textsWith(term: string): readonly string[];
}

/** Shorter words have too many neighbours. */
const SHORTEST = 4;
/** From this length on a word may hold two slips. */
const LONG = 8;
/** Letters a word loses or gains by being stemmed, beside the slips: candidates are compared as they are written. */
const STEM_SLACK = 1;
/** Letters of an ending. */
const LONGEST_ENDING = 4;
/** Terms whose written form is looked up. */
const LOOKED_UP = 6;
const WORD = /\p{L}+/gu;
/** Letters beside a digit are part of a code, and capitals alone an abbreviation. */
const MENDABLE = /(?<![\p{L}\p{N}])(?!\p{Lu}{2,}(?!\p{L}))\p{L}+(?![\p{L}\p{N}])/gu;
/** What the person put in quotation marks is meant as it stands. */
const QUOTED = /"[^"]*"|“[^”]*”|«[^»]*»|„[^“]*“/gu;

/**
 * A word is a slip if no document holds it and it is unusual, so no common word either; it becomes the
 * nearest word of the documents (one edit, two from eight letters on; then the more frequent), or two that lack their
 * space. Other words stay, also where nothing is near.
 * @param unusual words of the question, as they stand there, that the embedder's vocabulary does not hold whole
 */
export function correct(question: string, unusual: ReadonlySet<string>, vocabulary: Vocabulary): Spelt {
  // Every word of another language is unusual, and near to some word here.
  if (foreignLanguage(question) !== null) return { text: question, corrections: [] };
  const quoted = [...question.matchAll(QUOTED)].map((match) => [match.index, match.index + match[0].length] as const);
  const corrections: Correction[] = [];
  const text = question.replace(isShouted(question) ? WORD : MENDABLE, (word, at: number) => {
    if (!unusual.has(word) || quoted.some(([start, end]) => start <= at && at < end)) return word;
    const to = corrected(fold(word), vocabulary);
    if (to === null) return word;
    const written = /^\p{Lu}/u.test(word) ? to.replace(/^./u, (letter) => letter.toUpperCase()) : to;
    corrections.push({ from: word, to: written });
    return written;
  });
  return { text, corrections };
}

/** Written in capitals throughout: then these say nothing. */
function isShouted(question: string): boolean {
  return question === question.toUpperCase();
}

/** Null where it is a word of the documents, or nothing is near. */
function corrected(word: string, vocabulary: Vocabulary): string | null {
  const { keywordIndex: index } = vocabulary;
  const known = (one: string): boolean => words(one).some((term) => !isContent(term) || index.frequency(term) > 0);
  if (word.length < SHORTEST || known(word)) return null;
  const near = nearest(word, 1, vocabulary);
  if (near) return near;
  for (let at = word.length - 2; at >= 2; at--) {
    const [left, right] = [word.slice(0, at), word.slice(at)];
    const [long, short] = left.length > right.length ? [left, right] : [right, left];
    const isWhole = short.length >= SHORTEST || !isContent(short);
    if (isWhole && long.length >= SHORTEST && known(left) && known(right)) return `${left} ${right}`;
  }
  return word.length >= LONG && !isInflected(word, index) ? nearest(word, 2, vocabulary) : null;
}

/** A word of the documents with an ending that stemming leaves on, as `thickest`. */
function isInflected(word: string, index: KeywordIndex): boolean {
  const endings = Array.from({ length: LONGEST_ENDING }, (_, i) => word.slice(0, -i - 1));
  return endings.some((begin) => begin.length >= SHORTEST && index.frequency(begin) > 0);
}

function nearest(word: string, limit: number, vocabulary: Vocabulary): string | null {
  const { keywordIndex: index } = vocabulary;
  const [stem = word] = words(word);
  const set = letterSet(stem);
  const reach = limit + STEM_SLACK;
  const terms: { term: string; distance: number; frequency: number }[] = [];
  for (const term of index.terms()) {
    if (!beginsAlike(stem, term)) continue;
    if (Math.abs(term.length - stem.length) > reach || lettersApart(set, letterSet(term)) > 2 * reach) continue;
    const distance = editDistance(stem, term, reach);
    if (distance <= reach && index.frequency(term) > 0)
      terms.push({ term, distance, frequency: index.frequency(term) });
  }
  const closest = terms.sort((a, b) => a.distance - b.distance || b.frequency - a.frequency).slice(0, LOOKED_UP);
  let best: { written: string; distance: number } | null = null;
  for (const { term } of closest) {
    for (const written of writtenForms(term, vocabulary.textsWith(term))) {
      const distance = editDistance(word, written, limit);
      if (distance <= limit && distance < (best?.distance ?? Infinity)) best = { written, distance };
    }
  }
  return best?.written ?? null;
}

/** Slips are rare at the beginning of a word, but for two letters swapped. */
function beginsAlike(a: string, b: string): boolean {
  return a[0] === b[0] || (a[0] === b[1] && a[1] === b[0]);
}

/** The words of the texts that give this term, folded. */
export function writtenForms(term: string, texts: readonly string[]): Iterable<string> {
  const all = texts.flatMap((text) => fold(text).match(WORD) ?? []);
  // A stem keeps the beginning of its word.
  const begin = term.slice(0, 2);
  return new Set(all.filter((word) => word.startsWith(begin) && words(word)[0] === term));
}
