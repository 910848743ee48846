/** Files of packages that the page loads by name at run time: WebAssembly, and data of pdf.js and tesseract.js. */
import { createReadStream, existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { basename, dirname, join, normalize } from 'node:path';
import type { Plugin } from 'vite';
import { contentTypeOf } from '../../src/content-type.ts';

/** Path inside the built page -> path inside node_modules; a folder is taken whole. */
const ASSETS: Readonly<Record<string, string>> = {
  'ort/ort-wasm.wasm': 'onnxruntime-web/dist/ort-wasm.wasm',
  'ort/ort-wasm-simd.wasm': 'onnxruntime-web/dist/ort-wasm-simd.wasm',
  'ort/ort-wasm-threaded.wasm': 'onnxruntime-web/dist/ort-wasm-threaded.wasm',
  'ort/ort-wasm-simd-threaded.wasm': 'onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
  'pdfjs/cmaps/': 'pdfjs-dist/cmaps/',
  'pdfjs/standard_fonts/': 'pdfjs-dist/standard_fonts/',
  'pdfjs/wasm/': 'pdfjs-dist/wasm/',
  'pdfjs/iccs/': 'pdfjs-dist/iccs/',
  'tesseract/worker.min.js': 'tesseract.js/dist/worker.min.js',
  'tesseract/tesseract-core-lstm.wasm.js': 'tesseract.js-core/tesseract-core-lstm.wasm.js',
  'tesseract/tesseract-core-simd-lstm.wasm.js': 'tesseract.js-core/tesseract-core-simd-lstm.wasm.js',
  'tesseract/eng.traineddata.gz': '@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz',
};

export function packageAssets(root: string): Plugin {
  const packages = join(root, 'node_modules');
  return {
    name: 'carrel:package-assets',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname.slice(1));
        const file = locate(path, packages);
        if (!file) return next();
        response.setHeader('Content-Type', contentTypeOf(path));
        createReadStream(file).pipe(response);
      });
    },
    async writeBundle(options) {
      const out = options.dir ?? join(root, 'dist');
      for (const [to, from] of Object.entries(ASSETS)) {
        await mkdir(dirname(join(out, to)), { recursive: true });
        await cp(join(packages, from), join(out, to), { recursive: true });
      }
    },
  };
}

function locate(path: string, packages: string): string | null {
  const whole = ASSETS[path];
  if (whole) return join(packages, whole);
  const folder = Object.keys(ASSETS).find((to) => to.endsWith('/') && path.startsWith(to));
  if (!folder || normalize(path) !== path || basename(path) === '') return null;
  const file = join(packages, ASSETS[folder] ?? '', path.slice(folder.length));
  return existsSync(file) ? file : null;
}
