/** SmartArt diagrams as nested items, from their data model. */
import type { Piece } from '../slides/deck.ts';
import { noBullets, paragraphsOf } from './drawing.ts';
import { elementsOf, find } from './xml.ts';
import type { XmlElement } from './xml.ts';

const MAX_LEVEL = 8;

/** The points of a diagram's data (`dgm:dataModel`), each under its parent, in order. */
export function diagramPieces(root: XmlElement): Piece[] {
  const model = find(root, 'dataModel') ?? root;
  const points = new Map<string, XmlElement>();
  for (const point of elementsOf(find(model, 'ptLst') ?? model, 'pt'))
    points.set(point.attributes.modelId ?? '', point);
  const children = new Map<string, { id: string; order: number }[]>();
  for (const { attributes } of elementsOf(find(model, 'cxnLst') ?? model, 'cxn')) {
    if ((attributes.type ?? 'parOf') !== 'parOf') continue;
    const { srcId = '', destId = '', srcOrd = '0' } = attributes;
    children.set(srcId, [...(children.get(srcId) ?? []), { id: destId, order: Number(srcOrd) }]);
  }
  const pieces: Piece[] = [];
  const seen = new Set<string>();
  const visit = (id: string, level: number): void => {
    // A broken file may call a point its own ancestor.
    if (seen.has(id)) return;
    seen.add(id);
    const found = paragraphsOf(find(points.get(id), 't'), new Map(), noBullets);
    for (const piece of found)
      if (piece.kind === 'paragraph') pieces.push({ kind: 'item', list: 'ul', level, runs: piece.runs });
    const below = level < MAX_LEVEL && found.length > 0 ? level + 1 : level;
    for (const child of (children.get(id) ?? []).sort((a, b) => a.order - b.order)) visit(child.id, below);
  };
  for (const [id, point] of points) if (point.attributes.type === 'doc') visit(id, 0);
  for (const [id, { attributes }] of points) if (['node', 'asst', undefined].includes(attributes.type)) visit(id, 0);
  return pieces;
}
