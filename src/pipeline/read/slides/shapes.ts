/** The shapes of a slide's tree. */
import { present } from '../office/drawing.ts';
import { elementsOf, find } from '../office/xml.ts';
import type { XmlElement } from '../office/xml.ts';

const SHAPES: ReadonlySet<string> = new Set([
  'sp',
  'grpSp',
  'graphicFrame',
  'pic',
  'cxnSp',
  'wsp',
  'wgp',
  'contentPart',
]);

/** Shapes right inside a tree or group. */
export function shapesOf(tree: XmlElement): XmlElement[] {
  return present(tree).filter(({ name }) => SHAPES.has(name));
}

/** The properties that every shape has, whatever it is: its name, its description, whether it is hidden. */
export function commonProperties(shape: XmlElement): Readonly<Record<string, string>> {
  for (const child of elementsOf(shape)) if (child.name.startsWith('nv')) return find(child, 'cNvPr')?.attributes ?? {};
  return {};
}
