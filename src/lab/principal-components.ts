/**
 * Principal component analysis (Pearson 1901; Hotelling 1933): the plane through the vectors that keeps most of their
 * variance. What lies across it is lost, and so two that stand together may be far apart.
 */
import { randomFrom } from '../pipeline/random.ts';

/** The plane of the first two principal components. */
export interface PrincipalPlane {
  readonly mean: Float64Array;
  /** Of length 1, across each other; in each the number that is largest without its sign is positive. */
  readonly axes: readonly [Float64Array, Float64Array];
  /** What part of the variance lies along each axis, from 0 to 1. */
  readonly shares: readonly [number, number];
}

/** Far more than a gap between the axes' variances needs that could be seen. */
const MOST_STEPS = 5000;
const STILL = 1e-12;

/**
 * By power iteration on the covariance, the second after the first has been taken out. The same vectors give the same
 * plane; in another order they give it but for rounding.
 * @param vectors one after the other, `dimensions` numbers each
 * @param onRow hears how many have been read
 */
export function principalPlane(
  vectors: Float32Array,
  dimensions: number,
  onRow: (done: number) => void = () => undefined,
): PrincipalPlane {
  const count = vectors.length / dimensions;
  const mean = meanOf(vectors, dimensions, count);
  const covariance = covarianceOf(vectors, dimensions, count, mean, onRow);
  let total = 0;
  for (let d = 0; d < dimensions; d++) total += covariance[d * dimensions + d]!;
  const first = strongest(covariance, dimensions, null);
  const second = strongest(covariance, dimensions, first.axis);
  const share = (variance: number) => (total > 0 ? Math.max(0, variance) / total : 0);
  return {
    mean,
    axes: [signed(first.axis), signed(second.axis)],
    shares: [share(first.variance), share(second.variance)],
  };
}

/** Where vectors stand in the plane: x and y of each in turn. */
export function project(vectors: Float32Array, { mean, axes }: Pick<PrincipalPlane, 'mean' | 'axes'>): Float32Array {
  const dimensions = mean.length;
  const places = new Float32Array((vectors.length / dimensions) * 2);
  for (let i = 0; i < places.length; i++) {
    const axis = axes[(i & 1) as 0 | 1];
    const at = (i >> 1) * dimensions;
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += (vectors[at + d]! - mean[d]!) * axis[d]!;
    places[i] = sum;
  }
  return places;
}

function meanOf(vectors: Float32Array, dimensions: number, count: number): Float64Array {
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < vectors.length; i++) mean[i % dimensions]! += vectors[i]!;
  return mean.map((sum) => sum / Math.max(1, count));
}

/** Row by row, `dimensions` squared; divided by the number of vectors, which no axis and no share depends on. */
function covarianceOf(
  vectors: Float32Array,
  dimensions: number,
  count: number,
  mean: Float64Array,
  onRow: (done: number) => void,
): Float64Array {
  const covariance = new Float64Array(dimensions * dimensions);
  const centred = new Float64Array(dimensions);
  for (let row = 0; row < count; row++) {
    for (let d = 0; d < dimensions; d++) centred[d] = vectors[row * dimensions + d]! - mean[d]!;
    for (let a = 0; a < dimensions; a++) {
      const weight = centred[a]! / count;
      for (let b = a; b < dimensions; b++) covariance[a * dimensions + b]! += weight * centred[b]!;
    }
    onRow(row + 1);
  }
  for (let a = 0; a < dimensions; a++)
    for (let b = 0; b < a; b++) covariance[a * dimensions + b] = covariance[b * dimensions + a]!;
  return covariance;
}

/** The axis of most variance, across `against` where that is given. */
function strongest(
  covariance: Float64Array,
  dimensions: number,
  against: Float64Array | null,
): { readonly axis: Float64Array; readonly variance: number } {
  // Seeded: a start that lies exactly across the axis is then as unlikely as it can be, and the same every time.
  const random = randomFrom(1);
  let axis = Float64Array.from({ length: dimensions }, () => random() - 0.5);
  across(axis, against);
  scale(axis);
  let variance = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = new Float64Array(dimensions);
    for (let a = 0; a < dimensions; a++) {
      let sum = 0;
      for (let b = 0; b < dimensions; b++) sum += covariance[a * dimensions + b]! * axis[b]!;
      next[a] = sum;
    }
    across(next, against);
    variance = scale(next);
    // Nothing is left: any axis across the other will do.
    if (variance === 0) break;
    let moved = 0;
    for (let d = 0; d < dimensions; d++) moved = Math.max(moved, Math.abs(next[d]! - axis[d]!));
    axis = next;
    if (moved < STILL) break;
  }
  return { axis, variance };
}

/** Takes out of `axis` what of it lies along `other`. */
function across(axis: Float64Array, other: Float64Array | null): void {
  if (!other) return;
  let along = 0;
  for (let d = 0; d < axis.length; d++) along += axis[d]! * other[d]!;
  for (let d = 0; d < axis.length; d++) axis[d]! -= along * other[d]!;
}

/** To length 1; returns the length before. */
function scale(axis: Float64Array): number {
  const length = Math.hypot(...axis);
  if (length > 0) for (let d = 0; d < axis.length; d++) axis[d]! /= length;
  return length;
}

function signed(axis: Float64Array): Float64Array {
  const largest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? axis.map((value) => -value) : axis;
}
