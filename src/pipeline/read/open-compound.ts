/** Opens compound files; apart from compound.ts, which the reader has from its start, before any library. */
import CFB from 'cfb';
import { chainsEnd } from './compound.ts';

/** Null where it is no compound file, or too damaged to be opened. */
export function openCompound(bytes: Uint8Array): CFB.CFB$Container | null {
  if (!chainsEnd(bytes)) return null;
  try {
    return CFB.parse(bytes);
  } catch {
    return null;
  }
}
