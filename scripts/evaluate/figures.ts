/** Figures as the tables of `npm run evaluate` write them. */
import type { PairedDifference } from '../../src/lab/paired.ts';

export const three = (value: number): string => value.toFixed(3);

/** `0.100 [-0.050, 0.250]` */
export function intervalText({ difference, low, high }: Pick<PairedDifference, 'difference' | 'low' | 'high'>): string {
  return `${three(difference)} [${three(low)}, ${three(high)}]`;
}

/** Both sides, their difference with its interval, p and n. */
export function differenceCells(figure: PairedDifference): readonly (string | number)[] {
  const { a, b, p, n } = figure;
  return [three(a), three(b), intervalText(figure), three(p), n];
}
