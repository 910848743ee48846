/** A document out of a collection, as the desk takes it: whole, or as what can be done about it. */
import { sameStamp, type EmbeddingStamp, type StampedVectors } from '../../pipeline/embed/stamp.ts';
import type { ChunkSettings } from '../../pipeline/chunk/chunk.ts';
import type { Restored } from '../entry-status.ts';
import { unpackPassages, unpackVectors } from './pack.ts';
import type { KeptDocument } from './schema.ts';
import type { KeptStore } from './store.ts';
import { originalFault, textFault, vectorsFault } from './whole.ts';
import type { Known } from './writer.ts';

/** What is kept of a collection's documents: the database, or a file that carries them. */
export type Records = Pick<KeptStore, 'original' | 'text' | 'vectors'>;

export interface Loaded {
  readonly restored: Restored;
  /** For the writer. */
  readonly known: Known;
  /** How it was cut; null while it has no passages. */
  readonly cut: ChunkSettings | null;
}

const interrupted = 'the page was closed before. The file is kept.';

/** @param unfinished why a document that is not whole is not */
export async function loadDocument(
  store: Records,
  record: KeptDocument,
  unfinished: string = interrupted,
): Promise<Loaded> {
  const { collection, path, version, added, outer, help, state } = record;
  const [original, text] = await Promise.all([store.original(collection, path), store.text(collection, path)]);
  const blob = originalFault({ document: record, original }) === '' ? original!.blob : null;
  const file = fileOf(record, blob);
  const one = { path, file, outer, help, document: null, passages: [], status: null } as const;
  const known = {
    version,
    added,
    file,
    document: null,
    passages: one.passages,
    has: 'original',
    failed: null,
  } as const;
  const fault = textFault({ document: record, text });
  if (state.state === 'failed')
    return { restored: { ...one, status: state }, known: { ...known, has: 'failure', failed: state }, cut: null };
  if (state.state === 'read' && fault === '') {
    const { document } = text!;
    const passages = unpackPassages(text!);
    const has = state.stamp ? 'vectors' : 'text';
    return {
      restored: { ...one, document, passages },
      known: { ...known, document, passages, has },
      cut: state.cut,
    };
  }
  const status = blob
    ? { state: 'unfinished' as const, reason: state.state === 'read' ? `${fault}. The file is kept.` : unfinished }
    : { state: 'failed' as const, reason: `What was kept of “${path}” is damaged. Add the file again.` };
  return { restored: { ...one, status }, known, cut: null };
}

/** The vectors of a document, if they are whole and of the embedder with this stamp; else null. */
export async function loadVectors(
  store: Records,
  record: KeptDocument,
  stamp: EmbeddingStamp | null,
): Promise<StampedVectors | null> {
  if (!isOf(record, stamp) || record.state.state !== 'read') return null;
  const vectors = await store.vectors(record.collection, record.path);
  if (!vectors || vectorsFault({ document: record, vectors }) !== '') return null;
  return unpackVectors(vectors, record.state);
}

/** Its vectors were made by the embedder with this stamp. */
export function isOf({ state }: KeptDocument, stamp: EmbeddingStamp | null): boolean {
  return state.state === 'read' && state.stamp !== null && stamp !== null && sameStamp(state.stamp, stamp);
}

/** Without its bytes it is an empty one: what was read of it is still searched. */
function fileOf({ path, type, modified: lastModified }: KeptDocument, blob: Blob | null): File {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return new File(blob ? [blob] : [], name, { type, lastModified });
}
