/** What is drawn on OpenDocument sheets: text boxes and shapes with words, titles of charts, pictures. */
import { descendants, elementsOf, find, parseXml, prefixed, textOf } from '../office/xml.ts';
import type { XmlElement } from '../office/xml.ts';
import { wordsOf } from '../slides/deck.ts';
import { odfPieces } from '../slides/odf-text.ts';
import { isDescription } from '../slides/slide-reader.ts';

export interface Drawn {
  /** XML of what is drawn on each sheet, by its name as written. */
  readonly drawings: ReadonlyMap<string, readonly string[]>;
  /** The XML without that. */
  readonly cells: string;
}

const TAG = /<(\/?)(table:table|draw:[\w-]+)(?=[\s/>])([^>]*?)(\/?)>/g;

/**
 * Cuts what is drawn out of a content.xml or a flat file: SheetJS would take the words of a shape for those of the cell
 * it hangs on.
 */
export function cutDrawn(xml: string): Drawn {
  const drawings = new Map<string, string[]>();
  const cells: string[] = [];
  let sheet = '';
  let depth = 0;
  let kept = 0;
  let from = 0;
  // Above the body, `draw:` names colours and arrows.
  TAG.lastIndex = Math.max(0, xml.indexOf('<office:body'));
  for (let tag = TAG.exec(xml); tag !== null; tag = TAG.exec(xml)) {
    const [whole, closes, name, attributes = '', empty] = tag;
    if (name === 'table:table') {
      if (depth === 0 && closes === '') sheet = /\stable:name="([^"]*)"/.exec(attributes)?.[1] ?? '';
      continue;
    }
    if (empty !== '') continue;
    if (closes === '') {
      if (depth++ === 0) from = tag.index;
      continue;
    }
    if (depth === 0 || --depth > 0) continue;
    const to = tag.index + whole.length;
    const before = drawings.get(sheet);
    if (before === undefined) drawings.set(sheet, [xml.slice(from, to)]);
    else before.push(xml.slice(from, to));
    cells.push(xml.slice(kept, from));
    kept = to;
  }
  cells.push(xml.slice(kept));
  return { drawings, cells: cells.join('') };
}

/** Collects the words of drawings; `object` gives the XML of an object stored beside the sheets, by its path. */
export class DrawnWords {
  readonly descriptions: string[] = [];
  pictures = 0;
  embedded = 0;
  damaged = 0;

  constructor(private readonly object: (path: string) => XmlElement | null) {}

  /** One paragraph a line. */
  of(drawings: readonly string[]): string[] {
    return drawings.flatMap((xml) => {
      try {
        return elementsOf(parseXml(xml)).flatMap((shape) => this.#shape(shape));
      } catch {
        this.damaged++;
        return [];
      }
    });
  }

  #shape(shape: XmlElement): string[] {
    const description = textOf(find(shape, 'desc')).trim();
    if (isDescription(description)) this.descriptions.push(description);
    if (shape.name === 'g' || shape.name === 'a') return elementsOf(shape).flatMap((inner) => this.#shape(inner));
    if (shape.name !== 'frame') return paragraphsOf(shape);
    const [content] = elementsOf(shape).filter(({ name }) =>
      /^(?:text-box|object|image|plugin|object-ole)$/.test(name),
    );
    switch (content?.name) {
      case undefined:
        return [];
      case 'text-box':
        return paragraphsOf(content);
      case 'object':
        return this.#object(content);
      case 'image':
        this.pictures++;
        return paragraphsOf(content);
      default:
        this.embedded++;
        return [];
    }
  }

  /** Titles of a chart; its numbers stand in cells. */
  #object(element: XmlElement): string[] {
    const root = find(element, 'document') ?? this.object(prefixed(element, 'href') ?? '');
    const chart = root === null ? undefined : descendants(root, 'chart')[0];
    if (chart === undefined) {
      this.embedded++;
      return [];
    }
    return ['title', 'subtitle'].flatMap((name) => descendants(chart, name)).flatMap(paragraphsOf);
  }
}

const NO_STYLES = { marks: new Map(), numbered: new Set<string>() };

function paragraphsOf(element: XmlElement): string[] {
  return odfPieces(element, NO_STYLES, () => undefined).map(wordsOf);
}
