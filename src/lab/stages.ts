/** The stages of an answer, what each setting belongs to, and which of them run again when settings change. */
import type { OwnModel } from '../pipeline/answer.ts';
import type { ChunkSettings } from '../pipeline/chunk/chunk.ts';
import type { Reading } from '../pipeline/generate/reading.ts';
import type { Sampling } from '../pipeline/generate/sampling.ts';
import type { RankOptions } from '../pipeline/retrieve/rank.ts';

/** In the order in which they run. */
export const stageIds = [
  ...(['cut', 'words', 'vectors', 'index', 'question', 'search', 'fuse'] as const),
  ...(['choose', 'evidence', 'prompt', 'read', 'write', 'check'] as const),
] as const;
export type StageId = (typeof stageIds)[number];

/** All that can be changed of an answer. */
export interface StageSettings extends ChunkSettings, Sampling {
  /** Kind of vector index. */
  readonly index: 'auto' | 'voy' | 'flat';
  /** Which indexes are asked. */
  readonly by: 'both' | 'words';
  /** How far down each index looks. */
  readonly depth: number;
  readonly fusion: NonNullable<RankOptions['fusion']>;
  /** The vectors' share in the fused score, 0 to 1; null for the page's own. */
  readonly vectorWeight: number | null;
  /** Passages for the prompt. */
  readonly most: number;
  readonly promptText: 'passages' | 'surroundings';
  /** Evidence below it is refused; null for the calibrated one. */
  readonly threshold: number | null;
  readonly generator: OwnModel | 'off';
  readonly reading: Reading;
}

interface Dependence {
  /** Stages whose outcome it works on. */
  readonly after: readonly StageId[];
  readonly settings: readonly (keyof StageSettings)[];
}

export const dependence: Readonly<Record<StageId, Dependence>> = {
  cut: { after: [], settings: ['strategy', 'passageTokens', 'overlapTokens'] },
  words: { after: ['cut'], settings: [] },
  vectors: { after: ['cut'], settings: [] },
  index: { after: ['vectors'], settings: ['index'] },
  question: { after: [], settings: [] },
  search: { after: ['words', 'index', 'question'], settings: ['by', 'depth'] },
  fuse: { after: ['search'], settings: ['fusion', 'vectorWeight'] },
  choose: { after: ['fuse'], settings: ['most', 'promptText'] },
  evidence: { after: ['fuse'], settings: ['threshold'] },
  prompt: { after: ['choose', 'evidence'], settings: ['generator'] },
  read: { after: ['prompt'], settings: ['reading'] },
  write: { after: ['read'], settings: ['temperature', 'seed'] },
  check: { after: ['write'], settings: [] },
};

/** What makes a difference: a seed decides nothing where nothing is drawn. */
export function effective(settings: StageSettings): StageSettings {
  const greedy = settings.temperature > 0 ? {} : { temperature: 0, seed: 0 };
  if (settings.generator === 'off') return { ...settings, reading: 'together', temperature: 0, seed: 0 };
  // The base model knows no other way of reading.
  return { ...settings, ...greedy, ...(settings.generator === 'base' && { reading: 'together' }) };
}

/**
 * The stages that a change reaches: those whose setting it is, and all that work on what those give. What is read
 * together is not kept by the model, so writing anew reads anew.
 */
export function stagesToRun(before: StageSettings, after: StageSettings): ReadonlySet<StageId> {
  const [old, now] = [effective(before), effective(after)];
  const run = new Set<StageId>();
  for (const id of stageIds) {
    const { after: inputs, settings } = dependence[id];
    if (inputs.some((input) => run.has(input)) || settings.some((name) => old[name] !== now[name])) run.add(id);
  }
  if (run.has('write') && now.generator !== 'off' && now.reading === 'together') run.add('read');
  return new Set(stageIds.filter((id) => run.has(id)));
}
