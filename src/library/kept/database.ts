/** The browser's database that holds the kept collections, brought up to this page's version. */
import { deleteDB, openDB, type IDBPDatabase } from 'idb';
import { keptError } from './errors.ts';
import { steps, type KeptSchema, type Step } from './schema.ts';

export const databaseName = 'carrel';

export type Database = IDBPDatabase<KeptSchema>;

export interface OpenOptions {
  /** The connection has ended and nothing more can be written: another tab wipes, or the browser has cleared it. */
  onEnded(): void;
  readonly name?: string;
  /** From each version to the next; as many as the version's number. */
  readonly steps?: readonly Step[];
}

/**
 * Opens it, making or migrating it where need be: all in one transaction, so that a migration that breaks off leaves
 * the version before. @throws KeptError, also when a newer page has written it, which is left untouched
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { onEnded, name = databaseName, steps: wanted = steps } = options;
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
      // Who wants to delete or to migrate it must not wait for this tab.
      blocking() {
        database.close();
        onEnded();
      },
      terminated: onEnded,
    });
    return database;
  } catch (error) {
    throw keptError('What is kept in this browser could not be opened', failure ?? error);
  }
}

/** Whether there is a database: asked before one would be made by opening it. */
export async function databaseExists(name = databaseName): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some((one) => one.name === name);
  } catch {
    // Refused storage holds nothing.
    return false;
  }
}

/** @throws KeptError when it is still there */
export async function deleteDatabase(name = databaseName): Promise<void> {
  try {
    await deleteDB(name);
  } catch (error) {
    throw keptError('What is kept in this browser could not be deleted', error);
  }
}
