/** A PDF opened for drawing, with a worker of its own that ends with it. */
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { startWorker } from '../../workers/start.ts';
import type { Drawer } from './pictures.ts';
import { Turns } from './turns.ts';
import type { Wanted } from './turns.ts';

/** Phones refuse canvases beyond 16 million pixels. */
const MOST_PIXELS = 16_000_000;

export class DrawnPdf implements Drawer {
  readonly #document: PDFDocumentProxy;
  readonly #end: () => void;
  /** Drawing goes on between frames; two pages at once would take twice as much of each. */
  readonly #turns = new Turns();

  private constructor(document: PDFDocumentProxy, end: () => void) {
    this.#document = document;
    this.#end = end;
  }

  /** @throws if the file is gone from the disk or is no PDF that pdf.js opens */
  static async open(file: File, password?: string): Promise<DrawnPdf> {
    const [pdfjs, data] = await Promise.all([import('pdfjs-dist/legacy/build/pdf.mjs'), file.arrayBuffer()]);
    const port = startWorker(workerUrl, 'pdf');
    const worker = pdfjs.PDFWorker.create({ port });
    const failed = new Promise<never>((_, reject) => {
      port.addEventListener('error', () => reject(new Error('The worker that draws PDF pages did not start.')));
    });
    const end = (): void => {
      worker.destroy();
      port.terminate();
    };
    const asset = (folder: string): string => new URL(`pdfjs/${folder}/`, document.baseURI).href;
    try {
      const task = pdfjs.getDocument({
        data,
        worker,
        ...(password === undefined ? {} : { password }),
        cMapUrl: asset('cmaps'),
        standardFontDataUrl: asset('standard_fonts'),
        wasmUrl: asset('wasm'),
        iccUrl: asset('iccs'),
        // The page's policy forbids eval; without this pdf.js tries it and a violation is logged.
        isEvalSupported: false,
        enableXfa: false,
        verbosity: 0,
      });
      return new DrawnPdf(await Promise.race([task.promise, failed]), end);
    } catch (error) {
      end();
      throw error;
    }
  }

  draw(number: number, width: number, wanted: Wanted): Promise<HTMLCanvasElement> {
    return this.#turns.take(() => this.#draw(number, width, wanted.signal), wanted);
  }

  async #draw(number: number, width: number, signal: AbortSignal): Promise<HTMLCanvasElement> {
    const page = await this.#document.getPage(number);
    signal.throwIfAborted();
    const natural = page.getViewport({ scale: 1 });
    const fit = (width * window.devicePixelRatio) / natural.width;
    const most = Math.sqrt(MOST_PIXELS / (natural.width * natural.height));
    const viewport = page.getViewport({ scale: Math.min(fit, most) });
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(viewport.width));
    canvas.height = Math.max(1, Math.round(viewport.height));
    const task = page.render({ canvas, viewport });
    const cancel = (): void => task.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      await task.promise;
      return canvas;
    } catch (error) {
      free(canvas);
      throw error;
    } finally {
      signal.removeEventListener('abort', cancel);
      // What it was drawn from is made anew if need be; kept, it would grow with every page seen.
      page.cleanup();
    }
  }

  close(): void {
    this.#end();
  }
}

/** Gives the pixels back at once instead of when the canvas is collected. */
export function free(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}
