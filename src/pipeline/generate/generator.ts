/** What every local language model takes and gives. */
import type { Sampling } from './sampling.ts';

export interface GeneratorFiles {
  readonly modelId: string;
  /** Path in the model's folder -> its content. */
  readonly files: ReadonlyMap<string, Blob>;
}

export interface GenerateOptions {
  readonly maxTokens: number;
  /** Where it is left out, the likeliest token is taken each time. */
  readonly sampling?: Sampling;
  readonly signal?: AbortSignal;
  /** The prompt has been read; called once, before the first text. */
  onRead?(): void;
  /** Whole characters, as they come. */
  onText?(piece: string): void;
  /**
   * A token was chosen, the end token too.
   * @param scores one for each token of the vocabulary; of the model's own memory, and overwritten after the call
   */
  onChosen?(id: number, scores: Float32Array): void;
}

export interface Generated {
  readonly text: string;
  /** Without the end token. */
  readonly ids: readonly number[];
  readonly ended: 'end-token' | 'length' | 'repetition' | 'stopped';
  /** Tokens of the prompt that had been read before and were not read again. */
  readonly readBefore: number;
}

/** @throws Error that names the file when the model has none by this path */
export function fileOf({ modelId, files }: GeneratorFiles, path: string): Blob {
  const file = files.get(path);
  if (!file) throw new Error(`The file ${path} of ${modelId} is missing.`);
  return file;
}
