/** What the browser knows of this page's storage beside the collections. */

/** Why nothing can be kept here, as a sentence; '' where it can. */
export function impossible(): string {
  if (!window.isSecureContext) return 'Keeping a desk needs an address that begins with https:// (or localhost).';
  if (!('locks' in navigator))
    return 'This browser cannot hold tabs apart (Web Locks), so it keeps no desk. All else works.';
  if (!('indexedDB' in window)) return 'This browser has no database to keep a desk in.';
  return '';
}

/**
 * Asks the browser not to clear what is kept when space runs short; a refusal changes nothing else. Firefox asks the
 * person, and settles when they have answered, if ever.
 */
export async function askToPersist(): Promise<boolean> {
  return (await navigator.storage?.persist?.().catch(() => false)) ?? false;
}

export async function isPersistent(): Promise<boolean> {
  return (await navigator.storage?.persisted?.().catch(() => false)) ?? false;
}

/** Bytes that the browser stores for this page's origin; null where it does not tell. */
export async function storedBytes(): Promise<number | null> {
  return (await navigator.storage?.estimate?.().catch(() => null))?.usage ?? null;
}

export const databaseName = 'carrel';

/** Whether there is a database: asked before one would be made by opening it. */
export async function databaseExists(name = databaseName): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some((one) => one.name === name);
  } catch {
    // Refused storage holds nothing.
    return false;
  }
}
