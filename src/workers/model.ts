/** A model on its way into a worker: Blobs cross by reference, nothing is copied. */
import type { ModelSource } from '../models/transformers.ts';
import type { EmbeddingForm } from '../pipeline/embed/stamp.ts';

export interface ModelForWorker extends ModelSource {
  /** How an embedder wants its texts and makes one vector of its tokens'; not used by a generator. */
  readonly form: EmbeddingForm;
}
