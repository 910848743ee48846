/** A bench's page with all that it imports, as files to be served. */
import { join } from 'node:path';
import { build, type UserConfig } from 'vite';
import { ROOT } from '../../scripts/root.ts';

/** Bundles `bench/NAME/index.html`; -> the folder, emptied before. */
export async function bundlePage(name: string, resolve: UserConfig['resolve'] = {}): Promise<string> {
  const outDir = join(ROOT, '.cache', `bench-${name}`);
  await build({
    root: join(ROOT, 'bench', name),
    configFile: false,
    logLevel: 'error',
    base: './',
    resolve,
    build: { outDir, emptyOutDir: true, target: 'esnext', assetsInlineLimit: 0, chunkSizeWarningLimit: 8000 },
  });
  return outDir;
}
