/** One document's way into the collection: read, chunk, index by words, embed. */
import { passageInput } from '../pipeline/chunk/chunk.ts';
import type { Document, Passage } from '../pipeline/document.ts';
import type { InnerBlob } from '../workers/reader.ts';
import type { Engine, Reading } from './engine.ts';

/** What reading a file gave; `missing` are ids of passages that lack a vector. */
export interface ReadIn {
  readonly document: Document;
  readonly passages: readonly Passage[];
  readonly inner: readonly InnerBlob[];
  readonly missing: readonly string[];
}

/** Reads a file and makes it searchable by words. @throws ReadError; the signal's reason on abort. */
export async function readInto(engine: Engine, reading: Reading): Promise<ReadIn> {
  const { path, signal } = reading;
  const read = await engine.read(reading);
  const missing = await engine.put(path, read.passages);
  // Stopped while it was put: it must not stay behind in the index.
  if (signal.aborted) await engine.remove(path);
  signal.throwIfAborted();
  return { ...read, missing };
}

/**
 * Makes the missing vectors of a document, each given to the search as it comes.
 * @throws what the embedder throws; the signal's reason on abort.
 */
export async function embedMissing(
  engine: Engine,
  path: string,
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
        const vector = await engine.embedders.passage(passageInput(byId.get(id)!), { signal: either });
        await engine.addVector(path, id, vector);
        onEmbedded(++done);
      } catch (error) {
        // One failure ends the rest: without an embedder each would fail alike.
        failure.abort(error);
        throw error;
      }
    }),
  );
}
