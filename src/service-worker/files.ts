/** The list of the built page's files, written by the build as `files.json` beside `index.html`. */

export interface SiteFile {
  /** Relative to the page's folder: `assets/index-1a2b.js`. */
  readonly path: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export interface SiteFiles {
  /** Changes with any byte of any file. */
  readonly build: string;
  readonly files: readonly SiteFile[];
}

/** What this browser's ONNX Runtime loads with one thread. */
const RUNTIME = { simd: 'ort/ort-wasm-simd.wasm', plain: 'ort/ort-wasm.wasm' } as const;

/** The build of the text recognition that this browser does not load: 4 MB. */
const OTHER_RECOGNISER = {
  simd: 'tesseract/tesseract-core-lstm.wasm.js',
  plain: 'tesseract/tesseract-core-simd-lstm.wasm.js',
} as const;

/**
 * The files to keep for working offline: all but the service worker itself (the browser keeps it), the builds of
 * ONNX Runtime (9 to 10 MB each) and of the text recognition that this browser does not load, and the models but for
 * their lists. Text recognition is among them, 7 MB: a scan may come when the server is out of reach.
 */
export function filesToKeep(files: readonly SiteFile[], simd: boolean): readonly SiteFile[] {
  const runtime = simd ? RUNTIME.simd : RUNTIME.plain;
  return files.filter(({ path }) => {
    if (path.startsWith('ort/')) return path === runtime;
    if (path === (simd ? OTHER_RECOGNISER.simd : OTHER_RECOGNISER.plain)) return false;
    if (isLeftToTheNetwork(path)) return false;
    return path !== 'service-worker.js';
  });
}

/** Weights are kept by src/models: large streams need not pass through the service worker. Their lists are the page's. */
export function isLeftToTheNetwork(path: string): boolean {
  return path.startsWith('models/') && !/^models\/[^/]+\.json$/.test(path);
}

/** True if the browser validates WebAssembly SIMD: a module whose one function holds `i8x16.splat`. */
export function hasSimd(): boolean {
  const module = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0];
  if (typeof WebAssembly === 'undefined') return false;
  return WebAssembly.validate(new Uint8Array([...module, 65, 0, 253, 15, 253, 98, 11]));
}
