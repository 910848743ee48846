/**
 * How the viewer scrolls through a long PDF, in the built page in headless Chromium: `npm run bench -- scroll [--pages 600]
 * [--json FILE] [--dist DIR]`. The book is made on the spot (tests/support/book.ts); models are not loaded.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { DIST } from '../scripts/build.ts';
import { ROOT } from '../scripts/root.ts';
import type { Library } from '../src/library/library.svelte.ts';
import { calibration, watchTasks } from '../tests/e2e/support/long-tasks.ts';
import { book } from '../tests/support/book.ts';
import { scrollViewer } from '../tests/support/scrolling.ts';
import { withBuiltPage, type Site } from '../scripts/built-page.ts';
import { writeReport } from './browser/report.ts';

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
    const longestTask = await watchTasks(page);
    const { frames, pictures, megapixels } = await scrollViewer(page, step, most);
    const after = await drawnAfter(page);
    rows.push({
      way,
      frames: frames.length,
      median: quantile(frames, 0.5),
      p95: quantile(frames, 0.95),
      longestTask: await longestTask(),
      pictures,
      megapixels,
      drawnAfter: after,
    });
  }
  return rows;
}

/** A page that holds the book of that file, read and not yet opened. */
async function withBook({ browser, address }: Site, file: string): Promise<Page> {
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1400, height: 900 } });
  await context.route('**/models/**', (route) => route.abort());
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(() => 'carrel' in globalThis && carrel.models.state === 'partly');
  await page.getByLabel('Add documents').first().setInputFiles(file);
  await page.waitForFunction(() => Boolean(carrel.entries[0]?.document), null, { timeout: 200_000 });
  return page;
}

function print(rows: readonly Row[]): void {
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
}

const folder = mkdtempSync(join(tmpdir(), 'carrel-scroll-'));
try {
  await withBuiltPage(async (site) => {
    const file = join(folder, 'book.pdf');
    writeFileSync(file, book(count));
    const page = await withBook(site, file);
    const sorting = await calibration(page);
    const longestTask = await watchTasks(page);
    const began = performance.now();
    await page.evaluate(() => carrel.open('book.pdf'));
    await page.waitForFunction(() => document.querySelector('.sheet canvas'), null, { timeout: 60_000 });
    const opened = performance.now() - began;
    const opening = await longestTask();
    const rows = await measured(page);
    const { machine } = site;
    console.log(`A PDF of ${count} pages on ${machine}`);
    console.log(`Sorting 200,000 numbers: ${sorting.toFixed(0)} ms`);
    console.log(`Opened to its first picture: ${opened.toFixed(0)} ms, longest task ${opening.toFixed(0)} ms`);
    print(rows);
    writeReport(out, 'scroll', { machine, count, sorting, opened, opening, rows });
  }, dist);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
