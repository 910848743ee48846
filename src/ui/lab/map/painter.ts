/** Draws a scene on a canvas. */
import { shapePath, type Shape } from './marks.ts';
import { FAINT, fillOf, inDrawingOrder, raysOf, type Ray, type Scene } from './scene.ts';
import { press, stampOf, type Pixels, type Stamp } from './stamp.ts';
import { onScreen, type View } from './view.ts';

/** Marks are kept for one look of the page; more than this means that it has changed. */
const MOST_STAMPS = 200;

export class Painter {
  private readonly stamps = new Map<string, Stamp>();
  /** The pixels of the picture before: a new one of the same size needs no other memory. */
  private image: ImageData | null = null;
  private sheet = { colour: '', pixel: 0 };

  /** @param ratio device pixels to one of the page @param radius of a mark, in pixels of the page */
  paint(context: CanvasRenderingContext2D, scene: Scene, view: View, radius: number, ratio: number): void {
    this.points(context, scene, view, radius, ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.lineCap = 'round';
    for (const ray of raysOf(scene)) drawRay(context, ray, view, scene.colours.sheet);
    if (scene.selected) ring(context, at(scene, view, scene.selected.point), radius + 4, scene);
    if (scene.question) drawQuestion(context, onScreen(view, ...scene.question.place), scene);
  }

  private points(context: CanvasRenderingContext2D, scene: Scene, view: View, radius: number, ratio: number): void {
    const { places, colours } = scene;
    const { width, height } = context.canvas;
    if (this.image?.width !== width || this.image.height !== height)
      this.image = context.createImageData(width, height);
    const picture: Pixels = { width, height, pixels: new Uint32Array(this.image.data.buffer) };
    if (this.sheet.colour !== colours.sheet) this.sheet = { colour: colours.sheet, pixel: pixelOf(colours.sheet) };
    picture.pixels.fill(this.sheet.pixel);
    const scale = view.scale * ratio;
    const [x, y] = [view.x * ratio, view.y * ratio];
    for (const { document, faint } of inDrawingOrder(scene)) {
      const stamp = this.stamp(document.mark.shape, fillOf(document, colours), colours.sheet, radius, ratio, faint);
      const half = stamp.size / 2;
      for (const point of document.points) {
        const left = Math.round(x + scale * places[2 * point]! - half);
        const top = Math.round(y - scale * places[2 * point + 1]! - half);
        if (left > -stamp.size && top > -stamp.size && left < width && top < height) press(picture, stamp, left, top);
      }
    }
    context.putImageData(this.image, 0, 0);
  }

  /** A mark with a thin line of the sheet's colour about it, so that marks on one another are told apart. */
  private stamp(shape: Shape, fill: string, edge: string, radius: number, ratio: number, faint: boolean): Stamp {
    const key = [shape, fill, edge, radius, ratio, faint].join(' ');
    const kept = this.stamps.get(key);
    if (kept) return kept;
    if (this.stamps.size > MOST_STAMPS) this.stamps.clear();
    const size = 2 * Math.ceil((radius * 1.3 + 1) * ratio);
    const context = sheetOf(size);
    context.setTransform(ratio, 0, 0, ratio, size / 2, size / 2);
    const outline = new Path2D(shapePath(shape, radius));
    context.lineWidth = 1.5;
    context.strokeStyle = edge;
    context.stroke(outline);
    context.fillStyle = fill;
    context.fill(outline);
    const stamp = stampOf(context.getImageData(0, 0, size, size).data, faint ? FAINT : 1);
    this.stamps.set(key, stamp);
    return stamp;
  }
}

/** A square to draw on whose pixels are read. */
function sheetOf(size: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  return canvas.getContext('2d', { willReadFrequently: true })!;
}

/** A colour, written in any way that CSS knows, as it stands in memory. */
function pixelOf(colour: string): number {
  const context = sheetOf(1);
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0]!;
}

const at = ({ places }: Scene, view: View, point: number) => onScreen(view, places[2 * point]!, places[2 * point + 1]!);

/** On a wider line of the sheet's colour, so that it is seen over marks. */
function drawRay(
  context: CanvasRenderingContext2D,
  { from, to, colour, dashed }: Ray,
  view: View,
  sheet: string,
): void {
  context.beginPath();
  for (const end of to) {
    context.moveTo(...onScreen(view, ...from));
    context.lineTo(...onScreen(view, ...end));
  }
  context.setLineDash([]);
  context.strokeStyle = sheet;
  context.lineWidth = 4;
  context.stroke();
  context.setLineDash(dashed ? [5, 4] : []);
  context.strokeStyle = colour;
  context.lineWidth = 1.75;
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = colour;
  for (const end of to) {
    context.beginPath();
    context.arc(...onScreen(view, ...end), 2.5, 0, 2 * Math.PI);
    context.fill();
  }
}

function ring(context: CanvasRenderingContext2D, [x, y]: [number, number], radius: number, { colours }: Scene): void {
  for (const [width, colour] of [
    [5, colours.sheet],
    [2.5, colours.ink],
  ] as const) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
}

/** Pixels about its middle. */
export const QUESTION_RADIUS = 11;

function drawQuestion(context: CanvasRenderingContext2D, [x, y]: [number, number], { colours }: Scene): void {
  context.beginPath();
  context.arc(x, y, QUESTION_RADIUS, 0, 2 * Math.PI);
  context.fillStyle = colours.accent;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = colours.sheet;
  context.stroke();
  context.fillStyle = colours.sheet;
  context.font = '700 15px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText('?', x, y + 1);
}
