/** A model's files lie in the browser's store, which may have cleared them since they were opened. */
import type { ModelForWorker } from '../workers/model.ts';

/**
 * The model if its files can still be read, else the model opened anew: a worker that starts later must not fail for
 * want of them. @throws what `again` throws
 */
export async function stillThere<M extends ModelForWorker>(model: M, again: (id: string) => Promise<M>): Promise<M> {
  const firstBytes = [...model.files.values()].map((file) => file.slice(0, 1).arrayBuffer());
  try {
    await Promise.all(firstBytes);
    return model;
  } catch {
    return again(model.modelId);
  }
}
