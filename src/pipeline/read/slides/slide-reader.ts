/** The words of a drawing's shapes (DrawingML of slides and sheets) in reading order, with what is told apart from them. */
import { chartPieces } from '../office/chart.ts';
import { diagramPieces } from '../office/diagram.ts';
import { paragraphsOf, present, tableOf } from '../office/drawing.ts';
import type { Relations } from '../office/drawing.ts';
import type { Package } from '../office/package.ts';
import { descendants, find, prefixed } from '../office/xml.ts';
import type { XmlElement } from '../office/xml.ts';
import { wordsOf } from './deck.ts';
import type { Piece } from './deck.ts';
import { bulletsOf, boxOf, isFooter, isTitle, placeholderOf } from './layout.ts';
import type { Layout } from './layout.ts';
import { inReadingOrder } from './reading-order.ts';
import type { Box } from './reading-order.ts';
import { commonProperties, shapesOf } from './shapes.ts';

/** What shapes hold beside their text; filled while they are read. */
export interface Aside {
  pictures: number;
  /** Dates, footers and numbers that the program repeats. */
  readonly footers: string[];
  readonly descriptions: string[];
  readonly hiddenShapes: string[];
  /** Ids of relations to embedded files. */
  readonly embedded: string[];
  /** Charts and diagrams that could not be read. */
  damaged: number;
}

export function emptyAside(): Aside {
  return { pictures: 0, footers: [], descriptions: [], hiddenShapes: [], embedded: [], damaged: 0 };
}

export interface Drawing {
  readonly archive: Package;
  readonly relations: Relations;
  readonly layout: Layout;
  readonly aside: Aside;
}

interface PlacedPieces {
  readonly box: Box | null;
  readonly isTitle: boolean;
  readonly pieces: readonly Piece[];
}

/** The words of a tree of shapes: its title, then the rest as it is read. */
export function piecesOf(tree: XmlElement, drawing: Drawing): Piece[] {
  const placed = shapesOf(tree)
    .map((shape) => placedPieces(shape, drawing))
    .filter(({ pieces }) => pieces.length > 0);
  const titles = placed.filter((shape) => shape.isTitle);
  const others = inReadingOrder(placed.filter((shape) => !shape.isTitle));
  return [...titles, ...others].flatMap(({ pieces }) => pieces);
}

function placedPieces(shape: XmlElement, drawing: Drawing): PlacedPieces {
  const placeholder = placeholderOf(shape);
  const { descr = '', hidden } = commonProperties(shape);
  if (shape.name === 'pic') drawing.aside.pictures++;
  if (isDescription(descr)) drawing.aside.descriptions.push(descr.trim());
  const pieces = shapePieces(shape, drawing);
  const nothing = { box: null, isTitle: false, pieces: [] };
  if (pieces.length === 0) return nothing;
  if (isFooter(placeholder)) {
    drawing.aside.footers.push(...pieces.map(wordsOf));
    return nothing;
  }
  if (hidden === '1' || hidden === 'true') {
    drawing.aside.hiddenShapes.push(...pieces.map(wordsOf));
    return nothing;
  }
  const title = isTitle(placeholder);
  return { box: boxOf(shape, placeholder, drawing.layout), isTitle: title, pieces: title ? asTitle(pieces) : pieces };
}

/** Programs describe a picture by the name of its file when nobody else does. */
export function isDescription(text: string): boolean {
  return /\S/.test(text) && !/^[^\n]*\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp)$/i.test(text.trim());
}

/** Paragraphs of a title are its lines. */
function asTitle(pieces: readonly Piece[]): Piece[] {
  const runs = pieces.flatMap((piece, i) =>
    piece.kind === 'table' ? [] : [...(i > 0 ? [{ text: '\n', marks: [] }] : []), ...piece.runs],
  );
  return [{ kind: 'title', runs }];
}

function shapePieces(shape: XmlElement, drawing: Drawing): Piece[] {
  if (shape.name === 'grpSp') return piecesOf(shape, drawing);
  if (shape.name === 'graphicFrame') return framePieces(shape, drawing);
  const placeholder = placeholderOf(shape);
  return paragraphsOf(find(shape, 'txBody'), drawing.relations, bulletsOf(shape, placeholder, drawing.layout));
}

/** A table, a chart, a diagram or an embedded file. */
function framePieces(frame: XmlElement, drawing: Drawing): Piece[] {
  const data = find(frame, 'graphic', 'graphicData');
  if (data === undefined) return [];
  return present(data).flatMap((content): Piece[] => {
    switch (content.name) {
      case 'tbl': {
        const table = tableOf(content, drawing.relations);
        return table === null ? [] : [table];
      }
      case 'chart':
        return related(prefixed(content, 'id'), chartPieces, drawing);
      case 'relIds':
        return related(prefixed(content, 'dm'), diagramPieces, drawing);
      case 'oleObj': {
        const id = prefixed(content, 'id');
        if (id !== undefined) drawing.aside.embedded.push(id);
        drawing.aside.pictures += descendants(content, 'pic').length > 0 ? 1 : 0;
        return [];
      }
      default:
        return [];
    }
  });
}

function related(id: string | undefined, read: (root: XmlElement) => Piece[], drawing: Drawing): Piece[] {
  const relation = drawing.relations.get(id ?? '');
  if (relation === undefined || relation.external) return [];
  try {
    const root = drawing.archive.xml(relation.target);
    return root === null ? [] : read(root);
  } catch {
    drawing.aside.damaged++;
    return [];
  }
}
