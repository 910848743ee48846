/**
 * How likely a model holds each of several continuations of a text: the sum of the log-probabilities of their tokens. A
 * choice is made by likelihood in this way where a base model is asked that follows no instruction (Brown et al. 2020,
 * 2.4; Gao et al., lm-evaluation-harness). Nothing is drawn: the same weights give the same numbers.
 */
import type { TextCodec } from './codec.ts';
import type { LanguageModel } from './language-model.ts';
import { macrotask } from './macrotask.ts';

export interface WeighedToken {
  readonly id: number;
  readonly text: string;
  /** Natural logarithm, 0 at the most, after the text and the tokens before it. */
  readonly logProbability: number;
}

/** One continuation, token by token. */
export interface Weighed {
  readonly tokens: readonly WeighedToken[];
}

export interface ToWeigh {
  /** Read once. */
  readonly text: string;
  /** Each begins with the space, if there is one, that parts it from the text. */
  readonly continuations: readonly string[];
  /** 0 is the base model, 1 the fine-tuned one. */
  readonly adapterScale: number;
  readonly signal?: AbortSignal;
}

/** @throws the signal's reason; Error where text or a continuation has no token */
export async function weigh(
  model: Pick<LanguageModel, 'read'>,
  codec: TextCodec,
  { text, continuations, adapterScale, signal }: ToWeigh,
): Promise<readonly Weighed[]> {
  const given = codec.encode(text);
  if (given.length === 0) throw new Error('There is no text that could be gone on with.');
  const begun = model.read(given, { adapterScale });
  try {
    const weighed: Weighed[] = [];
    for (const continuation of continuations) {
      const ids = codec.encode(continuation);
      if (ids.length === 0) throw new Error('A continuation has no token.');
      const tokens: WeighedToken[] = [];
      let after = begun;
      try {
        for (const [i, id] of ids.entries()) {
          // Only here can a message, such as Stop, come in.
          await macrotask();
          signal?.throwIfAborted();
          tokens.push({ id, text: codec.decode([id]), logProbability: logProbability(after.logits, id) });
          if (i === ids.length - 1) break;
          const next = model.read([id], { adapterScale, past: after.keyValues });
          if (after !== begun) after.keyValues.release();
          after = next;
        }
      } finally {
        if (after !== begun) after.keyValues.release();
      }
      weighed.push({ tokens });
    }
    return weighed;
  } finally {
    begun.keyValues.release();
  }
}

/** Of a token, by the softmax over all scores. */
export function logProbability(scores: Float32Array, id: number): number {
  let highest = -Infinity;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - highest);
  return scores[id]! - highest - Math.log(sum);
}

export function sumOf({ tokens }: Weighed): number {
  return tokens.reduce((sum, { logProbability: one }) => sum + one, 0);
}
