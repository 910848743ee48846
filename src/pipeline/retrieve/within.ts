/** A part of the collection that a search is limited to: what lies outside is no candidate. */
import type { Passage } from '../document.ts';
import type { Collection } from '../index/collection.ts';
import { fold } from '../index/words.ts';

export interface Within {
  /** Of the documents. */
  readonly paths: readonly string[];
  /** Only passages under a title or heading that holds this; '' for all. Case and accents make no difference. */
  readonly heading: string;
}

/** What is searched. */
export interface Part {
  /** Keys that may be found; undefined for all. */
  readonly keys: ReadonlySet<number> | undefined;
  /** How many passages it has, and how many of them have a vector. */
  readonly passages: number;
  readonly embedded: number;
  /** In how many documents they may lie. */
  readonly documents: number;
}

/** Whether a passage of one of the documents is meant. A context that was too long for its limit lacks some headings. */
export function isUnder({ context }: Pick<Passage, 'context'>, heading: string): boolean {
  return heading === '' || fold(context).includes(fold(heading));
}

/** Documents that are not there count for nothing. */
export function partOf(collection: Collection, within: Within | null): Part {
  const { size: passages, embedded: all, documents } = collection;
  if (!within) return { keys: undefined, passages, embedded: all, documents };
  const paths = new Set(within.paths.filter((path) => collection.has(path)));
  const keys = collection.keysOf(paths, (passage) => isUnder(passage, within.heading));
  const embedded = [...keys].filter((key) => collection.isEmbedded(key)).length;
  return { keys, passages: keys.size, embedded, documents: paths.size };
}

/** What a refusal says of where it was looked; '' where that was everywhere. */
export function onlyWithin(documents: number | undefined): string {
  if (documents === undefined) return '';
  return `It was looked for only in the ${documents === 1 ? 'one document' : `${documents.toLocaleString('en')} documents`} that this question is limited to.`;
}
