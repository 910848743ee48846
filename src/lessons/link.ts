/** A lesson pack named by the page's own address: `?lesson=packs/week-1.json`. */
import { packLimit, PackError, parseCourse } from './pack.ts';
import type { Course } from './lesson.ts';

/**
 * The pack that an address names, as an absolute address; null if it names none.
 * @param base of relative addresses: where the page lies
 * @throws PackError where it is of another origin: nothing of another site is ever read
 */
export function linkedPack(search: string, base: string): string | null {
  const named = new URLSearchParams(search).get('lesson');
  if (named === null || named.trim() === '') return null;
  const here = new URL(base);
  let address: URL;
  try {
    address = new URL(named, base);
  } catch {
    throw new PackError([`The link names a lesson pack, but “${named}” is no address.`]);
  }
  if (address.origin !== here.origin)
    throw new PackError([
      `The link names a lesson pack of ${address.origin === 'null' ? address.protocol : address.host}. This page reads ` +
        `packs of its own site (${here.host}) only, so it was not fetched. If you trust it, save the file and open it by hand.`,
    ]);
  return address.href;
}

/** @throws PackError with sentences: it cannot be had, or is faulty */
export async function fetchPack(address: string, get: typeof fetch = fetch): Promise<Course> {
  const response = await get(address, { redirect: 'error', cache: 'no-cache' }).catch(() => {
    throw new PackError([`The lesson pack ${address} could not be fetched. The page’s own lessons are shown.`]);
  });
  if (!response.ok)
    throw new PackError([
      `The lesson pack ${address} was answered with ${response.status}. The page’s own lessons are shown.`,
    ]);
  return parsePack(await response.blob());
}

/** @throws PackError */
export async function parsePack(file: Blob): Promise<Course> {
  if (file.size > packLimit)
    throw new PackError([`The file has ${file.size} bytes; a lesson pack has ${packLimit} at the most.`]);
  return parseCourse(await file.text());
}
