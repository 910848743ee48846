import type { Passage } from '../document.ts';
import type { Collection } from '../index/collection.ts';
import { findHits, type Hits } from './hits.ts';
import type { Query } from './second-step.ts';

export interface LookUpOptions {
  /** How far each index looks. */
  readonly depth?: number;
  /** Keys that may be found; all where it is left out. */
  readonly within?: ReadonlySet<number> | undefined;
}

/** What both indexes say of a query, and the passages that they name, by key. */
export function lookUp(
  collection: Collection,
  { words, vector }: Query,
  { depth, within }: LookUpOptions = {},
): { readonly hits: Hits; readonly passages: ReadonlyMap<number, Passage> } {
  const hits = findHits(words, vector, collection.keywordIndex, collection.vectorIndex, depth, within);
  const keys = [...hits.keyword, ...hits.vector].map(({ key }) => key);
  return { hits, passages: new Map(keys.map((key) => [key, collection.passage(key)])) };
}
