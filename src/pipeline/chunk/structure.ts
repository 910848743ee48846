/** Passages along the document's own structure, stable under edits: the default strategy. */
import type { Document } from '../document.ts';
import { boundaries } from './boundaries.ts';
import type { Cut } from './chunk.ts';
import { contextOf, type Context } from './context.ts';
import { strengths, units, type CountTokens, type Unit } from './units.ts';

/** Share of a passage that its context may take. */
const contextShare = 0.25;

/**
 * Cuts at headings, rows and paragraphs before sentences, and gives each passage the path of headings above it.
 * @param size tokens of a passage, its context included, without special tokens
 * @param overlap at most so many tokens of whole sentences are repeated from the end of the passage before
 */
export function cutByStructure(
  document: Pick<Document, 'title' | 'text' | 'blocks'>,
  size: number,
  overlap: number,
  count: CountTokens,
): Cut[] {
  const contexts = new Map<string, Context>();
  const contextFor = ({ headings, header }: Unit): Context => {
    const key = [...headings, header].join('\n');
    const known =
      contexts.get(key) ?? contextOf(document.title, headings, header, Math.floor(size * contextShare), count);
    contexts.set(key, known);
    return known;
  };
  const all = units(document, Math.floor(size * (1 - contextShare)) - overlap, count);
  // Room for the longest context of the document: a smaller reserve for each passage would let edits spread.
  const reserved = all.reduce((most, unit) => Math.max(most, contextFor(unit).tokens), 0);
  return boundaries(all, size - reserved - overlap).map(({ from, to }) => {
    const { header } = all[from]!;
    const oneTable = header !== '' && all.slice(from, to).every((unit) => unit.header === header);
    return {
      start: all[withOverlap(all, from, overlap)]!.start,
      end: all[to - 1]!.end,
      context: contextFor(all[from]!),
      ...(oneTable && { header }),
    };
  });
}

/** The index of the first unit when up to `overlap` tokens of the units before `from` are taken along. */
function withOverlap(all: readonly Unit[], from: number, overlap: number): number {
  let at = from;
  let left = overlap;
  while (at > 0 && all[at]!.strength < strengths.row && all[at - 1]!.tokens <= left) left -= all[--at]!.tokens;
  return at;
}
