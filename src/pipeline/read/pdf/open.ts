/** Opens a PDF with pdf.js inside the thread we are in: no worker of its own, nothing fetched from elsewhere. */
import type * as PdfjsModule from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { ReadError } from '../../document.ts';
import { nameOf } from '../reading.ts';
import type { ReadInput, ReadOptions } from '../reading.ts';
import { NoFilters, WorkerCanvases, canDraw } from './pictures.ts';

type Pdfjs = typeof PdfjsModule;

/** pdf.js with its worker's half in this thread, which is a worker itself. */
let loading: Promise<Pdfjs> | undefined;
function loadPdfjs(): Promise<Pdfjs> {
  return (loading ??= (async () => {
    const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
    // Its worker module takes a thread without a window for its own and answers that thread's messages.
    const bare = !('window' in globalThis);
    if (bare) Object.assign(globalThis, { window: globalThis });
    try {
      Object.assign(globalThis, { pdfjsWorker: await import('pdfjs-dist/legacy/build/pdf.worker.mjs') });
    } finally {
      if (bare) Reflect.deleteProperty(globalThis, 'window');
    }
    return pdfjs;
  })());
}

/** A document with the call that frees it. @throws ReadError locked, damaged */
export async function openPdf(
  input: ReadInput,
  options: ReadOptions,
): Promise<{ pdf: PDFDocumentProxy; pdfjs: Pdfjs; close(): Promise<void> }> {
  const inNode = typeof process === 'object' && process.versions?.node !== undefined;
  const { assets } = options;
  const pdfjs = await loadPdfjs();
  const task = pdfjs.getDocument({
    // pdf.js takes its data over; the caller keeps its own.
    data: input.bytes.slice(),
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    useWorkerFetch: !inNode,
    ...(canDraw() ? { CanvasFactory: WorkerCanvases, FilterFactory: NoFilters } : {}),
    ...(options.password === undefined ? {} : { password: options.password }),
    ...(assets === undefined
      ? {}
      : {
          cMapUrl: `${assets}cmaps/`,
          cMapPacked: true,
          standardFontDataUrl: `${assets}standard_fonts/`,
          wasmUrl: `${assets}wasm/`,
        }),
  });
  try {
    return { pdf: await task.promise, pdfjs, close: () => task.destroy() };
  } catch (error) {
    await task.destroy();
    throw openError(pdfjs, nameOf(input.path), error);
  }
}

function openError(pdfjs: Pdfjs, name: string, error: unknown): ReadError {
  if (error instanceof Error && error.name === 'PasswordException')
    return new ReadError(
      'locked',
      'code' in error && error.code === pdfjs.PasswordResponses.INCORRECT_PASSWORD
        ? `The password for “${name}” is not the right one. Try another, or add a copy saved without a password.`
        : `“${name}” is locked with a password. Type it below, or add a copy saved without one.`,
    );
  return new ReadError(
    'damaged',
    `“${name}” is a PDF, but it is damaged and could not be opened. Fetch it again from where it came and add it again.`,
  );
}
