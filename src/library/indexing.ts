/** One document's way into the collection: read, chunk, index by words, embed. */
import { passageInput } from '../pipeline/chunk/chunk.ts';
import type { Document, Passage } from '../pipeline/document.ts';
import type { InnerBlob } from '../workers/reader.ts';
import type { PassageOptions } from './embedder-pool.ts';
import type { Reading } from './reader.ts';
import type { Shelf } from './shelf.ts';

/** What reading a file gave; `missing` are ids of passages that lack a vector. */
export interface ReadIn {
  readonly document: Document;
  readonly passages: readonly Passage[];
  readonly inner: readonly InnerBlob[];
  readonly missing: readonly string[];
}

/** Reads a file and makes it searchable by words. @throws ReadError; the signal's reason on abort. */
export async function readInto(shelf: Shelf, reading: Reading): Promise<ReadIn> {
  const { path, signal } = reading;
  const read = await shelf.reader.read(reading);
  signal.throwIfAborted();
  const missing = await shelf.put(path, read.passages);
  // Whoever has stopped it meanwhile takes it out again or puts something in its place, after this.
  signal.throwIfAborted();
  return { ...read, missing };
}

/** A passage's vector is made once more when it was refused: beyond that something is wrong. */
const tries = 2;

/** Makes the vector of one passage and gives it to the search. @throws as `embedMissing` */
export async function embedPassage(
  shelf: Pick<Shelf, 'passage' | 'addVector'>,
  passage: Pick<Passage, 'path' | 'id' | 'lead' | 'text'>,
  options: PassageOptions,
): Promise<void> {
  for (let i = 0; i < tries; i++) {
    const vector = await shelf.passage(passageInput(passage), options);
    if (await shelf.addVector(passage.path, passage.id, vector)) return;
  }
  throw new Error('The index holds vectors of another embedder, so this one’s were not added to it.');
}

/**
 * Makes the missing vectors of a document, each given to the search as it comes.
 * @throws what the embedder throws; the signal's reason on abort.
 */
export async function embedMissing(
  shelf: Pick<Shelf, 'passage' | 'addVector'>,
  passages: readonly Passage[],
  missing: readonly string[],
  signal: AbortSignal,
  onEmbedded: (done: number) => void,
): Promise<void> {
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  let done = 0;
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  await Promise.all(
    missing.map(async (id) => {
      try {
        await embedPassage(shelf, byId.get(id)!, { signal: either });
        onEmbedded(++done);
      } catch (error) {
        // One failure ends the rest: without an embedder each would fail alike.
        failure.abort(error);
        throw error;
      }
    }),
  );
}
