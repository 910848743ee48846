import { describe, expect, it } from 'vitest';
import { filesToKeep, hasSimd, type SiteFile } from './files.ts';

const PATHS = [
  'assets/index-1a.js',
  'index.html',
  'models/LICENSE.txt',
  'models/a-model/config.json',
  'models/manifest.json',
  'models/registry.json',
  'ort/ort-wasm-simd-threaded.wasm',
  'ort/ort-wasm-simd.wasm',
  'ort/ort-wasm-threaded.wasm',
  'ort/ort-wasm.wasm',
  'pdfjs/wasm/openjpeg.wasm',
  'service-worker.js',
  'tesseract/eng.traineddata.gz',
  'tesseract/tesseract-core-lstm.wasm.js',
  'tesseract/tesseract-core-simd-lstm.wasm.js',
];
const files: SiteFile[] = PATHS.map((path) => ({ path, bytes: 1, sha256: '' }));

describe('filesToKeep', () => {
  it.each([
    [true, 'ort/ort-wasm-simd.wasm', 'tesseract/tesseract-core-simd-lstm.wasm.js'],
    [false, 'ort/ort-wasm.wasm', 'tesseract/tesseract-core-lstm.wasm.js'],
  ])('keeps the runtimes that a browser with SIMD %s loads', (simd, runtime, recogniser) => {
    expect(filesToKeep(files, simd).map(({ path }) => path)).toEqual([
      'assets/index-1a.js',
      'index.html',
      'models/manifest.json',
      'models/registry.json',
      runtime,
      'pdfjs/wasm/openjpeg.wasm',
      'tesseract/eng.traineddata.gz',
      recogniser,
    ]);
  });
});

describe('hasSimd', () => {
  it('is true where this Node, which has SIMD, validates the module', () => {
    expect(hasSimd()).toBe(true);
  });
});
