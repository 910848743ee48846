/** Pieces in a row to passages: each is filled until the next piece no longer fits. */
import type { Span } from '../document.ts';

/** A piece that is not cut further. */
export interface Piece extends Span {
  readonly tokens: number;
}

/**
 * Fills passages in order with up to `size` tokens of whole pieces.
 * @param overlap at most so many tokens of whole pieces stand both at a passage's end and at the next one's start
 */
export function pack(pieces: Iterable<Piece>, size: number, overlap: number): Piece[] {
  const packed: Piece[] = [];
  const held: Piece[] = [];
  let tokens = 0;
  for (const piece of pieces) {
    if (held.length > 0 && tokens + piece.tokens > size) {
      packed.push({ start: held[0]!.start, end: held.at(-1)!.end, tokens });
      while (held.length > 0 && (tokens > overlap || tokens + piece.tokens > size)) tokens -= held.shift()!.tokens;
    }
    held.push(piece);
    tokens += piece.tokens;
  }
  if (held.length > 0) packed.push({ start: held[0]!.start, end: held.at(-1)!.end, tokens });
  return packed;
}
