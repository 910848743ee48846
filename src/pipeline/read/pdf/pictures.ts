/** Pages without text: whether anything is drawn on them, and their picture for text recognition. */
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type * as PdfjsModule from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { RecognisedLine } from '../reading.ts';
import { levelItem } from './annotations.ts';
import type { Item } from './items.ts';
import { readable } from './items.ts';

/** Dots an inch at which small print is still recognised, as a factor of points; and pixels that a phone allows. */
const SCALE = 200 / 72;
const MOST_PIXELS = 12_000_000;

/** A picture is painted on the page, or a shape: letters drawn as shapes are common too. */
export async function showsSomething(page: PDFPageProxy, { OPS }: typeof PdfjsModule): Promise<boolean> {
  const painting = new Set<number>([
    OPS.paintImageXObject,
    OPS.paintInlineImageXObject,
    OPS.paintImageMaskXObject,
    OPS.paintImageMaskXObjectGroup,
    OPS.paintImageMaskXObjectRepeat,
    OPS.paintImageXObjectRepeat,
    OPS.paintInlineImageXObjectGroup,
    OPS.paintSolidColorImageMask,
    OPS.constructPath,
    OPS.shadingFill,
  ]);
  const { fnArray } = await page.getOperatorList();
  return fnArray.some((operation) => painting.has(operation));
}

/** Canvases exist in workers of today's browsers. */
export const canDraw = (): boolean => typeof OffscreenCanvas === 'function';

/** The page as a PNG with the factor from points to pixels. @throws what pdf.js throws for a page it cannot draw */
export async function pictureOf(page: PDFPageProxy): Promise<{ picture: Blob; scale: number }> {
  const natural = page.getViewport({ scale: 1 });
  const scale = Math.min(SCALE, Math.sqrt(MOST_PIXELS / (natural.width * natural.height)));
  const viewport = page.getViewport({ scale });
  const canvas = new OffscreenCanvas(Math.max(1, Math.ceil(viewport.width)), Math.max(1, Math.ceil(viewport.height)));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas to draw on');
  // pdf.js draws on either kind of canvas; its types know one.
  await page.render({ canvas: null, canvasContext: context as unknown as CanvasRenderingContext2D, viewport }).promise;
  const picture = await canvas.convertToBlob({ type: 'image/png' });
  canvas.width = canvas.height = 0;
  return { picture, scale };
}

/** Recognised lines as items on the page, all of one size: heights of single lines say little. */
export function recognisedItems(lines: readonly RecognisedLine[], scale: number): Item[] {
  const heights = lines.map(({ height }) => height / scale).sort((a, b) => a - b);
  const usual = heights[Math.floor(heights.length / 2)] ?? 12;
  return lines.flatMap((line) => {
    const text = readable(line.text).trim();
    if (text === '') return [];
    const box = { x: line.x / scale, y: line.y / scale, width: line.width / scale, height: line.height / scale };
    const item = levelItem(text, box, usual * 0.8);
    return [{ ...item, left: box.x, right: box.x + box.width }];
  });
}

/** What pdf.js needs besides for drawing where no page is: canvases of the worker, and no filters. */
export class WorkerCanvases {
  create(
    width: number,
    height: number,
  ): { canvas: OffscreenCanvas | null; context: OffscreenCanvasRenderingContext2D | null } {
    const canvas = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
    return { canvas, context: canvas.getContext('2d', { willReadFrequently: true }) };
  }

  reset({ canvas }: { canvas: OffscreenCanvas | null }, width: number, height: number): void {
    if (canvas) Object.assign(canvas, { width, height });
  }

  destroy(made: { canvas: OffscreenCanvas | null; context: unknown }): void {
    if (made.canvas) made.canvas.width = made.canvas.height = 0;
    made.canvas = null;
    made.context = null;
  }
}

export class NoFilters {
  addFilter = (): string => 'none';
  addHCMFilter = (): string => 'none';
  addAlphaFilter = (): string => 'none';
  addLuminosityFilter = (): string => 'none';
  addHighlightHCMFilter = (): string => 'none';
  destroy(): void {}
}
