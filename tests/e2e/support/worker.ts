/** Starts a worker with the page's own way of starting workers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Worker } from '@playwright/test';
import { transformWithEsbuild } from 'vite';
import type * as Start from '../../../src/workers/start.ts';

/** Runs the very code of src/workers/start.ts in the page, on a script of the build. */
export async function startWorkerIn(page: Page, script: string): Promise<Worker> {
  const source = join(import.meta.dirname, '../../../src/workers/start.ts');
  const { code } = await transformWithEsbuild(readFileSync(source, 'utf8'), source);
  const started = page.waitForEvent('worker', (worker) => worker.url().startsWith('blob:'));
  await page.evaluate(
    async ([module, url]) => {
      const address = URL.createObjectURL(new Blob([module!], { type: 'text/javascript' }));
      const { startWorker } = (await import(address)) as typeof Start;
      startWorker(url!, 'test');
    },
    [code, script],
  );
  return started;
}
