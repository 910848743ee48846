/** A collection on its way into a file: from what is kept in the browser, or from a desk in memory. */
import type { Question } from '../../lab/question.ts';
import { packPassages, packedBytes } from '../kept/pack.ts';
import type { KeptCollection, KeptDocument } from '../kept/schema.ts';
import type { KeptStore } from '../kept/store.ts';
import type { DocumentRecords } from '../kept/whole.ts';
import { failureOf, isAnswered, withoutPassword } from '../kept/writer.ts';
import type { StampedVectors } from '../../pipeline/embed/stamp.ts';
import type { Entry, Settings, Turn } from '../state.ts';

export interface Carriable extends Pick<KeptCollection, 'name' | 'created' | 'settings'> {
  /** How many documents there are. */
  readonly count: number;
  /** In the order of the list, so that what a file holds comes after the file. */
  documents(): AsyncIterable<DocumentRecords>;
  readonly turns: readonly Turn[];
  /** The question set of the lab. */
  readonly questions: readonly Question[];
}

/** @throws KeptError */
export async function keptCollection(store: KeptStore, id: string): Promise<Carriable> {
  const [collection, records, turns, questions] = await Promise.all([
    store.collection(id),
    store.documents(id),
    store.turns(id),
    store.questions(id),
  ]);
  if (!collection) throw new Error('This collection has been deleted.');
  async function* documents(): AsyncIterable<DocumentRecords> {
    for (const document of records) {
      const { path } = document;
      const [original, text, vectors] = await Promise.all([
        store.original(id, path),
        store.text(id, path),
        store.vectors(id, path),
      ]);
      yield { document, original, text, vectors };
    }
  }
  return { ...collection, count: records.length, documents, turns, questions };
}

export interface DeskToCarry {
  readonly name: string;
  readonly settings: Settings;
  readonly entries: readonly Entry[];
  readonly turns: readonly Turn[];
  readonly questions: readonly Question[];
  vectorsOf(path: string): Promise<StampedVectors | null>;
}

export function deskCollection(
  { name, settings, entries, turns, questions, vectorsOf }: DeskToCarry,
  now: Date,
): Carriable {
  async function* documents(): AsyncIterable<DocumentRecords> {
    for (const [i, entry] of entries.entries()) yield await recordsOf(entry, i + 1, settings, vectorsOf);
  }
  const about = { name, created: now.getTime(), settings, count: entries.length };
  return { ...about, documents, turns: turns.filter(isAnswered), questions };
}

async function recordsOf(
  entry: Entry,
  added: number,
  { strategy, passageTokens, overlapTokens }: Settings,
  vectorsOf: DeskToCarry['vectorsOf'],
): Promise<DocumentRecords> {
  const { path, file, outer, document, passages } = entry;
  const key = { collection: '', path, version: '' };
  const about: KeptDocument = {
    ...{ ...key, added, outer, bytes: file.size, type: file.type, modified: file.lastModified },
    ...{ help: withoutPassword(entry.help), state: { state: 'unfinished' } },
  };
  const original = { ...key, blob: file };
  const failure = failureOf(entry);
  if (failure || !document)
    return { document: { ...about, state: failure ?? about.state }, original, text: undefined, vectors: undefined };
  const vectors = await vectorsOf(path);
  const cut = { strategy, passageTokens, overlapTokens };
  const bytes = packedBytes({ document, passages, vectors });
  return {
    document: {
      ...about,
      state: { state: 'read', cut, passages: passages.length, stamp: vectors?.stamp ?? null, bytes },
    },
    original,
    text: { ...key, document, passages: packPassages(passages) },
    vectors: vectors ? { ...key, ids: vectors.ids, values: vectors.values } : undefined,
  };
}
