/** Kept collections in the database. Each method that writes is one transaction: all of it is there, or nothing. */
import type { IDBPTransaction, StoreNames } from 'idb';
import type { Question } from '../../lab/question.ts';
import type { ChunkSettings } from '../../pipeline/chunk/chunk.ts';
import type { Within } from '../../pipeline/retrieve/within.ts';
import type { Arrangement } from '../arrangement.ts';
import type { Settings, Turn } from '../state.ts';
import type { Database } from './database.ts';
import { keptError } from './errors.ts';
import { packedBytes, packPassages, type ReadDocument } from './pack.ts';
import {
  collectionStores,
  documentStores,
  type DocumentKey,
  type DocumentState,
  type KeptCollection,
  type KeptDocument,
  type KeptOriginal,
  type KeptSchema,
  type KeptText,
  type KeptVectors,
} from './schema.ts';

/** A file as it comes, before it has been read. */
export interface ArrivedFile extends Pick<KeptDocument, 'path' | 'outer' | 'help' | 'added'> {
  readonly file: File;
  /** Names this version of the file. */
  readonly version: string;
}

/** What a collection takes. */
export interface Size {
  readonly documents: number;
  /** Originals, text and vectors, about. */
  readonly bytes: number;
}

type StoreName = StoreNames<KeptSchema>;

type Writing<Name extends StoreName> = IDBPTransaction<KeptSchema, Name[], 'readwrite'>;

/** What says that a document is whole, and what makes it so. */
const readStores = ['documents', 'texts', 'vectors'] as const;

export class KeptStore {
  constructor(private readonly database: Database) {}

  close(): void {
    this.database.close();
  }

  /** By name. */
  async collections(): Promise<readonly KeptCollection[]> {
    const all = (await this.database.getAll('collections')).filter(({ deleted }) => !deleted);
    return all.sort((a, b) => a.name.localeCompare(b.name, 'en') || a.created - b.created);
  }

  async collection(id: string): Promise<KeptCollection | undefined> {
    const collection = await this.database.get('collections', id);
    return collection?.deleted ? undefined : collection;
  }

  /** Id of the collection that was on the desk last. localStorage would lose it when the browser is killed. */
  async last(): Promise<string | null> {
    return (await this.database.get('desk', 'open')) ?? null;
  }

  /** @throws KeptError */
  async putLast(id: string | null): Promise<void> {
    await this.write('Which collection is on the desk could not be kept', ['desk'], (transaction) => [
      transaction.objectStore('desk').put(id, 'open'),
    ]);
  }

  /** Writes a new collection, or what has changed of it. @throws KeptError */
  async put(collection: KeptCollection): Promise<void> {
    await this.write(`“${collection.name}” could not be kept`, ['collections'], (transaction) => [
      transaction.objectStore('collections').put(collection),
    ]);
  }

  /** @throws KeptError */
  async rename(id: string, name: string): Promise<void> {
    await this.change(id, (collection) => ({ ...collection, name }));
  }

  /** @throws KeptError */
  async putSettings(id: string, settings: Settings): Promise<void> {
    await this.change(id, (collection) => ({ ...collection, settings }));
  }

  /** Undefined while the documents stand as they came. */
  async arrangement(id: string): Promise<Arrangement | undefined> {
    return this.database.get('arrangements', [id]);
  }

  /** @throws KeptError */
  async putArrangement(id: string, { order, pinned }: Arrangement): Promise<void> {
    await this.write('The order of the documents could not be kept', ['arrangements'], (transaction) => [
      transaction.objectStore('arrangements').put({ collection: id, order, pinned }),
    ]);
  }

  /** None where none has been written. */
  async questions(id: string): Promise<readonly Question[]> {
    return (await this.database.get('questions', [id]))?.questions ?? [];
  }

  /** Nothing is written to a collection that another tab has deleted meanwhile. @throws KeptError */
  async putQuestions(id: string, questions: readonly Question[]): Promise<void> {
    await this.write('The question set could not be kept', ['collections', 'questions'], async (transaction) => {
      if ((await transaction.objectStore('collections').count(id)) === 0) return [];
      return [transaction.objectStore('questions').put({ collection: id, questions })];
    });
  }

  /** Null for all documents. */
  async limit(id: string): Promise<Within | null> {
    return (await this.database.get('limits', [id]))?.limit ?? null;
  }

  /** @throws KeptError */
  async putLimit(id: string, limit: Within | null): Promise<void> {
    await this.write('What questions are limited to could not be kept', ['limits'], (transaction) => [
      transaction.objectStore('limits').put({ collection: id, limit }),
    ]);
  }

  /** A copy of everything under another id. @throws KeptError, and there is no copy */
  async duplicate(id: string, copy: KeptCollection): Promise<void> {
    await this.write(`“${copy.name}” could not be made`, ['collections', ...collectionStores], async (transaction) => {
      for (const name of collectionStores) {
        const store = transaction.objectStore(name);
        for (let at = await store.openCursor(within(id)); at; at = await at.continue())
          await store.put({ ...at.value, collection: copy.id });
      }
      await transaction.objectStore('collections').put(copy);
      return [];
    });
  }

  /** From now on it is not there, and can be put back. @throws KeptError, and it is as before */
  async markDeleted(id: string): Promise<void> {
    await this.change(id, (collection) => ({ ...collection, deleted: true }), 'The collection could not be deleted');
  }

  /** False where there is nothing left to put back. @throws KeptError */
  async putBack(id: string): Promise<boolean> {
    const back = ({ deleted: _deleted, ...collection }: KeptCollection) => collection;
    return this.change(id, back, 'The collection could not be put back');
  }

  /** Those that are deleted and not gone yet. */
  async markedDeleted(): Promise<readonly string[]> {
    return (await this.database.getAll('collections')).filter(({ deleted }) => deleted).map(({ id }) => id);
  }

  /** One that is marked as deleted goes for good; one that was put back stays. @throws KeptError, and all of it is there */
  async deleteMarked(id: string): Promise<void> {
    const stores = ['collections', ...collectionStores] as const;
    await this.write('What was deleted could not be cleared away', stores, async (transaction) => {
      const collections = transaction.objectStore('collections');
      if (!(await collections.get(id))?.deleted) return [];
      return [
        ...collectionStores.map((name) => transaction.objectStore(name).delete(within(id))),
        collections.delete(id),
      ];
    });
  }

  async size(id: string): Promise<Size> {
    const documents = await this.documents(id);
    const bytes = documents.map(({ bytes: own, state }) => own + (state.state === 'read' ? state.bytes : 0));
    return { documents: documents.length, bytes: bytes.reduce((sum, one) => sum + one, 0) };
  }

  /** In the order in which they came. */
  async documents(id: string): Promise<readonly KeptDocument[]> {
    const all = await this.database.getAll('documents', within(id));
    return all.sort((a, b) => a.added - b.added);
  }

  document(id: string, path: string): Promise<KeptDocument | undefined> {
    return this.database.get('documents', [id, path]);
  }

  original(id: string, path: string): Promise<KeptOriginal | undefined> {
    return this.database.get('originals', [id, path]);
  }

  text(id: string, path: string): Promise<KeptText | undefined> {
    return this.database.get('texts', [id, path]);
  }

  vectors(id: string, path: string): Promise<KeptVectors | undefined> {
    return this.database.get('vectors', [id, path]);
  }

  /** Files that came, as unfinished: what was there under their paths goes. @throws KeptError */
  async putOriginals(id: string, files: readonly ArrivedFile[]): Promise<void> {
    await this.write(`${named(files)} could not be kept`, documentStores, (transaction) =>
      files.flatMap(({ file, ...arrived }) => {
        const { path, version } = arrived;
        const document: KeptDocument = {
          ...{ collection: id, ...arrived, state: { state: 'unfinished' } },
          ...{ bytes: file.size, type: file.type, modified: file.lastModified },
        };
        return [
          transaction.objectStore('documents').put(document),
          transaction.objectStore('originals').put({ collection: id, path, version, blob: file }),
          transaction.objectStore('texts').delete([id, path]),
          transaction.objectStore('vectors').delete([id, path]),
        ];
      }),
    );
  }

  /** What was read of an original: from now on the document is whole. @throws KeptError */
  async putRead(id: string, arrived: Omit<ArrivedFile, 'file'>, read: ReadDocument, cut: ChunkSettings): Promise<void> {
    const { path, version } = arrived;
    const { document, passages, vectors } = read;
    const state: DocumentState = {
      ...{ state: 'read', cut, passages: passages.length, stamp: vectors?.stamp ?? null, bytes: packedBytes(read) },
    };
    await this.finish(id, arrived, state, (transaction) => [
      transaction
        .objectStore('texts')
        .put({ collection: id, path, version, document, passages: packPassages(passages) }),
      vectors
        ? transaction
            .objectStore('vectors')
            .put({ collection: id, path, version, ids: vectors.ids, values: vectors.values })
        : transaction.objectStore('vectors').delete([id, path]),
    ]);
  }

  /** Why an original could not be read. @throws KeptError */
  async putFailed(
    id: string,
    arrived: Omit<ArrivedFile, 'file'>,
    state: Extract<DocumentState, { state: 'failed' }>,
  ): Promise<void> {
    const key: DocumentKey = [id, arrived.path];
    await this.finish(id, arrived, state, (transaction) => [
      transaction.objectStore('texts').delete(key),
      transaction.objectStore('vectors').delete(key),
    ]);
  }

  /** @throws KeptError */
  async removeDocuments(id: string, paths: readonly string[]): Promise<void> {
    await this.write('The document could not be removed from what is kept', documentStores, (transaction) =>
      paths.flatMap((path) => documentStores.map((name) => transaction.objectStore(name).delete([id, path]))),
    );
  }

  /** In the order of their ids. */
  async turns(id: string): Promise<readonly Turn[]> {
    return (await this.database.getAll('turns', within(id))).map(({ turn }) => turn);
  }

  async turn(id: string, turn: number): Promise<Turn | undefined> {
    return (await this.database.get('turns', [id, turn]))?.turn;
  }

  /** Nothing is written to a collection that another tab has deleted meanwhile. @throws KeptError */
  async putTurns(id: string, turns: readonly Turn[]): Promise<void> {
    await this.write('The answer could not be kept', ['collections', 'turns'], async (transaction) => {
      if ((await transaction.objectStore('collections').count(id)) === 0) return [];
      return turns.map((turn) => transaction.objectStore('turns').put({ collection: id, id: turn.id, turn }));
    });
  }

  /** @throws KeptError */
  async removeTurns(id: string, turns: readonly number[]): Promise<void> {
    await this.write('The answer could not be removed from what is kept', ['turns'], (transaction) =>
      turns.map((turn) => transaction.objectStore('turns').delete([id, turn])),
    );
  }

  /** Writes the record that says that a document is whole, with what makes it so. */
  private async finish(
    id: string,
    { path, version, help }: Omit<ArrivedFile, 'file'>,
    state: DocumentState,
    rest: (transaction: Writing<(typeof readStores)[number]>) => readonly Promise<unknown>[],
  ): Promise<void> {
    await this.write(`“${path}” could not be kept`, readStores, async (transaction) => {
      const store = transaction.objectStore('documents');
      const document = await store.get([id, path]);
      // Replaced or removed meanwhile.
      if (document?.version !== version) return [];
      return [...rest(transaction), store.put({ ...document, help, state })];
    });
  }

  /** False where there is no such collection. */
  private async change(
    id: string,
    change: (collection: KeptCollection) => KeptCollection,
    what = 'The collection could not be changed',
  ): Promise<boolean> {
    let isThere = false;
    await this.write(what, ['collections'], async (transaction) => {
      const store = transaction.objectStore('collections');
      const collection = await store.get(id);
      isThere = collection !== undefined;
      return collection ? [store.put(change(collection))] : [];
    });
    return isThere;
  }

  /**
   * One transaction; when any part of it throws, all of it is undone.
   * @param stores that it needs: whoever reads or writes others does not wait for it
   */
  private async write<Name extends StoreName>(
    what: string,
    stores: readonly Name[],
    requests: (transaction: Writing<Name>) => readonly Promise<unknown>[] | Promise<readonly Promise<unknown>[]>,
  ): Promise<void> {
    try {
      const transaction: Writing<Name> = this.database.transaction([...stores], 'readwrite');
      // Heard at once: what throws below must not leave it unheard.
      const done = transaction.done.then(
        () => null,
        (error: unknown) => ({ error }),
      );
      try {
        await Promise.all(await requests(transaction));
      } catch (error) {
        abort(transaction);
        const failed = await done;
        // A request says only that it was aborted; the transaction says why.
        throw error instanceof Error && error.name === 'AbortError' && failed ? failed.error : error;
      }
      const failed = await done;
      if (failed) throw failed.error;
    } catch (error) {
      throw keptError(what, error);
    }
  }
}

/** Keys of all records of a collection. */
function within(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}

/** A transaction that a failed request has ended already is aborted. */
function abort(transaction: Pick<Writing<StoreName>, 'abort'>): void {
  try {
    transaction.abort();
  } catch {
    // As above.
  }
}

function named(files: readonly ArrivedFile[]): string {
  const [first, ...others] = files;
  return others.length > 0 ? `“${first!.path}” and ${others.length} more` : `“${first!.path}”`;
}
