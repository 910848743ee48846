/** Document -> Passage[]: structural, token-aware, stable under edits. */
import type { Document, Passage } from '../document.ts';
import { boundaries } from './boundaries.ts';
import { hash64 } from './hash.ts';
import { strengths, units, type CountTokens, type Unit } from './units.ts';

export interface ChunkSettings {
  /** Passage size in the embedder's tokens, context and special tokens included. */
  readonly passageTokens: number;
  /** At most so many tokens of whole sentences are repeated from the end of the passage before. */
  readonly overlapTokens: number;
}

/** Sizes a person may set: below, a passage says too little; above, the embedder would cut it silently. */
export const passageTokenLimits = { least: 48, most: 480 } as const;

/** Share of a passage that its context may take. */
const contextShare = 0.25;

/** `[CLS]` and `[SEP]`. */
const specialTokens = 2;

/** Text the embedder sees for a passage. */
export function passageInput(passage: Pick<Passage, 'context' | 'text'>): string {
  return passage.context ? `${passage.context}\n${passage.text}` : passage.text;
}

/**
 * Passages in order; together they hold every non-space character of `document.text`.
 * None is longer than `settings.passageTokens`.
 */
export function chunk(document: Document, settings: ChunkSettings, count: CountTokens): Passage[] {
  const { least, most } = passageTokenLimits;
  const size = Math.min(most, Math.max(least, Math.round(settings.passageTokens))) - specialTokens;
  const overlap = Math.min(Math.max(0, settings.overlapTokens), Math.floor(size / 3));
  const contexts = new Map<string, { readonly text: string; readonly tokens: number }>();
  const contextOf = (unit: Unit) => {
    const parts = contextParts(document.title, unit);
    const key = parts.join('\n');
    const known = contexts.get(key) ?? fit(parts, Math.floor(size * contextShare), count);
    contexts.set(key, known);
    return known;
  };
  const all = units(document, Math.floor(size * (1 - contextShare)) - overlap, count);
  // Room for the longest context of the document: a smaller reserve for each passage would let edits spread.
  const reserved = all.reduce((most, unit) => Math.max(most, contextOf(unit).tokens), 0);
  return boundaries(all, size - reserved - overlap).map(({ from, to }) => {
    const first = all[withOverlap(all, from, overlap)]!;
    const last = all[to - 1]!;
    const context = contextOf(all[from]!).text;
    const text = document.text.slice(first.start, last.end);
    const { header } = all[from]!;
    const table = header && all.slice(from, to).every((unit) => unit.header === header) ? { header } : {};
    return {
      id: hash64(`${context}\n${text}`),
      path: document.path,
      start: first.start,
      end: last.end,
      context,
      text,
      ...table,
      tokens: contextOf(all[from]!).tokens + count(text) + specialTokens,
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

function contextParts(title: string, { headings: [first = '', ...others], header }: Unit): string[] {
  // The outermost heading mostly says the title again, in more words or fewer: the shorter one is enough.
  const top = saysTheSame(title, first) ? [first.length < title.length ? first : title] : [title, first];
  const parts = [...top, ...others, header].map((part) => part.trim());
  return parts.filter((part, i) => part && parts.indexOf(part) === i);
}

/** All words of one stand in the other. */
function saysTheSame(a: string, b: string): boolean {
  const [fewer, more] = [a, b].map(wordsOf).sort((x, y) => x.size - y.size) as [Set<string>, Set<string>];
  return fewer.size > 0 && [...fewer].every((word) => more.has(word));
}

const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));

/** Joins with `›`; over the limit, middle parts go first, then words from the end of the title. */
function fit(parts: string[], limit: number, count: CountTokens): { text: string; tokens: number } {
  const kept = [...parts];
  const joined = () => kept.join(' › ');
  while (kept.length > 2 && count(joined()) > limit) kept.splice(1, 1);
  if (kept.length === 2 && count(joined()) > limit) kept.splice(1, 1);
  const words = joined().split(' ');
  while (words.length > 1 && count(words.join(' ')) > limit) words.pop();
  const text = words.join(' ');
  const tokens = count(text);
  return tokens > limit ? { text: '', tokens: 0 } : { text, tokens };
}
