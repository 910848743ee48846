/** Checks and the one exact cosine that every vector index reports. */

/** How far from 1 the length of a vector may be: rounding of a Float32 normalisation stays well below it. */
export const LENGTH_TOLERANCE = 1e-4;

/**
 * @throws RangeError if the vector has another dimension, holds a value that is not finite,
 * or is not L2-normalised (length within LENGTH_TOLERANCE of 1).
 */
export function checkVector(vector: Float32Array, dimensions: number): void {
  if (vector.length !== dimensions) {
    throw new RangeError(`A vector of ${vector.length} dimensions does not fit an index of ${dimensions}.`);
  }
  let squares = 0;
  for (let i = 0; i < dimensions; i++) squares += vector[i]! * vector[i]!;
  if (!Number.isFinite(squares)) throw new RangeError('A vector holds a value that is not a finite number.');
  const length = Math.sqrt(squares);
  if (Math.abs(length - 1) > LENGTH_TOLERANCE) {
    throw new RangeError(`A vector of length ${length.toPrecision(4)} is not L2-normalised.`);
  }
}

/** @throws RangeError if `dimensions` is not a positive whole number. */
export function checkDimensions(dimensions: number): void {
  if (!Number.isSafeInteger(dimensions) || dimensions < 1) {
    throw new RangeError(`An index cannot have ${dimensions} dimensions.`);
  }
}

/**
 * Cosine of a normalised query and the normalised row of `block` that begins at `offset`, in [-1, 1].
 * Summed in Float64 from the first dimension to the last, so that equal vectors score the same to the bit
 * in every index, whichever way it found them.
 */
export function cosine(query: Float32Array, block: Float32Array, offset = 0): number {
  let sum = 0;
  for (let i = 0; i < query.length; i++) sum += query[i]! * block[offset + i]!;
  return Math.max(-1, Math.min(1, sum));
}
