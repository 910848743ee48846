/** How a document stands in the list after what has happened to it. */
import { WorkerEndedError } from '../workers/bridge.ts';
import { ReadError, type Passage } from '../pipeline/document.ts';
import { sentenceOf } from './sentence.ts';
import type { Entry, Help, Status } from './state.ts';

/** A document as an earlier visit, or another tab, has left it, or as it was when it was removed. */
export interface Restored extends Pick<Entry, 'path' | 'file' | 'document' | 'passages' | 'outer' | 'help'> {
  /** Without a document: why there is none. */
  readonly status: Extract<Status, { state: 'failed' | 'unfinished' }> | null;
}

export function restored({ document, passages, status, ...one }: Omit<Restored, 'outer'>): Partial<Entry> {
  const total = passages.length;
  return {
    ...{ ...one, document, passages, bytes: one.file.size, note: '', canKeepBoth: false, unpacking: false },
    status: status ?? { state: 'embedding', done: 0, total },
  };
}

export function embedding(passages: readonly Passage[], missing: readonly string[]): Pick<Entry, 'status'> {
  const total = passages.length;
  return { status: { state: 'embedding', done: Math.max(0, total - missing.length), total } };
}

/** @param tried what the file was read with */
export function failed(error: unknown, tried: Help | undefined): Status {
  const reason = sentenceOf(error);
  const code = error instanceof ReadError ? error.code : null;
  // No fault of the file: it can be read again.
  if (code === 'not-loaded' || error instanceof WorkerEndedError) return { state: 'unfinished', reason };
  if (code === 'locked') return { state: 'failed', reason, remedy: 'password' };
  if (code === 'timeout' && !tried?.patient) return { state: 'failed', reason, remedy: 'time' };
  if (code === 'picture' && !tried?.recognise) return { state: 'failed', reason, remedy: 'recognition' };
  return { state: 'failed', reason };
}
