/** A map as a picture of its own: light, crisp at any size, described in words, with a legend. */
import { boundsOf } from '../../../lab/point-grid.ts';
import { shapePath } from './marks.ts';
import { FAINT, fillOf, inDrawingOrder, radiusFor, raysOf, type Scene } from './scene.ts';
import { onScreen, wholeView } from './view.ts';

const width = 900;
const height = 640;
const margin = 30;
/** Of the legend. */
const line = 20;
const columns = 3;
/** Letters of a line of words, and of a name in the legend. */
const letters = 120;
const nameLetters = 38;

export interface SvgWords {
  readonly title: string;
  /** Sentences below the picture, which also describe it to who cannot see it. */
  readonly description: readonly string[];
  /** Of a document, by its path. */
  nameOf(path: string): string;
}

export function mapSvg(scene: Scene, { title, description, nameOf }: SvgWords): string {
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
  const words = description.flatMap((sentence) => broken(sentence));
  const below = words.map(
    (text, i) => `<text x="${margin}" y="${height + 14 + i * line}" fill="${colours.soft}">${escaped(text)}</text>`,
  );
  const legendTop = height + 26 + words.length * line;
  const legend = documents.map((document, i) => {
    const x = margin + 8 + (i % columns) * ((width - 2 * margin) / columns);
    const y = legendTop + Math.floor(i / columns) * line;
    const mark = `<path d="${shapePath(document.mark.shape, 5)}" fill="${fillOf(document, colours)}"/>`;
    return `<g transform="translate(${round(x)} ${y})">${mark}<text x="12" dy="4" fill="${colours.ink}">${escaped(short(nameOf(document.path)))}</text></g>`;
  });
  const bottom = legendTop + Math.ceil(documents.length / columns) * line + 4;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom}" width="${width}" height="${bottom}" role="img" aria-labelledby="title description" font-family="system-ui, sans-serif" font-size="13">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description.join(' '))}</desc>`,
    `<rect width="${width}" height="${bottom}" fill="${colours.sheet}"/>`,
    ...[...marks, ...rays, ring, asked, ...below, ...legend].filter((one) => one !== ''),
    '</svg>\n',
  ].join('\n');
}

/** All points, and the question, which may lie outside of them. */
export function boundsWithQuestion({ places, question }: Pick<Scene, 'places' | 'question'>) {
  return boundsOf(question ? Float32Array.of(...question.place, ...boundsCorners(places)) : places);
}

function boundsCorners(places: Float32Array): number[] {
  const { left, top, right, bottom } = boundsOf(places);
  return [left, top, right, bottom];
}

const round = (value: number): number => Math.round(value * 100) / 100;

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters, which XML cannot hold, are left out. */
function escaped(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the ones that XML forbids
  return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (sign) => signs[sign]!);
}

function short(name: string): string {
  return name.length > nameLetters ? `${name.slice(0, nameLetters - 1)}…` : name;
}

/** In lines of about the picture's width; SVG breaks none by itself. */
function broken(sentence: string): string[] {
  const lines: string[] = [''];
  for (const word of sentence.split(/\s+/)) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + word.length >= letters) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
