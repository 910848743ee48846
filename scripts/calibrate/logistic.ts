/** Logistic regression by Newton's method (iteratively reweighted least squares; Hastie et al. 2009, section 4.4.1). */

export interface Sample {
  /** The same number of features in each. */
  readonly features: readonly number[];
  readonly positive: boolean;
  readonly weight: number;
}

const STEPS = 50;
/** A little of it keeps the solution finite where the features separate the outcomes. */
const RIDGE = 1e-3;

/** The constant, then a coefficient for each feature. @throws Error without samples */
export function fitLogistic(samples: readonly Sample[]): number[] {
  const size = (samples[0]?.features.length ?? -1) + 1;
  if (size === 0) throw new Error('There is nothing to fit.');
  const coefficients = Array<number>(size).fill(0);
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = coefficients.map((value, i) => (i === 0 ? 0 : -RIDGE * value));
    const curvature = coefficients.map((_, i) => coefficients.map((_, j) => (i === j ? (i === 0 ? 1e-9 : RIDGE) : 0)));
    for (const { features, positive, weight } of samples) {
      const row = [1, ...features];
      const chance = logistic(row.reduce((sum, value, i) => sum + value * coefficients[i]!, 0));
      const share = weight / total;
      for (let i = 0; i < size; i++) {
        gradient[i]! += share * (Number(positive) - chance) * row[i]!;
        for (let j = 0; j < size; j++) curvature[i]![j]! += share * chance * (1 - chance) * row[i]! * row[j]!;
      }
    }
    const change = solve(curvature, gradient);
    change.forEach((value, i) => (coefficients[i]! += value));
    if (Math.max(...change.map(Math.abs)) < 1e-9) break;
  }
  return coefficients;
}

export function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** Gaussian elimination with the largest pivot. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const size = rows.length;
  for (let at = 0; at < size; at++) {
    const pivot = rows
      .slice(at)
      .reduce((best, row, i) => (Math.abs(row[at]!) > Math.abs(rows[best]![at]!) ? at + i : best), at);
    [rows[at], rows[pivot]] = [rows[pivot]!, rows[at]!];
    for (let below = at + 1; below < size; below++) {
      const factor = rows[below]![at]! / rows[at]![at]!;
      for (let column = at; column <= size; column++) rows[below]![column]! -= factor * rows[at]![column]!;
    }
  }
  const solution = Array<number>(size).fill(0);
  for (let at = size - 1; at >= 0; at--) {
    const known = solution.reduce((sum, value, i) => (i > at ? sum + value * rows[at]![i]! : sum), 0);
    solution[at] = (rows[at]![size]! - known) / rows[at]![at]!;
  }
  return solution;
}
