/**
 * The generator beside wllama (llama.cpp in WASM) with the same weights, the adapter at 0: `npm run bench -- wllama
 * [--rounds 3] [--threads 1] [--json FILE]`. The GGUF files are written from the shipped weights. Both get the same
 * prompt, and take turns in one run: ratios hold on a machine that is shared, times do not.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { build as bundle } from 'vite';
import { withBuiltPage } from '../scripts/built-page.ts';
import { ROOT } from '../scripts/root.ts';
import { serve } from '../scripts/serve.ts';
import { writeReport } from './browser/report.ts';
import type { Bench } from './wllama/page.ts';
import { writeBase } from './wllama/gguf.ts';
import { joinGenerator } from './wllama/shipped.ts';
import { peer, versionOf } from './peers/install.ts';
import { median, openPage } from './pipeline/page.ts';
import { promptPassages, writes, type Written } from './pipeline/writing.ts';

declare const bench: Bench;

const FORMATS = ['Q8_0', 'Q4_0'] as const;
const TOKENS = 40;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '1' },
    json: { type: 'string', default: join(ROOT, 'test-results', 'bench-wllama.json') },
  },
});
const rounds = Number(values.rounds);

/** The bench's page with its files, ready to be served. */
async function peerSite(): Promise<string> {
  const wllama = peer('@wllama/wllama');
  const folder = join(ROOT, '.cache', 'bench-wllama');
  await bundle({
    root: join(ROOT, 'bench', 'wllama'),
    configFile: false,
    logLevel: 'error',
    base: './',
    resolve: {
      alias: [
        { find: /^@wllama\/wllama$/, replacement: join(wllama, 'esm/index.js') },
        { find: /^@wllama\/wllama\//, replacement: `${wllama}/` },
      ],
    },
    build: { outDir: folder, emptyOutDir: true, target: 'esnext', assetsInlineLimit: 0, chunkSizeWarningLimit: 8000 },
  });
  const models = join(folder, 'models');
  mkdirSync(models, { recursive: true });
  const shipped = join(models, 'shipped');
  if (!existsSync(shipped)) joinGenerator(shipped);
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
      await other.evaluate(([file, threads]) => bench.load(file, threads), [
        `models/${format}.gguf`,
        Number(values.threads),
      ] as const);
      contestants.set(format, other);
    }
    const passages = promptPassages(4);
    await writes(page, passages, 1); // loads the generator
    const all: Record<string, Written[]> = { Carrel: [], ...Object.fromEntries(FORMATS.map((format) => [format, []])) };
    for (let round = 0; round < rounds; round++) {
      const { prompt, ...own } = await writes(page, passages, TOKENS);
      all['Carrel']!.push(own);
      for (const [format, other] of contestants) {
        const written = await other.evaluate(([text, tokens]) => bench.write(text, tokens), [prompt, TOKENS] as const);
        if (written.promptTokens !== own.promptTokens)
          throw new Error(`wllama read ${written.promptTokens} tokens, the page ${own.promptTokens}.`);
        all[format]!.push(written);
      }
    }
    const own = summary(all['Carrel']!);
    console.log(`Carrel beside wllama ${versionOf('@wllama/wllama')} on ${machine}; ${rounds} rounds in turn, medians`);
    console.log(
      `prompt of ${all['Carrel']![0]!.promptTokens} tokens, ${TOKENS} written, ${values.threads} thread for wllama`,
    );
    const rows = Object.entries(all).map(([name, written]) => {
      const { first, rate } = summary(written);
      console.log(
        `${name.padEnd(8)} first token ${first.toFixed(2)} s (${(first / own.first).toFixed(2)} of Carrel's), ` +
          `${rate.toFixed(1)} tokens/s (Carrel ${(own.rate / rate).toFixed(2)} times) | ${written[0]!.text.slice(0, 60)}`,
      );
      return { name, first, rate, text: written[0]!.text };
    });
    writeReport(values.json, 'wllama', { machine, rounds, threads: Number(values.threads), rows });
  } finally {
    await site.close();
  }
});

function summary(written: readonly Written[]): { first: number; rate: number } {
  return { first: median(written.map(({ first }) => first)), rate: median(written.map(({ rate }) => rate)) };
}
