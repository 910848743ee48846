/** Blocks to units: the smallest pieces the chunker moves, sentences for the most part. */
import type { Block, Document, Span } from '../document.ts';
import { hash32 } from './hash.ts';
import type { Piece } from './packing.ts';
import { sentences, trim } from './sentences.ts';
import { fitting } from './word-pieces.ts';

/** Counts tokens of a text without special tokens. */
export type CountTokens = (text: string) => number;

export interface Unit extends Span {
  readonly tokens: number;
  /** How good a place for a boundary the start of this unit is: 0 is never, higher is better. */
  readonly strength: number;
  /** A coin toss from the unit's own text: breaks ties between equal strengths, see boundaries.ts. */
  readonly coin: number;
  /** Heading path above this unit, outermost first. */
  readonly headings: readonly string[];
  /** The table header that belongs to the unit; '' outside tables. */
  readonly header: string;
}

export const strengths = { never: 0, word: 1, sentence: 2, item: 3, paragraph: 4, row: 5, heading: 6 } as const;

/** Headings of level 1 are the best places, level 6 hardly better than a paragraph. */
const headingStrength = (level: number) => strengths.heading + (6 - level);

/**
 * All units of a document, in order. Each has at most `limit` tokens: a longer sentence is cut between
 * words, a longer word between characters, never inside a surrogate pair.
 */
export function units(document: Pick<Document, 'text' | 'blocks'>, limit: number, count: CountTokens): Unit[] {
  const { text, blocks } = document;
  const found: Unit[] = [];
  const path: { level: number; text: string }[] = [];
  let afterHeading = false;
  for (const block of blocks) {
    if (block.kind === 'heading') {
      while (path.length && path[path.length - 1]!.level >= block.level) path.pop();
    }
    const headings = path.map((heading) => heading.text);
    let first = true;
    for (const piece of pieces(text, block, limit, count)) {
      // A heading stays with what follows it.
      const strength = !first ? piece.strength : afterHeading && block.kind !== 'heading' ? 0 : blockStrength(block);
      const slice = text.slice(piece.start, piece.end);
      found.push({
        start: piece.start,
        end: piece.end,
        tokens: piece.tokens,
        strength,
        coin: hash32(slice),
        headings,
        header: block.kind === 'row' ? block.header : '',
      });
      first = false;
    }
    if (block.kind === 'heading') {
      path.push({
        level: block.level,
        text: text
          .slice(block.start, block.end)
          .replace(/\s+/g, ' ')
          .replace(/^#+\s*/, '')
          .replace(/^\\[a-z]+\*?\s*(?:\[[^\]]*\]\s*)?\{(.*)\}(?:\s*\\label\{[^}]*\})?$/, '$1')
          .trim(),
      });
    }
    afterHeading = block.kind === 'heading';
  }
  return found;
}

function blockStrength(block: Block): number {
  if (block.kind === 'heading') return headingStrength(block.level);
  return block.kind === 'row' || block.kind === 'item' ? strengths[block.kind] : strengths.paragraph;
}

interface SmallPiece extends Piece {
  readonly strength: number;
}

/** Sentences of prose, lines of code, whole table rows; what is over the limit is cut further. */
function* pieces(text: string, block: Block, limit: number, count: CountTokens): Generator<SmallPiece> {
  const spans =
    block.kind === 'code'
      ? lines(text, block)
      : block.kind === 'row'
        ? [block]
        : sentences(text, block.start, block.end);
  for (const span of spans) {
    const found = fitting(text, span, limit, count);
    const strength = found.length > 1 ? strengths.word : strengths.sentence;
    for (const piece of found) yield { ...piece, strength };
  }
}

function lines(text: string, block: Span): Span[] {
  const found: Span[] = [];
  let from = block.start;
  while (from < block.end) {
    const at = text.indexOf('\n', from);
    const to = at < 0 || at >= block.end ? block.end : at + 1;
    const span = trim(text, from, to);
    if (span) found.push(span);
    from = to;
  }
  return found;
}
