/** Where the tokens of a text stand in it: transformers.js gives tokens without their places, so they are found again. */
import type { Span } from '../pipeline/document.ts';
import type { Token } from '../pipeline/embed/embedder.ts';

/** One code point as tokenizers see it, and where it comes from. */
interface Sign {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
  /** White space goes before it. */
  readonly first: boolean;
}

/** Accents of Latin, Greek and Cyrillic letters: BERT's normaliser takes them off. */
const ACCENTS = /[\u0300-\u036f]/g;
/** No tokenizer keeps them: white space, control and format characters, SentencePiece's mark of a word. */
const UNSEEN = /[\s\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2581]/gu;
/** Each is a word of its own to BERT: punctuation, and Chinese characters. */
const ALONE = /[\p{P}!-/:-@[-`{-~\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/u;

/**
 * The place of each token, in order; empty for one that stands within a character; null for one that the tokenizer added.
 * Null for all if text and tokens cannot be brought together: then nothing is guessed.
 * @param input all that the tokenizer was given
 */
export function tokenSpans(input: string, tokens: readonly Token[]): (Span | null)[] | null {
  const signs = signsOf(input);
  const spans: (Span | null)[] = [];
  let at = 0;
  let end = 0;
  for (const token of tokens) {
    if (token.kind === 'added') {
      spans.push(null);
      continue;
    }
    const length = lengthOf(token, signs, at);
    if (length === null) return null;
    const start = Math.max(end, signs[at]?.start ?? input.length);
    end = length === 0 ? start : Math.max(start, signs[at + length - 1]!.end);
    spans.push({ start, end });
    at += length;
  }
  return at === signs.length ? spans : null;
}

/** Signs that the token takes from `at` on; null if it does not stand there. */
function lengthOf({ text, kind }: Token, signs: readonly Sign[], at: number): number | null {
  const written = [...fold(kind === 'piece' ? text.replace(/^##(?=.)/su, '') : text)];
  const stands = written.every((sign, i) => signs[at + i]?.folded === sign);
  if (stands) return written.length;
  return kind === 'unknown' && at < signs.length ? unknownWord(signs, at) : null;
}

/** BERT's tokenizer knows a whole word or nothing of it. */
function unknownWord(signs: readonly Sign[], at: number): number {
  let length = 1;
  if (ALONE.test(signs[at]!.folded)) return length;
  for (;;) {
    const next = signs[at + length];
    if (!next || next.first || ALONE.test(next.folded)) return length;
    length++;
  }
}

function signsOf(input: string): Sign[] {
  const signs: Sign[] = [];
  let start = 0;
  let first = true;
  for (const character of input) {
    const end = start + character.length;
    if (/\s/.test(character)) first = true;
    for (const folded of fold(character)) {
      signs.push({ folded, start, end, first });
      first = false;
    }
    start = end;
  }
  return signs;
}

/** The same for text and for tokens, however much of it the tokenizer did. */
function fold(text: string): string {
  const small = text.normalize('NFKD').toLowerCase().replaceAll('ς', 'σ');
  return small.normalize('NFKD').replace(ACCENTS, '').replace(UNSEEN, '');
}
