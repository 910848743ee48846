/**
 * The cutter most programs use: a text is split at its coarsest separator, what is still too long at the next finer
 * one, and neighbouring pieces are joined again while they fit. Without overlap and at 200 tokens it is the favourite of
 * Smith and Troynikov, “Evaluating Chunking Strategies for Retrieval” (Chroma 2024), whose separators these are.
 * It knows nothing of headings, tables or lists.
 */
import type { Span } from '../document.ts';
import { pack, type Piece } from './packing.ts';
import { trim } from './sentences.ts';
import { wordPieces } from './word-pieces.ts';
import type { CountTokens } from './units.ts';

/** From paragraphs down to words. */
const separators = ['\n\n', '\n', '.', '?', '!', ' '] as const;

/** @param size tokens of a passage, without special tokens */
export function cutRecursively(text: string, size: number, overlap: number, count: CountTokens): Span[] {
  return split({ start: 0, end: text.length }, 0).flatMap((span) => trim(text, span.start, span.end) ?? []);

  function split(span: Span, level: number): Span[] {
    while (level < separators.length && !text.slice(span.start, span.end).includes(separators[level]!)) level++;
    const separator = separators[level];
    if (separator === undefined) return pack(wordPieces(text, span, size, count), size, overlap);
    const found: Span[] = [];
    let short: Piece[] = [];
    const join = (): void => {
      found.push(...pack(short, size, overlap));
      short = [];
    };
    for (const piece of parts(text, span, separator)) {
      const tokens = count(text.slice(piece.start, piece.end));
      if (tokens <= size) short.push({ ...piece, tokens });
      else {
        join();
        found.push(...split(piece, level + 1));
      }
    }
    join();
    return found;
  }
}

/** The span cut before each separator: it stays with what follows, as in the published cutter. */
function parts(text: string, { start, end }: Span, separator: string): Span[] {
  const found: Span[] = [];
  let from = start;
  for (
    let at = text.indexOf(separator, start + 1);
    at !== -1 && at < end;
    at = text.indexOf(separator, at + separator.length)
  ) {
    found.push({ start: from, end: at });
    from = at;
  }
  return [...found, { start: from, end }];
}
