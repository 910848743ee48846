/**
 * The generator beside wllama (llama.cpp in WASM) with the same weights, the adapter at 0: `npm run bench -- wllama
 * [--rounds 3] [--threads 1] [--json FILE]`. The GGUF files are written from the shipped weights. Both get the same
 * prompt, and take turns in one run: ratios hold on a machine that is shared, times do not.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { withBuiltPage } from '../scripts/built-page.ts';
import { ROOT } from '../scripts/root.ts';
import { serve } from '../scripts/serve.ts';
import { bundlePage } from './browser/bundle.ts';
import { writeReport } from './browser/report.ts';
import type { Bench } from './wllama/page.ts';
import { writeBase } from './wllama/gguf.ts';
import { joinGenerator } from './wllama/shipped.ts';
import { besideCarrel } from './peers/beside.ts';
import { peer, versionOf } from './peers/install.ts';
import { openPage } from './pipeline/page.ts';

declare const bench: Bench;

const FORMATS = ['Q8_0', 'Q4_0'] as const;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '1' },
    json: { type: 'string', default: join(ROOT, 'test-results', 'bench-wllama.json') },
  },
});
const [rounds, threads] = [Number(values.rounds), Number(values.threads)];

/** The bench's page with its files, ready to be served. */
async function peerSite(): Promise<string> {
  const wllama = peer('@wllama/wllama');
  const folder = await bundlePage('wllama', {
    alias: [
      { find: /^@wllama\/wllama$/, replacement: join(wllama, 'esm/index.js') },
      { find: /^@wllama\/wllama\//, replacement: `${wllama}/` },
    ],
  });
  const models = join(folder, 'models');
  mkdirSync(models, { recursive: true });
  const shipped = join(models, 'shipped');
  joinGenerator(shipped);
  for (const format of FORMATS) writeBase(shipped, join(models, `${format}.gguf`), format);
  return folder;
}

const folder = await peerSite();
await withBuiltPage(async ({ browser, address, machine }) => {
  const context = await browser.newContext();
  const page = await openPage(context, address, 2);
  const site = await serve({ root: folder });
  try {
    const contestants = new Map<string, Page>();
    for (const format of FORMATS) {
      const other = await browser.newPage();
      await other.goto(site.address);
      await other.waitForFunction(() => 'bench' in globalThis);
      await other.evaluate(([file, count]) => bench.load(file, count), [`models/${format}.gguf`, threads] as const);
      contestants.set(format, other);
    }
    console.log(`Carrel beside wllama ${versionOf('@wllama/wllama')}, ${threads} thread, on ${machine}`);
    const rows = await besideCarrel(page, contestants, rounds);
    writeReport(values.json, 'wllama', { machine, rounds, threads, rows });
  } finally {
    await site.close();
  }
});
