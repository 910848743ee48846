/** Which token is taken: the likeliest, or one by lot. */
import { randomFrom } from '../random.ts';

export interface Sampling {
  /** What the scores are divided by before the softmax: 0 takes the likeliest, 1 the model's own shares; at least 0. */
  readonly temperature: number;
  /** A whole number: the same seed draws the same tokens. */
  readonly seed: number;
}

export const greedy: Sampling = { temperature: 0, seed: 0 };

/** Scores of the vocabulary -> the id that is taken. One for each text: it goes on where its last draw ended. */
export function chooser({ temperature, seed }: Sampling = greedy): (scores: Float32Array) => number {
  if (!(temperature > 0)) return argmax;
  const random = randomFrom(seed);
  return (scores) => drawn(scores, temperature, random());
}

/** Of equal scores the first. */
function argmax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/** The id at which the shares, added up, go beyond `point`, in [0, 1). */
function drawn(scores: Float32Array, temperature: number, point: number): number {
  const best = argmax(scores);
  // Against the highest: the exponentials of scores divided by a small number would overflow.
  const share = (id: number): number => Math.exp((scores[id]! - scores[best]!) / temperature);
  let sum = 0;
  for (let id = 0; id < scores.length; id++) sum += share(id);
  let left = point * sum;
  for (let id = 0; id < scores.length; id++) {
    left -= share(id);
    if (left < 0) return id;
  }
  return best;
}
