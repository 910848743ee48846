/** Cutters that go by length alone: what the others are measured against. */
import type { Span } from '../document.ts';
import { pack, type Piece } from './packing.ts';
import { sentences } from './sentences.ts';
import type { CountTokens } from './units.ts';
import { fitting, wordPieces } from './word-pieces.ts';

/** Windows of at most `size` tokens, ended between words wherever a word fits. */
export function cutFixed(text: string, size: number, overlap: number, count: CountTokens): Span[] {
  return pack(wordPieces(text, { start: 0, end: text.length }, size, count), size, overlap);
}

/** As many whole sentences as fit into `size` tokens; a longer sentence is cut between words. */
export function cutBySentences(text: string, size: number, overlap: number, count: CountTokens): Span[] {
  return pack(sentencePieces(text, size, count), size, overlap);
}

/** The sentences of a text; one of more than `limit` tokens comes in pieces. */
export function sentencePieces(text: string, limit: number, count: CountTokens): Piece[] {
  return sentences(text).flatMap((span) => fitting(text, span, limit, count));
}
