/** Scrolls the viewer of the built page as a hand does, frame by frame, and counts what that costs. */
import type { Page } from '@playwright/test';

export interface Scrolled {
  /** Milliseconds between one frame and the next. */
  readonly frames: readonly number[];
  /** The most at any frame: pages with a picture, pages with a layer of text, and megapixels of all pictures. */
  readonly pictures: number;
  readonly layers: number;
  readonly megapixels: number;
}

/**
 * @param step pixels a frame; negative goes up, 0 stays
 * @param most frames; it ends before where the document does
 */
export function scrollViewer(page: Page, step: number, most: number): Promise<Scrolled> {
  return page.evaluate(
    async ({ step, most }) => {
      const region = document.querySelector<HTMLElement>('section[aria-label="Document"]')!;
      const frames: number[] = [];
      let [pictures, layers, megapixels] = [0, 0, 0];
      let before = await new Promise<number>(requestAnimationFrame);
      for (let i = 0; i < most; i++) {
        const top = region.scrollTop;
        region.scrollTop = top + step;
        const now = await new Promise<number>(requestAnimationFrame);
        frames.push(now - before);
        before = now;
        const canvases = [...region.querySelectorAll<HTMLCanvasElement>('.sheet canvas')].filter(
          ({ width }) => width > 0,
        );
        pictures = Math.max(pictures, canvases.length);
        layers = Math.max(layers, region.querySelectorAll('.sheet .layer').length);
        megapixels = Math.max(megapixels, canvases.reduce((sum, { width, height }) => sum + width * height, 0) / 1e6);
        if (step !== 0 && region.scrollTop === top) break;
      }
      return { frames, pictures, layers, megapixels };
    },
    { step, most },
  );
}
