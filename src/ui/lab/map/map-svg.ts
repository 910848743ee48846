/** A map as a picture of its own: light, crisp at any size, described in words, with a legend. */
import { boundsOf } from '../../../lab/point-grid.ts';
import { escaped, round, short, svgFile, type SvgWords } from '../../pictures/svg.ts';
import { shapePath } from './marks.ts';
import { FAINT, fillOf, inDrawingOrder, radiusFor, raysOf, type Scene } from './scene.ts';
import { onScreen, wholeView } from './view.ts';

const width = 900;
const height = 640;
const margin = 30;
/** Of the legend. */
const line = 20;
const columns = 3;
/** Letters of a name in the legend. */
const nameLetters = 38;

export interface MapWords extends SvgWords {
  /** Of a document, by its path. */
  nameOf(path: string): string;
}

export function mapSvg(scene: Scene, words: MapWords): string {
  const { nameOf } = words;
  const { places, colours, documents, question, selected } = scene;
  const view = wholeView(boundsWithQuestion(scene), { width, height }, margin);
  const radius = radiusFor(places.length / 2);
  const place = (x: number, y: number): string => onScreen(view, x, y).map(round).join(' ');
  const marks = inDrawingOrder(scene).map(({ document, faint }) => {
    const shape = shapePath(document.mark.shape, radius);
    const each = document.points.map(
      (p) => `<path d="${shape}" transform="translate(${place(places[2 * p]!, places[2 * p + 1]!)})"/>`,
    );
    const attributes = `fill="${fillOf(document, colours)}" stroke="${colours.sheet}" stroke-width="0.75"`;
    return `<g ${attributes}${faint ? ` opacity="${FAINT}"` : ''}><title>${escaped(nameOf(document.path))}</title>${each.join('')}</g>`;
  });
  const rays = raysOf(scene).map(({ from, to, colour, dashed }) => {
    const path = to.map((end) => `M${place(...from)}L${place(...end)}`).join('');
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.75"${dashed ? ' stroke-dasharray="5 4"' : ''}/>`;
  });
  const ring = selected
    ? `<circle r="${radius + 4}" fill="none" stroke="${colours.ink}" stroke-width="2.5" transform="translate(${place(places[2 * selected.point]!, places[2 * selected.point + 1]!)})"/>`
    : '';
  const asked = question
    ? `<g transform="translate(${place(...question.place)})"><circle r="11" fill="${colours.accent}" stroke="${colours.sheet}" stroke-width="2"/><text text-anchor="middle" dy="5" font-weight="700" font-size="15" fill="${colours.sheet}">?</text></g>`
    : '';
  const legend = documents.map((document, i) => {
    const x = margin + 8 + (i % columns) * ((width - 2 * margin) / columns);
    const y = height + 10 + Math.floor(i / columns) * line;
    const mark = `<path d="${shapePath(document.mark.shape, 5)}" fill="${fillOf(document, colours)}"/>`;
    const name = escaped(short(nameOf(document.path), nameLetters));
    return `<g transform="translate(${round(x)} ${y})">${mark}<text x="12" dy="4" fill="${colours.ink}">${name}</text></g>`;
  });
  const bottom = height + 10 + Math.ceil(documents.length / columns) * line;
  return svgFile(words, { width, height: bottom }, colours, [...marks, ...rays, ring, asked, ...legend]);
}

/** All points, and the question, which may lie outside of them. */
export function boundsWithQuestion({ places, question }: Pick<Scene, 'places' | 'question'>) {
  return boundsOf(question ? Float32Array.of(...question.place, ...boundsCorners(places)) : places);
}

function boundsCorners(places: Float32Array): number[] {
  const { left, top, right, bottom } = boundsOf(places);
  return [left, top, right, bottom];
}
