/** What else a model might have written in a token's place, and how likely it held it. */

export interface Likely {
  readonly id: number;
  /** Softmax over the vocabulary, in [0, 1]. */
  readonly probability: number;
}

export interface ChosenToken extends Likely {
  /** The likeliest, best first, the chosen one among them. */
  readonly likeliest: readonly Likely[];
  /** In bits: 0 where one token has all the probability. */
  readonly entropy: number;
}

/**
 * @param scores one for each token of the vocabulary (logits)
 * @param count of the likeliest that are told
 */
export function chosenToken(id: number, scores: Float32Array, count: number): ChosenToken {
  let highest = -Infinity;
  for (const score of scores) if (score > highest) highest = score;
  // Scores are taken against the highest: their exponentials overflow otherwise.
  let sum = 0;
  let weighted = 0;
  for (const score of scores) {
    const share = Math.exp(score - highest);
    sum += share;
    weighted += share * (score - highest);
  }
  const probability = (one: number): number => Math.exp(scores[one]! - highest) / sum;
  const likeliest = highestOf(scores, count).map((one) => ({ id: one, probability: probability(one) }));
  const entropy = Math.max(0, (Math.log(sum) - weighted / sum) / Math.LN2);
  return { id, probability: probability(id), likeliest, entropy };
}

/** Places of the highest, in order; of equal ones the first, as the decode loop chooses. */
function highestOf(scores: Float32Array, count: number): number[] {
  const best: number[] = [];
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (best.length === count && score <= scores[best[count - 1]!]!) continue;
    let at = best.length;
    while (at > 0 && score > scores[best[at - 1]!]!) at--;
    best.splice(at, 0, i);
    if (best.length > count) best.pop();
  }
  return best;
}
