/** An answer of the page's own model, written once more, to see each token among those that were likeliest. */
import type { Answer } from '../pipeline/answer.ts';
import { promptPassage } from '../pipeline/pipeline.ts';
import { promptIds } from '../pipeline/prompt/prompt.ts';
import type { ShownToken } from '../workers/generator.ts';
import { readAsOf } from './ask.ts';
import type { Engine } from './engine.ts';
import type { AskSettings } from './state.ts';
import type { Writers } from './writers.ts';

export interface WrittenTokens {
  /** In their order; the last may be the one that ended the answer. */
  readonly tokens: readonly ShownToken[];
  /** The same prompt was read, and the same tokens were written. */
  readonly isSame: boolean;
}

/**
 * Greedy decoding writes the same again, as long as prompt and weights are the same; whether it did is told.
 * @param askedWith what the answer was made with
 * @throws Error with a sentence when the answer is not the model's, or it cannot be had; the signal's reason
 */
export async function writtenTokens(
  engine: Pick<Engine, 'writeShown'>,
  writers: Pick<Writers, 'own'>,
  { made, sources, trace }: Pick<Answer, 'made' | 'sources' | 'trace'>,
  askedWith: Pick<AskSettings, 'reading'>,
  signal: AbortSignal,
): Promise<WrittenTokens> {
  if ((made !== 'adapter' && made !== 'base') || !trace.prompt)
    throw new Error('Only answers of the page’s own model can be seen token by token.');
  const writer = await writers.own(made, askedWith, signal);
  if (writer.made === 'extractive') throw new Error(writer.because);
  const model = await writer.load();
  const { pieces } = await model.prompt(sources.map(promptPassage), trace.question);
  signal.throwIfAborted();
  const { generated, tokens } = await engine.writeShown(pieces, readAsOf(made, askedWith), signal);
  const isSame = alike(promptIds(pieces), trace.prompt.ids) && alike(generated.ids, trace.writtenIds);
  return { tokens, isSame };
}

function alike(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}
