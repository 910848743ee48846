/** What is too long for a passage: a span to words, and words that are too long to pieces of words. */
import type { Span } from '../document.ts';
import { pack, type Piece } from './packing.ts';
import type { CountTokens } from './units.ts';

/** The span as one piece; one of more than `limit` tokens in several, cut between words. */
export function fitting(text: string, span: Span, limit: number, count: CountTokens): Piece[] {
  const tokens = count(text.slice(span.start, span.end));
  if (tokens <= limit) return [{ start: span.start, end: span.end, tokens }];
  return pack(wordPieces(text, span, limit, count), limit, 0);
}

/** The words of `text.slice(start, end)` in order; one of more than `limit` tokens comes in pieces. */
export function* wordPieces(text: string, { start, end }: Span, limit: number, count: CountTokens): Generator<Piece> {
  for (const match of text.slice(start, end).matchAll(/\S+/g)) {
    for (const piece of cutWord(match[0], limit, count)) {
      const at = start + match.index;
      yield { start: at + piece.start, end: at + piece.end, tokens: piece.tokens };
    }
  }
}

/** A word of more than `limit` tokens in halves, again and again, until each piece fits. */
function* cutWord(word: string, limit: number, count: CountTokens, from = 0): Generator<Piece> {
  // Tokenisers take a very long word as one unknown token: its length alone must count then.
  const tokens = Math.max(count(word), Math.ceil(word.length / 16));
  if (tokens <= limit || word.length < 2) {
    yield { start: from, end: from + word.length, tokens };
    return;
  }
  let half = word.length >> 1;
  if (/[\uDC00-\uDFFF]/.test(word[half]!)) half--;
  if (half === 0) half = word.length;
  if (half === word.length) {
    yield { start: from, end: from + word.length, tokens };
    return;
  }
  yield* cutWord(word.slice(0, half), limit, count, from);
  yield* cutWord(word.slice(half), limit, count, from + half);
}
