/**
 * How the viewer scrolls through a long PDF, in the built page in headless Chromium: `npm run bench -- scroll [--pages 600]
 * [--json FILE] [--dist DIR]`. The book is made on the spot (tests/support/book.ts); models are not loaded.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { build, DIST } from '../scripts/build.ts';
import { CHROMIUM_FLAGS, chromiumPath, ensureChromium } from '../scripts/chromium.ts';
import { ROOT } from '../scripts/root.ts';
import { serve } from '../scripts/serve.ts';
import type { Library } from '../src/library/library.svelte.ts';
import { calibration, longestTask, watchLongTasks } from '../tests/e2e/support/long-tasks.ts';
import { book } from '../tests/support/book.ts';
import { scrollViewer } from '../tests/support/scrolling.ts';

declare const carrel: Library;

const { values } = parseArgs({
  options: { pages: { type: 'string' }, json: { type: 'string' }, dist: { type: 'string' } },
});
const count = Number(values.pages ?? 600);
const dist = resolve(values.dist ?? DIST);
const out = values.json ?? join(ROOT, 'test-results', 'scroll.json');

/** Name, pixels a frame, most frames. */
const WAYS: readonly (readonly [string, number, number])[] = [
  ['at rest', 0, 60],
  ['reading', 40, 300],
  ['flung', 400, 300],
  ['dragged through', 2500, 600],
  ['flung back', -400, 300],
];

interface Row {
  readonly way: string;
  readonly frames: number;
  /** Milliseconds between frames. */
  readonly median: number;
  readonly p95: number;
  readonly longestTask: number;
  readonly pictures: number;
  readonly megapixels: number;
  /** Milliseconds from the last frame until the page at the middle of the window is drawn. */
  readonly drawnAfter: number;
}

function quantile(values: readonly number[], share: number): number {
  const ascending = [...values].sort((a, b) => a - b);
  return ascending[Math.floor((ascending.length - 1) * share)] ?? NaN;
}

/** Milliseconds until what stands at the middle of the window has its picture. */
async function drawnAfter(page: Page): Promise<number> {
  const began = performance.now();
  await page.waitForFunction(() => {
    const region = document.querySelector('section[aria-label="Document"]')!;
    const at = region.getBoundingClientRect().top + region.clientHeight / 2;
    const sheet = [...region.querySelectorAll('.sheet')].findLast((one) => one.getBoundingClientRect().top <= at);
    return !sheet || sheet.querySelector('canvas') !== null;
  });
  return performance.now() - began;
}

async function measured(page: Page): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [way, step, most] of WAYS) {
    await watchLongTasks(page);
    const { frames, pictures, megapixels } = await scrollViewer(page, step, most);
    const after = await drawnAfter(page);
    rows.push({
      way,
      frames: frames.length,
      median: quantile(frames, 0.5),
      p95: quantile(frames, 0.95),
      longestTask: await longestTask(page),
      pictures,
      megapixels,
      drawnAfter: after,
    });
  }
  return rows;
}

await build(false, dist);
ensureChromium();
const executablePath = chromiumPath();
const load = loadavg()[0]!.toFixed(1);
const folder = mkdtempSync(join(tmpdir(), 'carrel-scroll-'));
const site = await serve({ root: dist });
const browser = await chromium.launch({ args: [...CHROMIUM_FLAGS], ...(executablePath ? { executablePath } : {}) });
try {
  const file = join(folder, 'book.pdf');
  writeFileSync(file, book(count));
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1400, height: 900 } });
  await context.route('**/models/**', (route) => route.abort());
  const page = await context.newPage();
  await page.goto(site.address);
  await page.waitForFunction(() => 'carrel' in globalThis && carrel.models.state === 'partly');
  await page.getByLabel('Add documents').first().setInputFiles(file);
  await page.waitForFunction(
    () => carrel.entries[0]?.document !== undefined && carrel.entries[0].document !== null,
    null,
    {
      timeout: 200_000,
    },
  );
  const sorting = await calibration(page);
  await watchLongTasks(page);
  const began = performance.now();
  await page.evaluate(() => carrel.open('book.pdf'));
  await page.waitForFunction(() => document.querySelector('.sheet canvas'), null, { timeout: 60_000 });
  const opened = performance.now() - began;
  const opening = await longestTask(page);
  const rows = await measured(page);
  const machine = `${availableParallelism()} cores (load before: ${load}), Chromium ${browser.version()}`;
  console.log(`A PDF of ${count} pages on ${machine}`);
  console.log(`Sorting 200,000 numbers: ${sorting.toFixed(0)} ms`);
  console.log(`Opened to its first picture: ${opened.toFixed(0)} ms, longest task ${opening.toFixed(0)} ms`);
  console.log('way              frames  median  p95  longest task  pictures  megapixels  drawn after  (ms)');
  for (const row of rows) {
    const cells = [
      row.frames.toString().padStart(7),
      row.median.toFixed(0).padStart(8),
      row.p95.toFixed(0).padStart(5),
      row.longestTask.toFixed(0).padStart(14),
      row.pictures.toString().padStart(10),
      row.megapixels.toFixed(1).padStart(12),
      row.drawnAfter.toFixed(0).padStart(13),
    ];
    console.log(row.way.padEnd(16) + cells.join(''));
  }
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(
    out,
    `${JSON.stringify({ bench: 'scroll', machine, count, sorting, opened, opening, rows }, null, 2)}\n`,
  );
  console.log(`Written to ${out}`);
} finally {
  await browser.close();
  await site.close();
  rmSync(folder, { recursive: true, force: true });
}
