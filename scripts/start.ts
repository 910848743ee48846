/** `npm start`: checks the models, builds what has changed, serves it, prints the address and opens a browser. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, DIST } from './build.ts';
import { runAsMain } from './main.ts';
import { faults } from './models/split.ts';
import { ROOT } from './root.ts';
import { serve } from './serve.ts';

async function start(): Promise<void> {
  checkModels();
  await build();
  const site = await serve({ root: DIST, port: 4173 });
  console.log(`Carrel is open at ${site.address}`);
  if (!process.env['CI'] && process.env['BROWSER'] !== 'none') openBrowser(site.address);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void site.close().then(() => process.exit(0)));
  }
}

/** @throws Error that names every part that is missing or damaged. */
function checkModels(): void {
  const found = faults(join(ROOT, 'public/models'));
  if (found.length === 0) return;
  throw new Error(`${found.join('\n')}\nThe models are not whole. Get them again with: git checkout -- public/models`);
}

/** Where none can be opened the printed address is enough. */
function openBrowser(address: string): void {
  const [command, ...before] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  spawn(command ?? 'xdg-open', [...before, address], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

runAsMain(import.meta.url, start);
