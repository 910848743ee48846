/** One document's way into the collection: read, chunk, index by words, embed. */
import type { ChunkSettings } from '../pipeline/chunk/chunk.ts';
import { passageInput } from '../pipeline/chunk/chunk.ts';
import type { Document, Passage } from '../pipeline/document.ts';
import type { Engine } from './engine.ts';

/** Reads a file and makes it searchable by words. @throws ReadError; the signal's reason on abort. */
export async function readInto(
  engine: Engine,
  path: string,
  file: File,
  settings: ChunkSettings,
  signal: AbortSignal,
  onStart: () => void,
): Promise<{ document: Document; passages: readonly Passage[]; missing: readonly string[] }> {
  const { document, passages } = await engine.read(path, file, settings, signal, onStart);
  const missing = await engine.put(path, passages);
  // Stopped while it was put: it must not stay behind in the index.
  if (signal.aborted) await engine.remove(path);
  signal.throwIfAborted();
  return { document, passages, missing };
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
