/** Which commands a few typed letters mean, best first, and which letters of their titles matched. */
import fuzzysort from 'fuzzysort';

export interface Match<T> {
  readonly item: T;
  /** The title in pieces: every second one, from the second on, matched. */
  readonly pieces: readonly string[];
}

/** More are never looked through; letters are typed instead. */
const MOST = 50;

/** Without letters all items in their order. */
export function matches<T extends { readonly title: string }>(query: string, items: readonly T[]): readonly Match<T>[] {
  if (query.trim() === '') return items.slice(0, MOST).map((item) => ({ item, pieces: [item.title] }));
  return fuzzysort
    .go(query, items, { key: 'title', limit: MOST, threshold: 0.3 })
    .map(({ obj, indexes }) => ({ item: obj, pieces: cut(obj.title, indexes) }));
}

function cut(title: string, indexes: readonly number[]): string[] {
  const marked = new Set(indexes);
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0; at < title.length; at++) {
    const inMatch = pieces.length % 2 === 1;
    if (marked.has(at) === inMatch) continue;
    pieces.push(title.slice(from, at));
    from = at;
  }
  return [...pieces, title.slice(from)];
}
