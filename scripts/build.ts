/** `npm run build`: the static page in dist/, rebuilt only when something it is made of is newer. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { build as viteBuild } from 'vite';
import { runAsMain } from './main.ts';
import { ROOT } from './root.ts';

export const DIST = join(ROOT, 'dist');

const SOURCES = [
  'src',
  'public',
  'scripts/vite',
  'index.html',
  'models.html',
  'vite.config.ts',
  'svelte.config.js',
  'package-lock.json',
];

/**
 * @param force build even if nothing has changed
 * @param out the folder to build into
 */
export async function build(force = false, out = DIST): Promise<void> {
  if (!force && (await isFresh(out))) return;
  await viteBuild({ root: ROOT, logLevel: 'warn', build: { outDir: out, emptyOutDir: true } });
}

/** The list of files is written last, so its time is the build's. */
async function isFresh(out: string): Promise<boolean> {
  const built = await stat(join(out, 'files.json')).catch(() => null);
  if (!built) return false;
  const newest = await Promise.all(SOURCES.map((source) => newestIn(join(ROOT, source))));
  return Math.max(...newest) < built.mtimeMs;
}

/** Milliseconds of the last change of a file, or of anything in a folder (a removal changes the folder). */
async function newestIn(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (!found) return 0;
  if (!found.isDirectory()) return path.endsWith('.test.ts') ? 0 : found.mtimeMs;
  const inside = await Promise.all((await readdir(path)).map((name) => newestIn(join(path, name))));
  return Math.max(found.mtimeMs, ...inside);
}

runAsMain(import.meta.url, () => build(true));
