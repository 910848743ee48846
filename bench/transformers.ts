/**
 * The generator beside transformers.js 4 with the very same ONNX file, the adapter at 0: `npm run bench -- transformers
 * [--rounds 3] [--threads 1] [--json FILE]`. Both get the same prompt, and take turns in one run.
 */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withBuiltPage } from '../scripts/built-page.ts';
import { ROOT } from '../scripts/root.ts';
import { serve } from '../scripts/serve.ts';
import { bundlePage } from './browser/bundle.ts';
import { writeReport } from './browser/report.ts';
import { besideCarrel } from './peers/beside.ts';
import { peer, versionOf } from './peers/install.ts';
import { openPage } from './pipeline/page.ts';
import type { Bench } from './transformers/page.ts';
import { joinGenerator } from './wllama/shipped.ts';

declare const bench: Bench;

const PACKAGE = '@huggingface/transformers';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '1' },
    json: { type: 'string', default: join(ROOT, 'test-results', 'bench-transformers.json') },
  },
});
const [rounds, threads] = [Number(values.rounds), Number(values.threads)];

/** The bench's page with its files, ready to be served. */
async function peerSite(): Promise<string> {
  const library = peer(PACKAGE);
  const folder = await bundlePage('transformers', {
    alias: [{ find: PACKAGE, replacement: join(library, 'dist/transformers.web.js') }],
  });
  joinGenerator(join(folder, 'models', 'generator'));
  symlinkSync(join(peer('onnxruntime-web'), 'dist'), join(folder, 'ort'));
  return folder;
}

const folder = await peerSite();
await withBuiltPage(async ({ browser, address, machine }) => {
  const page = await openPage(await browser.newContext(), address, 2);
  const site = await serve({ root: folder });
  try {
    const other = await browser.newPage();
    await other.goto(site.address);
    await other.waitForFunction(() => 'bench' in globalThis);
    await other.evaluate((count) => bench.load('generator', count), threads);
    console.log(`Carrel beside transformers.js ${versionOf(PACKAGE)}, ${threads} thread, on ${machine}`);
    const rows = await besideCarrel(page, new Map([['transformers.js', other]]), rounds);
    writeReport(values.json, 'transformers', { machine, rounds, threads, rows });
  } finally {
    await site.close();
  }
});
