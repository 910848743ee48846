/** What the page for models says about one. */
import type { Fetched } from '../models/hub.ts';
import type { RegistryModel } from '../models/registry.ts';
import { bytes, count } from '../ui/wording.ts';

export function purpose({ task, dimensions }: RegistryModel): string {
  if (task === 'generation') return 'writing answers';
  return dimensions ? `finding passages (${dimensions} dimensions)` : 'finding passages';
}

/** How far the downloaded files could be checked. */
export function checks({ bytes: size, pinned, trusted }: Fetched): string {
  const kept = `Done: ${bytes(size)} are kept.`;
  const known = pinned.length > 0 ? ` ${count(pinned.length, 'file')} checked against the hashes Carrel knows.` : '';
  if (trusted.length === 0) return kept + known;
  const names = trusted.join(', ');
  return `${kept}${known} Carrel knew no hash for ${names}: taken as they came, and from now on they must stay the same.`;
}
