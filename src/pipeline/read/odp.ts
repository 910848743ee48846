/** OpenDocument presentations (.odp, flat .fodp): slides with lists, tables, charts and the speaker's notes. */
import { ReadError } from '../document.ts';
import { pictureNotes } from './markup.ts';
import { Package } from './office/package.ts';
import { propertiesOf } from './office/properties.ts';
import { descendants, elementsOf, find, parseXml, prefixed, textOf } from './office/xml.ts';
import type { XmlElement } from './office/xml.ts';
import { lockedFile, nameOf } from './reading.ts';
import type { Content, ReadInput } from './reading.ts';
import { lineOf, wordsOf } from './slides/deck.ts';
import type { Deck, Piece, Slide } from './slides/deck.ts';
import { odfPieces, odfStyles, odfTable } from './slides/odf-text.ts';
import type { OdfStyles } from './slides/odf-text.ts';
import { MasterTexts, masterNotes } from './slides/master-texts.ts';
import { inReadingOrder } from './slides/reading-order.ts';
import type { Box } from './slides/reading-order.ts';
import { isDescription } from './slides/slide-reader.ts';
import { writeDeck } from './slides/write-deck.ts';

/** Reads an .odp or .fodp. @throws ReadError damaged, encrypted, too-large, no-text */
export function readOdp({ path, bytes }: ReadInput): Content {
  const name = nameOf(path);
  try {
    const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
    const deck = isZip ? packaged(name, bytes) : flat(new TextDecoder().decode(bytes));
    return writeDeck(path, deck);
  } catch (error) {
    if (error instanceof ReadError || error instanceof RangeError) throw error;
    throw new ReadError(
      'damaged',
      `“${name}” is a presentation, but its slides are missing or broken, so it was not read. Open it in LibreOffice, save it again and add that.`,
    );
  }
}

function packaged(name: string, bytes: Uint8Array): Deck {
  const archive = new Package(name, bytes);
  const manifest = archive.bytes('META-INF/manifest.xml');
  if (manifest !== null && new TextDecoder().decode(manifest).includes('encryption-data'))
    throw lockedFile(name, 'a presentation');
  const root = archive.xml('content.xml');
  if (root === null) throw new Error('no content');
  const others = ['styles.xml', 'meta.xml'].map((path) => {
    try {
      return archive.xml(path);
    } catch {
      // The slides can be read without them.
      return null;
    }
  });
  return deckOf(root, others[0] ?? null, others[1] ?? null, (path) => {
    try {
      return archive.xml(`${path.replace(/^\.\//, '')}/content.xml`);
    } catch {
      return null;
    }
  });
}

function flat(xml: string): Deck {
  const root = parseXml(xml);
  return deckOf(root, null, root, () => null);
}

function deckOf(
  root: XmlElement,
  styles: XmlElement | null,
  meta: XmlElement | null,
  object: (path: string) => XmlElement | null,
): Deck {
  const document = elementsOf(root)[0] ?? root;
  const roots = [document, ...(styles === null ? [] : [elementsOf(styles)[0] ?? styles])];
  const reader = new SlideReader(odfStyles(roots), stylesThat(document, 'visibility', 'hidden'), object);
  const presentation = descendants(document, 'presentation')[0] ?? descendants(document, 'drawing')[0];
  const pages = presentation === undefined ? [] : elementsOf(presentation, 'page');
  if (pages.length === 0) throw new Error('no slides');
  const own = pages.map((page, i) => reader.slide(page, i + 1));
  const masterTexts = new MasterTexts();
  const masters = mastersOf(roots);
  const bare = stylesThat(document, 'background-objects-visible', 'false');
  pages.forEach((page, i) => {
    const master = masters.get(page.attributes['draw:master-page-name'] ?? '');
    if (master !== undefined && !bare.has(page.attributes['draw:style-name'] ?? ''))
      masterTexts.add(reader.shownBy(master), i + 1);
  });
  const { slides, repeated } = masterTexts.settle(own);
  const { comments, footers, descriptions, pictures } = reader;
  return {
    ...propertiesOf(meta ?? { name: '', attributes: {}, children: [] }),
    slides,
    damaged: [],
    notes: [
      ...pictureNotes(pictures),
      ...(footers.size === 0 ? [] : ['Dates, footers and slide numbers were left out.']),
      ...masterNotes(repeated),
      ...(comments.length === 0
        ? []
        : [comments.length === 1 ? 'One comment was left out.' : `${comments.length} comments were left out.`]),
    ],
    omitted: [
      { what: 'dates, footers and slide numbers', text: [...footers].join('\n') },
      { what: 'text of the slide master', text: repeated.join('\n') },
      { what: 'comments', text: comments.join('\n') },
      { what: 'descriptions of pictures', text: descriptions.join('\n') },
    ].filter(({ text }) => text !== ''),
    inner: [],
  };
}

/** Names of the page styles that set a property of presentations to a value. */
function stylesThat(document: XmlElement, property: string, value: string): ReadonlySet<string> {
  const styles = elementsOf(find(document, 'automatic-styles') ?? document, 'style');
  return new Set(
    styles
      .filter((style) => find(style, 'drawing-page-properties')?.attributes[`presentation:${property}`] === value)
      .map((style) => style.attributes['style:name'] ?? ''),
  );
}

/** Master pages by their names. */
function mastersOf(roots: readonly XmlElement[]): ReadonlyMap<string, XmlElement> {
  const pages = roots
    .flatMap((root) => elementsOf(root, 'master-styles'))
    .flatMap((styles) => elementsOf(styles, 'master-page'));
  return new Map(pages.map((page) => [page.attributes['style:name'] ?? '', page]));
}

/** A field that the program fills in stands as `<number>`. */
function isField(words: string): boolean {
  return /^<[\w/-]+>$/.test(words);
}

const FOOTERS = /^(?:header|footer|date-time|page-number)$/;

class SlideReader {
  readonly comments: string[] = [];
  readonly footers = new Set<string>();
  readonly descriptions: string[] = [];
  pictures = 0;
  readonly #shown = new Map<XmlElement, Piece[]>();

  constructor(
    private readonly styles: OdfStyles,
    private readonly hidden: ReadonlySet<string>,
    private readonly object: (path: string) => XmlElement | null,
  ) {}

  slide(page: XmlElement, number: number): Slide {
    const comment = (annotation: XmlElement): void => this.#comment(annotation, number);
    const notes = elementsOf(page, 'notes').flatMap((element) => this.#shapes(element, comment));
    for (const annotation of elementsOf(page, 'annotation')) comment(annotation);
    return {
      number,
      hidden: this.hidden.has(page.attributes['draw:style-name'] ?? ''),
      pieces: [
        ...this.#shapes(page, comment),
        ...notes.flatMap((piece): Piece[] => (piece.kind === 'table' ? [] : [{ kind: 'note', runs: piece.runs }])),
      ],
    };
  }

  /** What a master page shows on its slides: shapes with a class of their own hold only prompts, dates and numbers. */
  shownBy(master: XmlElement): Piece[] {
    const known = this.#shown.get(master);
    if (known !== undefined) return known;
    const reader = new SlideReader(this.styles, this.hidden, this.object);
    const children = master.children.filter(
      (child) => typeof child !== 'string' && child.attributes['presentation:class'] === undefined,
    );
    const pieces = reader.#shapes({ ...master, children }, () => undefined).filter((piece) => !isField(wordsOf(piece)));
    this.#shown.set(master, pieces);
    return pieces;
  }

  #comment(annotation: XmlElement, number: number): void {
    const author = textOf(find(annotation, 'creator')).trim();
    const text = odfPieces(annotation, this.styles, () => undefined)
      .map(wordsOf)
      .join(' ');
    if (text !== '') this.comments.push(`Slide ${number}: ${author === '' ? '' : `${author}: `}${text}`);
  }

  #shapes(parent: XmlElement, comment: (annotation: XmlElement) => void): Piece[] {
    const placed = elementsOf(parent)
      .filter(({ name }) => name !== 'notes' && name !== 'annotation' && name !== 'forms')
      .map((shape) => ({ ...this.#shape(shape, comment), box: boxOf(shape) }))
      .filter(({ pieces }) => pieces.length > 0);
    const titles = placed.filter(({ isTitle }) => isTitle);
    return [...titles, ...inReadingOrder(placed.filter(({ isTitle }) => !isTitle))].flatMap(({ pieces }) => pieces);
  }

  #shape(shape: XmlElement, comment: (annotation: XmlElement) => void): { isTitle: boolean; pieces: Piece[] } {
    const kind = shape.attributes['presentation:class'] ?? '';
    // A placeholder that was never filled shows its prompt to the author only.
    if (shape.attributes['presentation:placeholder'] === 'true') return { isTitle: false, pieces: [] };
    const description = textOf(find(shape, 'desc')).trim();
    if (isDescription(description)) this.descriptions.push(description);
    const pieces = this.#contents(shape, comment);
    if (FOOTERS.test(kind)) {
      for (const words of pieces.map(wordsOf)) if (!isField(words)) this.footers.add(words);
      return { isTitle: false, pieces: [] };
    }
    if (kind !== 'title') return { isTitle: false, pieces };
    const lines = pieces.flatMap((piece) => (piece.kind === 'table' ? [] : [piece.runs]));
    const runs = lines.flatMap((line, i) => [...(i > 0 ? [{ text: '\n', marks: [] }] : []), ...line]);
    return { isTitle: true, pieces: lineOf(runs) === '' ? [] : [{ kind: 'title', runs }] };
  }

  #contents(shape: XmlElement, comment: (annotation: XmlElement) => void): Piece[] {
    if (shape.name === 'g') return this.#shapes(shape, comment);
    if (shape.name !== 'frame') return odfPieces(shape, this.styles, comment);
    const [content] = elementsOf(shape).filter(({ name }) =>
      /^(?:text-box|table|object|image|plugin|object-ole)$/.test(name),
    );
    if (content === undefined) return [];
    switch (content.name) {
      case 'text-box':
        return odfPieces(content, this.styles, comment);
      case 'table': {
        const table = odfTable(content, this.styles, comment);
        return table === null ? [] : [table];
      }
      case 'object':
        return this.#object(content, comment);
      default:
        this.pictures++;
        return odfPieces(content, this.styles, comment);
    }
  }

  /** A chart or table stored beside the slides: its titles, and its numbers as a table. */
  #object(element: XmlElement, comment: (annotation: XmlElement) => void): Piece[] {
    const root = find(element, 'document') ?? this.object(prefixed(element, 'href') ?? '');
    if (root === null) {
      this.pictures++;
      return [];
    }
    const body = descendants(root, 'chart')[0];
    // The body that holds the chart is called as the chart itself.
    const chart = find(body, 'chart') ?? body;
    const titles = chart === undefined ? [] : ['title', 'subtitle'].flatMap((name) => elementsOf(chart, name));
    const table = descendants(root, 'table')
      .map((found) => odfTable(found, this.styles, comment))
      .find((found) => found !== null);
    const pieces: Piece[] = titles.flatMap((title) => odfPieces(title, this.styles, comment));
    if (table) pieces.push({ ...table, hasHeader: table.rows.length > 1 });
    return pieces;
  }
}

const UNITS: Readonly<Record<string, number>> = { mm: 1, cm: 10, in: 25.4, pt: 25.4 / 72, pc: 25.4 / 6, px: 25.4 / 96 };

/** Where a shape stands, in millimetres; a group has the box around what it holds. */
function boxOf(shape: XmlElement): Box | null {
  if (shape.name === 'g') return around(elementsOf(shape).map(boxOf));
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => {
    const [, number, unit] = /^(-?[\d.]+)([a-z]+)$/.exec(shape.attributes[`svg:${name}`] ?? '') ?? [];
    return Number(number) * (UNITS[unit ?? ''] ?? Number.NaN);
  }) as [number, number, number, number];
  return [x, y, width, height].every(Number.isFinite) ? { x, y, width, height } : null;
}

function around(boxes: readonly (Box | null)[]): Box | null {
  const known = boxes.filter((box) => box !== null);
  if (known.length === 0) return null;
  const x = Math.min(...known.map((box) => box.x));
  const y = Math.min(...known.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...known.map((box) => box.x + box.width)) - x,
    height: Math.max(...known.map((box) => box.y + box.height)) - y,
  };
}
