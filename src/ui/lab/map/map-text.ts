/** A map in words. */
import type { Agreement } from '../../../lab/neighbour-agreement.ts';
import { shownNeighbours, type DrawnMap, type MapQuestion, type MapWork } from '../../../library/map-state.ts';
import { count } from '../../wording.ts';

const whole = new Intl.NumberFormat('en');
const percent = (share: number): string => `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)}%`;

export function workText({ stage, done, total }: MapWork): string {
  const far = total > 0 ? `, ${whole.format(done)} of ${whole.format(total)}` : '';
  switch (stage) {
    case 'vectors':
      return 'Collecting the vectors';
    case 'principal':
      return `Finding the two principal components${far}`;
    case 'nearest':
      return `Finding the true neighbours of each passage${far}`;
    case 'umap':
      return `Laying out by UMAP${total > 0 ? `, round ${whole.format(done)} of ${whole.format(total)}` : ''}`;
    case 'agreement':
      return 'Counting how many neighbours the picture keeps';
  }
}

/** What is drawn, and how. */
export function drawnText({ points, method, shares, dimensions, without }: DrawnMap, documents: number): string {
  const what = `${count(points.length, 'passage')} of ${count(documents, 'document')}, from ${dimensions} dimensions`;
  const how =
    method.by === 'pca'
      ? `by the first two principal components, which hold ${percent(shares[0])} and ${percent(shares[1])} of the variance.`
      : `by UMAP with seed ${method.seed}. Distances between groups mean little here, and the axes nothing.`;
  const left =
    without > 0 ? ` ${count(without, 'passage')} without a vector ${without === 1 ? 'is' : 'are'} not here.` : '';
  return `${what} ${how}${left}`;
}

/** How many of the true neighbours it keeps. */
export function keptText({ k, kept, byChance }: Agreement): string {
  return (
    `Of the ${k} true nearest neighbours of a passage this picture keeps ${percent(kept)} among the ${k} nearest marks, ` +
    `on average over all passages; marks drawn by lot would keep ${percent(byChance)}.`
  );
}

/** One true neighbour, and where it stands in the picture. */
export interface SeenNeighbour {
  readonly point: number;
  readonly cosine: number;
  /** From 1: how many marks stand as near or nearer in the picture. */
  readonly inPicture: number;
}

/** The true nearest of the question, the nearest first. */
export function questionNeighbours({ places }: Pick<DrawnMap, 'places'>, question: MapQuestion): SeenNeighbour[] {
  const ids = [...question.order.subarray(0, shownNeighbours)];
  return seenFrom(places, question.place, null, ids, (point) => question.cosines[point]!);
}

/** The true nearest of a point; [] until they are counted. */
export function pointNeighbours(
  { places, nearest }: Pick<DrawnMap, 'places' | 'nearest'>,
  at: number,
): SeenNeighbour[] {
  if (!nearest) return [];
  const k = Math.min(shownNeighbours, nearest.k);
  const from = at * nearest.k;
  const ids = [...nearest.ids.subarray(from, from + k)];
  const place = [places[2 * at]!, places[2 * at + 1]!] as const;
  return seenFrom(places, place, at, ids, (point) => nearest.cosines[from + ids.indexOf(point)]!);
}

function seenFrom(
  places: Float32Array,
  [x, y]: readonly [number, number],
  self: number | null,
  ids: readonly number[],
  cosineOf: (point: number) => number,
): SeenNeighbour[] {
  const far = (i: number) => (places[2 * i]! - x) ** 2 + (places[2 * i + 1]! - y) ** 2;
  const nearer = ids.map(() => 1);
  const limits = ids.map(far);
  for (let i = 0; i < places.length / 2; i++) {
    if (i === self) continue;
    const squared = far(i);
    for (let n = 0; n < ids.length; n++) {
      // Equals go by their place in the list, as they do where the picture’s neighbours are counted.
      if (squared < limits[n]! || (squared === limits[n]! && i < ids[n]!)) nearer[n]!++;
    }
  }
  return ids.map((point, n) => ({ point, cosine: cosineOf(point), inPicture: nearer[n]! }));
}

/** How many of them are among as many nearest marks. */
export function amongNearest(neighbours: readonly SeenNeighbour[]): number {
  return neighbours.filter(({ inPicture }) => inPicture <= neighbours.length).length;
}

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const endings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

/** `nearest`, `2nd nearest`, `21st nearest`. */
export function nearestText(n: number): string {
  return n === 1 ? 'nearest' : `${whole.format(n)}${endings[ordinals.select(n)]} nearest`;
}
