/** Writes a collection into one file; docs/collections.md describes it for strangers. */
import { questionLines } from '../../lab/question-file.ts';
import type { KeptDocument } from '../kept/schema.ts';
import { originalFault, textFault, vectorsFault, type DocumentRecords } from '../kept/whole.ts';
import type { Carriable } from './collection.ts';
import { ContainerWriter, type Listed } from './container.ts';
import type { CarriedDocument } from './document-shape.ts';
import { CarriedError } from './errors.ts';
import { floatBytes } from './floats.ts';
import { format, limits, manifestName, version, type Manifest } from './manifest.ts';
import { mediaType } from './recognise.ts';

export interface SaveOptions {
  /** The files themselves, too. */
  readonly originals: boolean;
  readonly now: Date;
  /** Documents so far. */
  onProgress?(done: number): void;
  readonly signal?: AbortSignal;
}

/** Names of a document's entries, by its place from 1. */
export const entryNames = (n: number) => ({
  document: `documents/${n}/document.json`,
  vectors: `documents/${n}/vectors.f32`,
  original: `documents/${n}/original`,
});

export const turnsName = 'turns.json';
export const questionsName = 'questions.jsonl';
export const mimetypeName = 'mimetype';

/** @throws CarriedError when it does not fit; the signal's reason when it is aborted */
export async function saveCollection(collection: Carriable, options: SaveOptions): Promise<Blob> {
  const { originals, now, onProgress, signal } = options;
  const writer = new ContainerWriter();
  const entries: Listed[] = [];
  const add = async (name: string, content: Blob, compress: boolean) => {
    signal?.throwIfAborted();
    if (compress && content.size > limits.entryBytes)
      throw new CarriedError(
        'too-large',
        `“${name}” is larger than 128 MB, which is the most that a collection file holds in one entry.`,
      );
    entries.push(await writer.add(name, content, compress));
  };
  await add(mimetypeName, new Blob([mediaType]), false);
  let documents = 0;
  let passages = 0;
  for await (const records of collection.documents()) {
    onProgress?.(documents);
    const names = entryNames(++documents);
    const written = carried(records, originals);
    passages += written.read?.passages.length ?? 0;
    await add(names.document, jsonBlob(written), true);
    if (written.read?.ids) await add(names.vectors, new Blob([floatBytes(records.vectors!.values)]), false);
    if (originals && originalFault(records) === '') await add(names.original, records.original!.blob, false);
  }
  const { name, created, settings, turns, questions } = collection;
  await add(turnsName, jsonBlob(turns), true);
  await add(questionsName, new Blob([questionLines(questions)]), true);
  const manifest: Manifest = {
    ...{ format, version, saved: now.toISOString(), name, created, settings: { ...settings } },
    ...{ documents, passages, turns: turns.length, questions: questions.length, originals, entries },
  };
  const last = new Blob([JSON.stringify(manifest)]);
  await writer.add(manifestName, last, false);
  return writer.finish(mediaType);
}

/** What is not whole of it is left out: the document is then read again where the file is opened. */
function carried(records: DocumentRecords, originals: boolean): CarriedDocument {
  const { document, text, vectors } = records;
  const { path, outer, bytes, type, modified, help, state } = document;
  const about = { path, outer, bytes, type, modified, help };
  if (state.state === 'read' && text && textFault(records) === '') {
    const ids = state.stamp && vectors && vectorsFault(records) === '' ? vectors.ids : null;
    const read = { document: text.document, passages: text.passages, ids };
    return { ...about, state: ids ? state : { ...state, stamp: null }, read };
  }
  return { ...about, state: withoutText(document, originals), read: null };
}

/** Without its file a document that was not read can only be added again. */
function withoutText({ path, state }: KeptDocument, originals: boolean): CarriedDocument['state'] {
  if (originals) return state.state === 'failed' ? state : { state: 'unfinished' };
  const before = state.state === 'failed' ? state.reason : `“${path}” had not been read when the collection was saved.`;
  return { state: 'failed', reason: `${before} The file itself was not saved with the collection: add it again.` };
}

const jsonBlob = (value: unknown): Blob => new Blob([JSON.stringify(value)]);
