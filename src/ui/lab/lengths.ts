/** How many passages have which length. */

export interface Bin {
  /** Tokens, inclusive. */
  readonly from: number;
  /** Tokens, exclusive. */
  readonly to: number;
  readonly count: number;
}

/** Equal bins of `width` tokens from 0 up to the longest; [] without passages. */
export function bins(lengths: readonly number[], width: number): Bin[] {
  const counts: number[] = [];
  for (const length of lengths) {
    const bin = Math.floor(length / width);
    while (counts.length <= bin) counts.push(0);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count, i) => ({ from: i * width, to: (i + 1) * width, count }));
}

/** The middle value; the mean of the two middle ones when the number is even; null for none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
