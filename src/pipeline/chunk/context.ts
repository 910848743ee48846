/** What is told of a passage beyond its text: title, headings, table header. */
import type { CountTokens } from './units.ts';

export interface Context {
  /** `Title › Heading › Table header`: for the generator and the keyword index. */
  readonly text: string;
  /** The same without the title: for the embedder. */
  readonly headings: string;
  /** Length of `headings`. */
  readonly tokens: number;
}

/** Characters. A longer heading is a sentence of the text that was set as one. */
const longestHeading = 120;

/** @param limit tokens of the context, and of its headings */
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
  const below = [...(again ? [] : [first]), ...others].filter((part) => part.length <= longestHeading);
  const parts = distinct([...below, header.trim()]);
  const alone = fit(parts, limit, count);
  return { text: fit(distinct([top.trim(), ...parts]), limit, count).text, headings: alone.text, tokens: alone.tokens };
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
