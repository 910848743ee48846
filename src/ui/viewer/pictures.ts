/** What draws the pages of a document from its file. */
import type { Entry } from '../../library/state.ts';
import { DrawnPdf } from './pdf.ts';
import type { Wanted } from './turns.ts';

export interface Drawer {
  /**
   * Draws a page on a new canvas.
   * @param number 1-based
   * @param width in CSS pixels; the canvas has as many pixels as the screen shows
   * @throws the signal's reason when it is aborted
   */
  draw(number: number, width: number, wanted: Wanted): Promise<HTMLCanvasElement>;
  /** Frees what it holds. */
  close(): void;
}

/** @throws if the file is gone from the disk or cannot be drawn */
export function openDrawer({ file, document, help }: Entry): Promise<Drawer> {
  return document?.kind === 'image' ? DrawnPicture.open(file) : DrawnPdf.open(file, help.password);
}

/** A picture that is a document's only page. */
class DrawnPicture implements Drawer {
  readonly #bitmap: ImageBitmap;

  private constructor(bitmap: ImageBitmap) {
    this.#bitmap = bitmap;
  }

  static async open(file: File): Promise<DrawnPicture> {
    return new DrawnPicture(await createImageBitmap(file));
  }

  draw(_number: number, width: number, { signal }: Wanted): Promise<HTMLCanvasElement> {
    signal.throwIfAborted();
    const { width: natural, height } = this.#bitmap;
    const scale = Math.min(1, (width * window.devicePixelRatio) / natural);
    const canvas = window.document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(natural * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const pen = canvas.getContext('2d');
    if (!pen) return Promise.reject(new Error('This browser gave no canvas to draw a picture on.'));
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(this.#bitmap, 0, 0, canvas.width, canvas.height);
    return Promise.resolve(canvas);
  }

  close(): void {
    this.#bitmap.close();
  }
}
