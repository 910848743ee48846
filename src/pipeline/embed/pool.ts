/** Token vectors to one sentence vector. */

/**
 * Mean over the tokens, then L2-normalised (Reimers & Gurevych, "Sentence-BERT", 2019, section 3).
 * `tokens` is [count, dimensions], row by row, without padding.
 */
export function meanPool(tokens: Float32Array, count: number, dimensions: number): Float32Array {
  const mean = new Float32Array(dimensions);
  for (let t = 0; t < count; t++) {
    for (let d = 0; d < dimensions; d++) mean[d]! += tokens[t * dimensions + d]!;
  }
  return normalise(mean);
}

/** The first token's vector, L2-normalised: what models such as BGE are trained to use. */
export function firstToken(tokens: Float32Array, dimensions: number): Float32Array {
  return normalise(tokens.slice(0, dimensions));
}

/** Scales to length 1, in place; a zero vector stays as it is. */
export function normalise(vector: Float32Array): Float32Array {
  let square = 0;
  for (const value of vector) square += value * value;
  const length = Math.sqrt(square);
  if (length > 0) for (let d = 0; d < vector.length; d++) vector[d]! /= length;
  return vector;
}
