/** What a slide takes from its layout and master: where a placeholder stands and whether its text is bulleted. */
import { ownBullet } from '../office/drawing.ts';
import type { BulletAt } from '../office/drawing.ts';
import { find } from '../office/xml.ts';
import type { XmlElement } from '../office/xml.ts';
import type { Box } from './reading-order.ts';
import { shapesOf } from './shapes.ts';

export interface Layout {
  /** The trees of shapes of layout and master, the nearer first. */
  readonly trees: readonly XmlElement[];
  /** The master's styles of text (`p:txStyles`). */
  readonly styles: XmlElement | undefined;
}

export interface Placeholder {
  readonly type: string;
  readonly index: string | undefined;
}

const TITLES: ReadonlySet<string> = new Set(['title', 'ctrTitle']);
/** Repeated on every slide by the program itself. */
const FOOTERS: ReadonlySet<string> = new Set(['dt', 'ftr', 'sldNum', 'hdr']);

export function isTitle(placeholder: Placeholder | null): boolean {
  return placeholder !== null && TITLES.has(placeholder.type);
}

export function isFooter(placeholder: Placeholder | null): boolean {
  return placeholder !== null && FOOTERS.has(placeholder.type);
}

/** The placeholder that a shape fills, or null. */
export function placeholderOf(shape: XmlElement): Placeholder | null {
  for (const name of ['nvSpPr', 'nvPicPr', 'nvGraphicFramePr']) {
    const ph = find(shape, name, 'nvPr', 'ph');
    if (ph !== undefined) return { type: ph.attributes.type ?? 'obj', index: ph.attributes.idx };
  }
  return null;
}

/** The shapes of layout and master that a placeholder takes after. */
function models(placeholder: Placeholder | null, layout: Layout): XmlElement[] {
  if (placeholder === null) return [];
  return layout.trees.flatMap((tree, depth) => {
    const candidates = shapesOf(tree);
    const sameIndex = candidates.find((shape) => {
      const other = placeholderOf(shape);
      return depth === 0 && placeholder.index !== undefined && other?.index === placeholder.index;
    });
    const found = sameIndex ?? candidates.find((shape) => kindOf(placeholderOf(shape)) === kindOf(placeholder));
    return found === undefined ? [] : [found];
  });
}

function kindOf(placeholder: Placeholder | null): string | undefined {
  if (placeholder === null) return undefined;
  if (TITLES.has(placeholder.type)) return 'title';
  return FOOTERS.has(placeholder.type) ? placeholder.type : 'body';
}

/** The bullets of a shape's levels: its own style's, else its models', else those of the master's text. */
export function bulletsOf(shape: XmlElement, placeholder: Placeholder | null, layout: Layout): BulletAt {
  const bodies = [shape, ...models(placeholder, layout)].map((model) => find(model, 'txBody', 'lstStyle'));
  // A subtitle is a body to the master, but it is no list on any layout that programs make.
  const inherits = kindOf(placeholder) === 'body' && placeholder?.type !== 'subTitle';
  const styles = [...bodies, inherits ? find(layout.styles, 'bodyStyle') : undefined];
  return (level) => {
    for (const style of styles) {
      const bullet = ownBullet(find(style, `lvl${level + 1}pPr`));
      if (bullet !== undefined) return bullet === 'none' ? null : bullet;
    }
    return null;
  };
}

/** Where a shape stands, in English Metric Units of its slide or group. */
export function boxOf(shape: XmlElement, placeholder: Placeholder | null, layout: Layout): Box | null {
  for (const element of [shape, ...models(placeholder, layout)]) {
    const place = find(element, 'spPr', 'xfrm') ?? find(element, 'grpSpPr', 'xfrm') ?? find(element, 'xfrm');
    const offset = find(place, 'off')?.attributes;
    const extent = find(place, 'ext')?.attributes;
    const box = {
      x: Number(offset?.x),
      y: Number(offset?.y),
      width: Number(extent?.cx),
      height: Number(extent?.cy),
    };
    if (Object.values(box).every(Number.isFinite)) return box;
  }
  return null;
}
