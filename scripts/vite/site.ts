/**
 * After the bundle: writes `files.json`, the list of everything the page consists of, and builds the service
 * worker with the hash of that list, so that any change of a file makes a new service worker.
 */
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { build, type Plugin } from 'vite';
import type { SiteFile, SiteFiles } from '../../src/service-worker/files.ts';

const LIST = 'files.json';
const SERVICE_WORKER = 'service-worker.js';

export function siteFiles(root: string): Plugin {
  return {
    name: 'carrel:site-files',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler(options) {
        const out = options.dir ?? join(root, 'dist');
        const files = await listFiles(out);
        const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
        await buildServiceWorker(root, out, hash);
        files.push(await describe(out, SERVICE_WORKER));
        const list: SiteFiles = { build: hash, files };
        await writeFile(join(out, LIST), `${JSON.stringify(list, null, 1)}\n`);
      },
    },
  };
}

async function buildServiceWorker(root: string, out: string, hash: string): Promise<void> {
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    define: { __BUILD__: JSON.stringify(hash) },
    build: {
      outDir: out,
      emptyOutDir: false,
      target: 'es2022',
      rollupOptions: {
        input: join(root, 'src/service-worker/service-worker.ts'),
        output: { format: 'iife', entryFileNames: SERVICE_WORKER },
      },
    },
  });
}

/** Every file of the build by path; the parts of the models are left out, their own manifest lists them. */
async function listFiles(out: string): Promise<SiteFile[]> {
  const entries = await readdir(out, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(out, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== LIST && path !== SERVICE_WORKER);
  const parts = await modelParts(out);
  const files = await Promise.all(paths.filter((path) => !parts.has(path)).map((path) => describe(out, path)));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function describe(out: string, path: string): Promise<SiteFile> {
  const bytes = await readFile(join(out, path));
  return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Paths inside the build of every part that `models/manifest.json` names. */
async function modelParts(out: string): Promise<Set<string>> {
  const { models } = JSON.parse(await readFile(join(out, 'models/manifest.json'), 'utf8')) as {
    models: { files: { parts: { path: string }[] }[] }[];
  };
  const parts = models.flatMap(({ files }) => files).flatMap((file) => file.parts);
  return new Set(parts.map((part) => `models/${part.path}`));
}
