/** The page's own settings, as far as an evaluation may change them. */
import { readFile } from 'node:fs/promises';
import type { Settings } from '../../src/library/state.ts';
import type { ChunkSettings } from '../../src/pipeline/chunk/chunk.ts';

export interface EvaluationSettings extends ChunkSettings {
  /** Passages for the prompt, at the most. */
  readonly promptPassages: number;
  /** What the model would read of them. */
  readonly promptText: Settings['promptText'];
  /** Passages that count for recall, precision and IoU. */
  readonly k: number;
  /** The share of the vectors in the fused score: 1 is vectors alone, 0 words alone. The page's own where left out. */
  readonly vectorWeight?: number;
}

/** The page's own, but for what the file says. */
export async function settingsFrom(standard: Settings, file: string | undefined): Promise<EvaluationSettings> {
  const { strategy, passageTokens, overlapTokens, promptPassages, promptText } = standard;
  const changes = file ? (JSON.parse(await readFile(file, 'utf8')) as Partial<EvaluationSettings>) : {};
  return { strategy, passageTokens, overlapTokens, promptPassages, promptText, k: 5, ...changes };
}
