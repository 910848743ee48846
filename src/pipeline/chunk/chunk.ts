/** Document -> Passage[]: token-aware, each non-space character in a passage, by one of several strategies. */
import type { Document, Passage, Span } from '../document.ts';
import { noContext, type Context } from './context.ts';
import { hash64 } from './hash.ts';
import { cutBySentences, cutFixed, sentencePieces } from './plain.ts';
import { cutRecursively } from './recursive.ts';
import { cutBySense } from './semantic.ts';
import { cutByStructure } from './structure.ts';
import type { CountTokens } from './units.ts';

/** How documents are cut; `structure` is what measures best (docs/retrieval.md). */
export const chunkStrategies = ['structure', 'sentences', 'recursive', 'fixed', 'semantic'] as const;
export type ChunkStrategy = (typeof chunkStrategies)[number];

export interface ChunkSettings {
  readonly strategy: ChunkStrategy;
  /** Passage size in the embedder's tokens, context and special tokens included. */
  readonly passageTokens: number;
  /** At most so many tokens are repeated from the end of the passage before: whole sentences, words if `fixed`. */
  readonly overlapTokens: number;
}

/** Whether documents are cut alike; other settings may differ. */
export function sameCut(a: ChunkSettings, b: ChunkSettings): boolean {
  return a.strategy === b.strategy && a.passageTokens === b.passageTokens && a.overlapTokens === b.overlapTokens;
}

/** Sizes a person may set: below, a passage says too little; above, the embedder would cut it silently. */
export const passageTokenLimits = { least: 48, most: 480 } as const;

/** `[CLS]` and `[SEP]`. */
const specialTokens = 2;

/** Where a passage lies, and what is told with it. */
export interface Cut extends Span {
  readonly context: Context;
  /** The header of the table that all of the passage lies in. */
  readonly header?: string;
}

/** Text the embedder sees for a passage. */
export function passageInput({ lead, text }: Pick<Passage, 'lead' | 'text'>): string {
  return lead ? `${lead}\n${text}` : text;
}

/**
 * Passages in order; together they hold every non-space character of `document.text`.
 * None is longer than `settings.passageTokens`.
 * @param vectors of the sentences that `sentencesToEmbed` gives, for `semantic`; without them it cuts as `sentences`
 */
export function chunk(
  document: Document,
  settings: ChunkSettings,
  count: CountTokens,
  vectors: readonly Float32Array[] = [],
): Passage[] {
  return cuts(document, settings, count, vectors).map(
    ({ start, end, context: { text: context, lead, tokens }, header }) => {
      const text = document.text.slice(start, end);
      return {
        id: hash64(`${context}\n${text}`),
        path: document.path,
        start,
        end,
        context,
        text,
        ...(lead && { lead }),
        ...(header === undefined ? {} : { header }),
        tokens: tokens + count(text) + specialTokens,
      };
    },
  );
}

/** What is to be embedded before a document can be cut by sense, in order; nothing for the other strategies. */
export function sentencesToEmbed(document: Document, settings: ChunkSettings, count: CountTokens): string[] {
  if (settings.strategy !== 'semantic') return [];
  return sentencePieces(document.text, textTokens(settings), count).map(({ start, end }) =>
    document.text.slice(start, end),
  );
}

function cuts(
  document: Document,
  settings: ChunkSettings,
  count: CountTokens,
  vectors: readonly Float32Array[],
): Cut[] {
  const size = textTokens(settings);
  const overlap = Math.min(Math.max(0, settings.overlapTokens), Math.floor(size / 3));
  const { text } = document;
  switch (settings.strategy) {
    case 'structure':
      return cutByStructure(document, size, overlap, count);
    case 'sentences':
      return plain(cutBySentences(text, size, overlap, count));
    case 'recursive':
      return plain(cutRecursively(text, size, overlap, count));
    case 'fixed':
      return plain(cutFixed(text, size, overlap, count));
    case 'semantic':
      if (vectors.length === 0) return plain(cutBySentences(text, size, overlap, count));
      return plain(cutBySense(sentencePieces(text, size, count), vectors, size));
  }
}

/** Only `structure` knows titles and headings. */
function plain(spans: readonly Span[]): Cut[] {
  return spans.map(({ start, end }) => ({ start, end, context: noContext }));
}

function textTokens({ passageTokens }: ChunkSettings): number {
  const { least, most } = passageTokenLimits;
  return Math.min(most, Math.max(least, Math.round(passageTokens))) - specialTokens;
}
