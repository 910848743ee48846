/** Text recognition inside the reader's worker: tesseract.js in a worker of its own, with files of our own origin. */
import { createWorker, OEM } from 'tesseract.js';
import type { RecognisedLine } from '../pipeline/read/reading.ts';
import { hasSimd } from '../service-worker/files.ts';

export interface Recogniser {
  /** The lines of a picture, in its own pixels. @throws Error when the picture cannot be decoded */
  lines(picture: Blob): Promise<readonly RecognisedLine[]>;
  /** Ends its worker: memory of WebAssembly is freed in no other way. */
  close(): Promise<void>;
}

/** Print of the size that recognition knows best has about so many pixels across a page. */
const GOOD_WIDTH = 1700;
/** Pixels of the picture that is recognised; a larger one is made smaller first. */
const MOST_PIXELS = 16_000_000;

/**
 * Starts when the first picture comes.
 * @param base folder of the recogniser's files, absolute, ending in a slash
 */
export function openRecogniser(base: string): Recogniser {
  let starting: ReturnType<typeof start> | null = null;
  return {
    async lines(picture) {
      const { scaled, scale } = await prepare(picture);
      const worker = await (starting ??= start(base));
      const { data } = await worker.recognize(scaled, {}, { text: false, blocks: true });
      const found = (data.blocks ?? []).flatMap(({ paragraphs }) => paragraphs).flatMap(({ lines }) => lines);
      return found.flatMap(({ text, bbox }) => {
        const words = text.replace(/\s+/g, ' ').trim();
        if (words === '') return [];
        const [x, y] = [bbox.x0 / scale, bbox.y0 / scale];
        return [{ text: words, x, y, width: (bbox.x1 - bbox.x0) / scale, height: (bbox.y1 - bbox.y0) / scale }];
      });
    },
    async close() {
      await (await starting?.catch(() => null))?.terminate();
    },
  };
}

/** The worker starts from a blob that only imports its script, so that it inherits the page's policy. */
function start(base: string) {
  return createWorker('eng', OEM.LSTM_ONLY, {
    workerPath: `${base}worker.min.js`,
    corePath: `${base}tesseract-core${hasSimd() ? '-simd' : ''}-lstm.wasm.js`,
    langPath: base.slice(0, -1),
    workerBlobURL: true,
    // The service worker keeps the data already; a second copy in IndexedDB would outlive the page's own store.
    cacheMethod: 'none',
    // Failures reach the caller through its promise; without this tesseract.js throws them a second time.
    errorHandler: () => undefined,
  });
}

/** The picture upright on white, as a PNG, at a size that recognition works well with. */
async function prepare(picture: Blob): Promise<{ scaled: Blob; scale: number }> {
  const bitmap = await createImageBitmap(picture);
  try {
    const { width, height } = bitmap;
    const wanted = width < GOOD_WIDTH ? Math.min(3, GOOD_WIDTH / width) : 1;
    const scale = Math.min(wanted, Math.sqrt(MOST_PIXELS / (width * height)));
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('This browser gave no canvas to prepare a picture on.');
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return { scaled: await canvas.convertToBlob({ type: 'image/png' }), scale };
  } finally {
    bitmap.close();
  }
}
