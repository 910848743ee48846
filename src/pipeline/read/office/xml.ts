/** XML of Office files as a tree of plain objects, within limits; no entity of a DTD is ever expanded. */
import { SaxesParser } from 'saxes';

export interface XmlElement {
  /** Without its prefix: `p`, `tbl`, `list-item`. */
  readonly name: string;
  /** By their names as written: `r:id`, `svg:x`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
}

export type XmlNode = XmlElement | string;

/** Deeper than this no program writes; walks over the tree may recurse. */
const MAX_DEPTH = 400;
const MAX_ELEMENTS = 3_000_000;

interface OpenElement extends XmlElement {
  readonly children: XmlNode[];
}

/** Parses a whole file. @throws Error where it is no well-formed XML; RangeError where it is too deep or too large. */
export function parseXml(xml: string): XmlElement {
  const root: OpenElement = { name: '', attributes: {}, children: [] };
  const open: OpenElement[] = [root];
  let elements = 0;
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > MAX_DEPTH || ++elements > MAX_ELEMENTS) throw new RangeError('XML beyond the limits');
    const element: OpenElement = { name: localName(name), attributes, children: [] };
    open[open.length - 1]!.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const addText = (text: string): void => void open[open.length - 1]!.children.push(text);
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(xml.replace(/^\uFEFF/, '')).close();
  return root;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The element's children that are elements; only those called `name` where one is given. */
export function elementsOf(element: XmlElement, name?: string): XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement => typeof child !== 'string' && (name === undefined || child.name === name),
  );
}

/** The first element that a path of names leads to: `find(shape, 'nvSpPr', 'nvPr', 'ph')`. */
export function find(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let found = element;
  for (const name of path) {
    if (found === undefined) return undefined;
    found = elementsOf(found, name)[0];
  }
  return found;
}

/** All elements called `name` anywhere below, in order; none inside one another. */
export function descendants(element: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  const visit = (from: XmlElement): void => {
    for (const child of elementsOf(from)) {
      if (child.name === name) found.push(child);
      else visit(child);
    }
  };
  visit(element);
  return found;
}

/** All text below. */
export function textOf(element: XmlElement | undefined): string {
  if (element === undefined) return '';
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** The attribute of this local name under any prefix: the `id` of `r:id`, never the bare `id`. */
export function prefixed(element: XmlElement | undefined, name: string): string | undefined {
  for (const [key, value] of Object.entries(element?.attributes ?? {})) if (key.endsWith(`:${name}`)) return value;
  return undefined;
}
