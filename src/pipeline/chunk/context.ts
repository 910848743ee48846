/** What is told of a passage beyond its text: title, headings, table header. */
import type { CountTokens } from './units.ts';

export interface Context {
  /** `Title › Heading › Table header`: for the generator and the keyword index. */
  readonly text: string;
  /** The same for the embedder, without a title that is a whole sentence. */
  readonly lead: string;
  /** Length of `lead`. */
  readonly tokens: number;
}

export const noContext: Context = { text: '', lead: '', tokens: 0 };

/**
 * Characters. A longer title or heading is a sentence of the text that was set as one: in every passage below it, it would
 * bring their vectors nearer to each other, and none nearer to a question (docs/retrieval.md).
 */
const longest = 120;

/** @param limit tokens of the context, and of its lead */
export function contextOf(
  title: string,
  headings: readonly string[],
  header: string,
  limit: number,
  count: CountTokens,
): Context {
  const [first = '', ...others] = headings.map((heading) => heading.trim());
  // The outermost heading mostly says the title again, in more words or fewer: the shorter one is enough.
  const again = saysTheSame(title, first);
  const top = again && first.length < title.length ? first : title;
  const below = [...(again ? [] : [first]), ...others].filter((part) => part.length <= longest);
  const parts = distinct([...below, header.trim()]);
  const whole = fit(distinct([top.trim(), ...parts]), limit, count);
  const lead = top.length <= longest ? whole : fit(parts, limit, count);
  return { text: whole.text, lead: lead.text, tokens: lead.tokens };
}

function distinct(parts: readonly string[]): string[] {
  return parts.filter((part, i) => part && parts.indexOf(part) === i);
}

/** All words of one stand in the other. */
function saysTheSame(a: string, b: string): boolean {
  const [fewer, more] = [a, b].map(wordsOf).sort((x, y) => x.size - y.size) as [Set<string>, Set<string>];
  return fewer.size > 0 && [...fewer].every((word) => more.has(word));
}

const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));

/** Joins with `›`; over the limit, middle parts go first, then words from the end of the first. */
function fit(parts: readonly string[], limit: number, count: CountTokens): { text: string; tokens: number } {
  const kept = [...parts];
  const joined = () => kept.join(' › ');
  while (kept.length > 1 && count(joined()) > limit) kept.splice(1, 1);
  const words = joined().split(' ');
  while (words.length > 1 && count(words.join(' ')) > limit) words.pop();
  const text = words.join(' ');
  const tokens = text ? count(text) : 0;
  return tokens > limit ? { text: '', tokens: 0 } : { text, tokens };
}
