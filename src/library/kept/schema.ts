/** What a kept collection consists of, as it lies in the browser's database; docs/collections.md tells why so. */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { Question } from '../../lab/question.ts';
import type { ChunkSettings } from '../../pipeline/chunk/chunk.ts';
import type { Document, Passage } from '../../pipeline/document.ts';
import type { EmbeddingStamp } from '../../pipeline/embed/stamp.ts';
import type { Within } from '../../pipeline/retrieve/within.ts';
import type { Arrangement } from '../arrangement.ts';
import type { Attempt, AskSettings, Help, Settings, Status, Turn } from '../state.ts';

export interface KeptCollection {
  /** A UUID: names may be changed, and two may be alike. */
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** What it was worked with last. */
  readonly settings: Settings;
  /** Deleted, and not gone yet: the tab that did it can bring it back, for all others it is not there. */
  readonly deleted?: true;
}

/** `[collection, path]` */
export type DocumentKey = [collection: string, path: string];

/**
 * One document of a collection: the record that says whether it is whole. It is written with the original first, as
 * `unfinished`, and again, in one transaction with text and vectors, when all of it has been read.
 */
export interface KeptDocument {
  readonly collection: string;
  readonly path: string;
  /** Of the original: text and vectors bear the same, or they are of another version of the file. */
  readonly version: string;
  /** Counts up: the order in which documents came. */
  readonly added: number;
  /** Path of the mail or archive that it came in. */
  readonly outer: string | null;
  /** Of the original. */
  readonly bytes: number;
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Never a password. */
  readonly help: Omit<Help, 'password'>;
  readonly state: DocumentState;
}

export type DocumentState =
  | { readonly state: 'unfinished' }
  | {
      readonly state: 'read';
      readonly cut: ChunkSettings;
      readonly passages: number;
      /** Of its vectors; null where it was read without an embedder. */
      readonly stamp: EmbeddingStamp | null;
      /** Of text and vectors, about. */
      readonly bytes: number;
    }
  | Extract<Status, { state: 'failed' }>;

export interface KeptOriginal {
  readonly collection: string;
  readonly path: string;
  readonly version: string;
  readonly blob: Blob;
}

export interface KeptText {
  readonly collection: string;
  readonly path: string;
  readonly version: string;
  readonly document: Document;
  readonly passages: readonly KeptPassage[];
}

/** A passage without what its document says already: its text is the slice of the document's. */
export type KeptPassage = Omit<Passage, 'path' | 'text'>;

/** One vector for each id, side by side. */
export interface KeptVectors {
  readonly collection: string;
  readonly path: string;
  readonly version: string;
  readonly ids: readonly string[];
  /** `ids.length` times the stamp's dimensions. */
  readonly values: Float32Array;
}

export interface KeptTurn {
  readonly collection: string;
  readonly id: number;
  readonly turn: Turn;
}

/** How the person has arranged the documents; there is none while nothing has been moved or pinned. */
export interface KeptArrangement extends Arrangement {
  readonly collection: string;
}

/** The question set of the lab; there is none before it has been written first. */
export interface KeptQuestions {
  readonly collection: string;
  readonly questions: readonly Question[];
}

/** What questions are asked of; there is none before it has been written first, as if it were null. */
export interface KeptLimit {
  readonly collection: string;
  /** Null for all documents. */
  readonly limit: Within | null;
}

export interface KeptSchema extends DBSchema {
  collections: { key: string; value: KeptCollection };
  documents: { key: DocumentKey; value: KeptDocument };
  originals: { key: DocumentKey; value: KeptOriginal };
  texts: { key: DocumentKey; value: KeptText };
  vectors: { key: DocumentKey; value: KeptVectors };
  turns: { key: [collection: string, id: number]; value: KeptTurn };
  /** Since version 2. */
  arrangements: { key: [collection: string]; value: KeptArrangement };
  /** Since version 3. */
  questions: { key: [collection: string]; value: KeptQuestions };
  /** Since version 3. */
  limits: { key: [collection: string]; value: KeptLimit };
  /** Under `open`: id of the collection that was on the desk last; null when it was one in memory. */
  desk: { key: 'open'; value: string | null };
}

/** The stores that hold a record for a document. */
export const documentStores = ['documents', 'originals', 'texts', 'vectors'] as const;

/** The stores whose records belong to a collection. */
export const collectionStores = [...documentStores, 'turns', 'arrangements', 'questions', 'limits'] as const;

export type Step = (
  database: IDBPDatabase<KeptSchema>,
  transaction: IDBPTransaction<KeptSchema, StoreNames<KeptSchema>[], 'versionchange'>,
) => void | Promise<void>;

/** From each version to the next: the first makes version 1 of nothing. Never change one that has been published. */
export const steps: readonly Step[] = [
  (database) => {
    database.createObjectStore('collections', { keyPath: 'id' });
    for (const name of documentStores) database.createObjectStore(name, { keyPath: ['collection', 'path'] });
    database.createObjectStore('turns', { keyPath: ['collection', 'id'] });
    database.createObjectStore('desk');
  },
  async (database, transaction) => {
    database.createObjectStore('arrangements', { keyPath: ['collection'] });
    // A question could not be limited to some of the documents before.
    for (let at = await transaction.objectStore('turns').openCursor(); at; at = await at.continue())
      await at.update({ ...at.value, turn: unlimited(at.value.turn) });
  },
  // The page of version 2 would show a collection that is marked as deleted, too.
  (database) => {
    for (const name of ['questions', 'limits'] as const) database.createObjectStore(name, { keyPath: ['collection'] });
  },
];

/** A turn of version 1. */
export type TurnBefore = Omit<Turn, 'within' | 'wanted' | 'askedWith' | 'earlier'> & {
  readonly wanted: AskedBefore | null;
  readonly askedWith: AskedBefore | null;
  readonly earlier: readonly (Omit<Attempt, 'askedWith'> & { readonly askedWith: AskedBefore })[];
};
type AskedBefore = Omit<AskSettings, 'within'>;

function unlimited(turn: TurnBefore): Turn {
  const { wanted, askedWith, earlier } = turn;
  return {
    ...{ ...turn, within: null },
    wanted: wanted && { ...wanted, within: null },
    askedWith: askedWith && { ...askedWith, within: null },
    earlier: earlier.map((attempt) => ({ ...attempt, askedWith: { ...attempt.askedWith, within: null } })),
  };
}
