/** The browser's database that holds the kept collections, brought up to this page's version. */
import { deleteDB, openDB, type IDBPDatabase } from 'idb';
import { databaseName } from './browser.ts';
import { keptError } from './errors.ts';
import { steps, type KeptSchema, type Step } from './schema.ts';

export type Database = IDBPDatabase<KeptSchema>;

/** A newer page brings it up to its version; another tab deletes it; the browser has closed or cleared it. */
export type Ended = 'newer' | 'deleted' | 'closed';

export interface OpenOptions {
  /** The connection has ended, and nothing more can be written. */
  onEnded(why: Ended): void;
  /** It waits for another tab, which holds an older version of it. */
  onBlocked?(): void;
  readonly name?: string;
  /** From each version to the next; as many as the version's number. */
  readonly steps?: readonly Step[];
}

/**
 * Opens it, making or migrating it where need be: all in one transaction, so that a migration that breaks off leaves
 * the version before. @throws KeptError, also when a newer page has written it, which is left untouched
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { onEnded, onBlocked, name = databaseName, steps: wanted = steps } = options;
  let failure: unknown;
  try {
    const database: Database = await openDB<KeptSchema>(name, wanted.length, {
      async upgrade(opened, from, _to, transaction) {
        try {
          for (const step of wanted.slice(from)) await step(opened, transaction);
        } catch (error) {
          transaction.done.catch(() => undefined);
          transaction.abort();
          failure = error;
        }
      },
      blocked: () => onBlocked?.(),
      // Who wants to delete or to migrate it must not wait for this tab.
      blocking(_, wantedVersion) {
        database.close();
        onEnded(wantedVersion === null ? 'deleted' : 'newer');
      },
      terminated: () => onEnded('closed'),
    });
    return database;
  } catch (error) {
    throw keptError('What is kept in this browser could not be opened', failure ?? error);
  }
}

/** @param onBlocked it waits for another tab that holds it @throws KeptError when it is still there */
export async function deleteDatabase(name = databaseName, onBlocked?: () => void): Promise<void> {
  try {
    await deleteDB(name, onBlocked ? { blocked: onBlocked } : {});
  } catch (error) {
    throw keptError('What is kept in this browser could not be deleted', error);
  }
}
