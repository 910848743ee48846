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
];
const files: SiteFile[] = PATHS.map((path) => ({ path, bytes: 1, sha256: '' }));

describe('filesToKeep', () => {
  it.each([
    [true, 'ort/ort-wasm-simd.wasm'],
    [false, 'ort/ort-wasm.wasm'],
  ])('keeps the one runtime that a browser with SIMD %s loads', (simd, runtime) => {
    expect(filesToKeep(files, simd).map(({ path }) => path)).toEqual([
      'assets/index-1a.js',
      'index.html',
      'models/manifest.json',
      'models/registry.json',
      runtime,
      'pdfjs/wasm/openjpeg.wasm',
    ]);
  });
});

describe('hasSimd', () => {
  it('is true where this Node, which has SIMD, validates the module', () => {
    expect(hasSimd()).toBe(true);
  });
});
