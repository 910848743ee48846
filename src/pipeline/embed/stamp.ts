/** What a vector depends on beside its text: vectors of two stamps have nothing to say to each other. */

/** How a model was trained to be used. */
export interface EmbeddingForm {
  readonly pooling: 'mean' | 'cls';
  /** Put before a question, '' for none. */
  readonly queryPrefix: string;
  /** Put before a passage, '' for none. */
  readonly passagePrefix: string;
}

/** Plain data: it is saved with an index, and compared when the index is opened again. */
export interface EmbeddingStamp extends EmbeddingForm {
  /** Id of the model. */
  readonly model: string;
  /** SHA-256 of its weights, and of the tokenizer that makes numbers of its texts. */
  readonly weights: string;
  readonly tokenizer: string;
  /** Length of its vectors. */
  readonly dimensions: number;
}

export interface StampedVector {
  /** L2-normalised. */
  readonly vector: Float32Array;
  readonly stamp: EmbeddingStamp;
}

/** The vectors of a document's passages, as they are saved with their index: one for each id, side by side. */
export interface StampedVectors {
  readonly ids: readonly string[];
  /** `ids.length` times `stamp.dimensions`. */
  readonly values: Float32Array;
  readonly stamp: EmbeddingStamp;
}

// Spelt out, so that a field added to the type and forgotten here does not compile.
const parts: Readonly<Record<keyof EmbeddingStamp, true>> = {
  model: true,
  weights: true,
  tokenizer: true,
  dimensions: true,
  pooling: true,
  queryPrefix: true,
  passagePrefix: true,
};

export function sameStamp(a: EmbeddingStamp, b: EmbeddingStamp): boolean {
  return (Object.keys(parts) as (keyof EmbeddingStamp)[]).every((part) => a[part] === b[part]);
}
