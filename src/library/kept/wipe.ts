/** Deletes what this page has stored. */
import { CACHE_NAME } from '../../models/cache.ts';
import { databaseName } from './browser.ts';
import { deleteDatabase } from './database.ts';

/**
 * All collections, the settings and the choice of the theme; the models as well where that is wanted. The page's own
 * files, kept for working offline, hold nothing of the person and stay. @param onBlocked it waits for another tab
 * @throws KeptError when something is left
 */
export async function wipeStorage(models: boolean, onBlocked: () => void): Promise<void> {
  await deleteDatabase(databaseName, onBlocked);
  for (const key of Object.keys(localStorage)) if (key.startsWith('carrel.')) localStorage.removeItem(key);
  if (models) await caches.delete(CACHE_NAME);
}
