/** What the browser knows of this page's storage beside the collections. */

/** Why nothing can be kept here, as a sentence; '' where it can. */
export function impossible(): string {
  if (!window.isSecureContext || !('locks' in navigator))
    return 'Keeping a desk needs an address that begins with https:// (or localhost).';
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
