/** What a picture of a map is drawn from, on the canvas and as SVG. */
import type { MarkedDocument } from './marks.ts';
import type { Colours } from './palette.ts';

export interface Scene {
  /** x and y of each point in turn, y upwards. */
  readonly places: Float32Array;
  readonly documents: readonly MarkedDocument[];
  readonly colours: Colours;
  /** The document that stands out; null for all alike. */
  readonly only: MarkedDocument | null;
  /** The passage that was chosen, with its true neighbours. */
  readonly selected: { readonly point: number; readonly neighbours: readonly number[] } | null;
  readonly question: { readonly place: readonly [number, number]; readonly neighbours: readonly number[] } | null;
}

/** Pixels of a mark, about its middle: the more there are, the smaller. */
export function radiusFor(points: number): number {
  if (points <= 300) return 5.5;
  return points <= 2500 ? 4 : 3;
}

/** How strongly what does not stand out is drawn. */
export const FAINT = 0.18;

export function fillOf({ mark }: MarkedDocument, { documents, soft }: Colours): string {
  return mark.colour === null ? soft : documents[mark.colour]!;
}

/** Faint ones first, so that what stands out lies on top. */
export function inDrawingOrder({
  documents,
  only,
}: Scene): readonly { readonly document: MarkedDocument; readonly faint: boolean }[] {
  const all = documents.map((document) => ({ document, faint: only !== null && document !== only }));
  return [...all.filter(({ faint }) => faint), ...all.filter(({ faint }) => !faint)];
}

/** Lines from one place to others. */
export interface Ray {
  readonly from: readonly [number, number];
  readonly to: readonly (readonly [number, number])[];
  readonly colour: string;
  readonly dashed: boolean;
}

export function raysOf({ places, selected, question, colours }: Scene): Ray[] {
  const placeOf = (point: number) => [places[2 * point]!, places[2 * point + 1]!] as const;
  return [
    ...(selected
      ? [{ from: placeOf(selected.point), to: selected.neighbours.map(placeOf), colour: colours.ink, dashed: true }]
      : []),
    ...(question
      ? [{ from: question.place, to: question.neighbours.map(placeOf), colour: colours.accent, dashed: false }]
      : []),
  ];
}
