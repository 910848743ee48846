/** What stands for a document: a colour and a shape, so that colour is never the only sign. */
import type { MapPoint } from '../../../library/map-state.ts';
import { colours } from './palette.ts';

export const shapes = ['circle', 'square', 'triangle', 'diamond', 'cross', 'wedge'] as const;
export type Shape = (typeof shapes)[number];

export interface Mark {
  /** Index among the colours of documents; null for documents beyond those that have a mark of their own. */
  readonly colour: number | null;
  readonly shape: Shape;
}

export interface MarkedDocument {
  readonly path: string;
  readonly mark: Mark;
  /** Indices of its points. */
  readonly points: readonly number[];
}

const hues = colours.light.documents.length;

/** So many documents have a mark of their own. */
export const ownMarks = hues * shapes.length;

/** Documents beyond those share this one. */
export const sharedMark: Mark = { colour: null, shape: 'circle' };

/** The documents of a map in their order; those with the most passages have the marks. */
export function markedDocuments(points: readonly Pick<MapPoint, 'path'>[]): MarkedDocument[] {
  const held = new Map<string, number[]>();
  points.forEach(({ path }, i) => {
    const own = held.get(path);
    if (own) own.push(i);
    else held.set(path, [i]);
  });
  const all = [...held].map(([path, points]) => ({ path, points }));
  const largest = new Set(all.toSorted((a, b) => b.points.length - a.points.length).slice(0, ownMarks));
  let next = 0;
  return all.map((one) => ({ ...one, mark: largest.has(one) ? markOf(next++) : sharedMark }));
}

/** The first six differ in colour and in shape; no two are the same. */
function markOf(n: number): Mark {
  return { colour: n % hues, shape: shapes[(n + Math.floor(n / hues)) % shapes.length]! };
}

/** An outline about 0, 0, as a path of SVG; of about the same area for each shape. */
export function shapePath(shape: Shape, radius: number): string {
  const r = (part: number): string => String(Math.round(part * radius * 100) / 100);
  switch (shape) {
    case 'circle':
      return `M${r(-1)} 0a${r(1)} ${r(1)} 0 1 0 ${r(2)} 0a${r(1)} ${r(1)} 0 1 0 ${r(-2)} 0Z`;
    case 'square':
      return `M${r(-0.9)} ${r(-0.9)}H${r(0.9)}V${r(0.9)}H${r(-0.9)}Z`;
    case 'triangle':
      return `M0 ${r(-1.25)}L${r(1.17)} ${r(0.85)}H${r(-1.17)}Z`;
    case 'diamond':
      return `M0 ${r(-1.3)}L${r(1.3)} 0L0 ${r(1.3)}L${r(-1.3)} 0Z`;
    case 'cross':
      return (
        `M${r(-0.42)} ${r(-1.2)}H${r(0.42)}V${r(-0.42)}H${r(1.2)}V${r(0.42)}H${r(0.42)}V${r(1.2)}` +
        `H${r(-0.42)}V${r(0.42)}H${r(-1.2)}V${r(-0.42)}H${r(-0.42)}Z`
      );
    case 'wedge':
      return `M0 ${r(1.25)}L${r(1.17)} ${r(-0.85)}H${r(-1.17)}Z`;
  }
}
