/**
 * How long a search takes, in headless Chromium, against others' indexes: `npm run bench -- search [--sizes
 * 1000,10000,100000,500000] [--rounds 40] [--build 240] [--chart FILE] [--json FILE]`. What is compared is measured
 * alternately in one run, each round with another query: ratios hold on a machine that is shared, times do not.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, CDPSession, Page } from '@playwright/test';
import { assemble } from '../scripts/kernel.ts';
import { ROOT } from '../scripts/root.ts';
import { withSite } from '../scripts/built-page.ts';
import { bundlePage } from './browser/bundle.ts';
import { writeReport } from './browser/report.ts';
import { chart, type Line } from './search/chart.ts';
import type { Bench, Changing, Measure, Vectored } from './search/page.ts';

declare const bench: Bench;

const SIZES = [1000, 10_000, 100_000, 500_000];
/** Where the whole of a search is measured, and the words are weighed. */
const WHOLE = 100_000;

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: SIZES.join(',') },
    rounds: { type: 'string', default: '40' },
    /** Seconds after which the building of an index is given up. */
    build: { type: 'string', default: '240' },
    chart: { type: 'string' },
    json: { type: 'string', default: join(ROOT, 'test-results', 'bench-search.json') },
  },
});
const sizes = values.sizes.split(',').map(Number);
const rounds = Number(values.rounds);

const pageFolder = await bundlePage('search');
const readKernel = [...(await assemble(readFileSync(new URL('read.wat', import.meta.url), 'utf8')))];

/** Bytes of the heap and of the buffers that hang on it, after a collection. */
async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  // Chromium also tells the buffers; Playwright's types do not know of it.
  const usage = (await session.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number };
  if (usage.backingStorageSize === undefined) throw new Error('This Chromium does not tell the size of its buffers.');
  return usage.usedSize + usage.backingStorageSize;
}

interface Words {
  readonly bytesAPassage: number;
  readonly seconds: number;
}

async function words(page: Page): Promise<Words> {
  const session = await page.context().newCDPSession(page);
  await page.evaluate((size) => bench.makeTexts(size), WHOLE);
  const before = await heap(session);
  const seconds = await page.evaluate(() => bench.buildKeyword());
  return { bytesAPassage: ((await heap(session)) - before) / WHOLE, seconds };
}

const flag = (name: string): string => name.padEnd(34);
const figure = (value: number | null, digits: number): string =>
  (value === null ? '' : value.toFixed(digits)).padStart(9);

function printVectors(size: number, { measures, absent }: Vectored): void {
  const floor = measures.find(({ name }) => name === 'reading the floats')!.p50;
  console.log(`\n${size.toLocaleString('en')} vectors`);
  console.log(`${flag('')}      p50      p95 to floor recall@10  build s   memory`);
  for (const { name, p50, p95, recall, built, memory } of measures) {
    const times = [figure(p50, 3), figure(p95, 3), figure(p50 / floor, 2)].join('');
    console.log(`${flag(name)}${times}${figure(recall, 3)}${figure(built, 1)}${figure(memory, 2)}`);
  }
  for (const { name, why } of absent) console.log(`${flag(name)} not measured: ${why}`);
}

function lines(results: ReadonlyMap<number, Vectored>): Line[] {
  const names = new Set([...results.values()].flatMap(({ measures }) => measures.map(({ name }) => name)));
  return [...names].map((name): Line => {
    const points = [...results].flatMap(([size, { measures }]) => {
      const found = measures.find((one) => one.name === name);
      return found ? [[size, found.p50] as const] : [];
    });
    const kind = name.startsWith('reading') ? 'floor' : name.startsWith('Carrel') ? 'ours' : 'peer';
    return { name, points, kind };
  });
}

/** A page of its own for each task, so that one's memory does not weigh on the next. */
async function onPage<T>(browser: Browser, address: string, task: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext();
  const page = await context.newPage();
  // Apart from other origins the browser gives a clock of 5 µs instead of 100.
  await page.route('**', async (route) => {
    const response = await route.fetch();
    const apart = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
    await route.fulfill({ response, headers: { ...response.headers(), ...apart } });
  });
  await page.goto(address);
  await page.waitForFunction(() => typeof bench !== 'undefined');
  const done = await task(page);
  await context.close();
  return done;
}

/** What is measured at one size alone. */
interface AtWhole {
  readonly changing: Changing;
  readonly words: Words;
  readonly whole: Measure[];
}

function printWhole({ changing, words, whole }: AtWhole): void {
  const { add, remove, search, searchAtRest } = changing;
  console.log(`\nAt ${WHOLE.toLocaleString('en')} passages, top 10, milliseconds`);
  console.log(`${flag('one vector added')}${figure(add, 3)}\n${flag('one removed')}${figure(remove, 3)}`);
  console.log(
    `${flag('search, at rest')}${figure(searchAtRest, 2)}\n${flag('search, while adding')}${figure(search, 2)}`,
  );
  for (const { name, p50, p95 } of whole) console.log(`${flag(name)}${figure(p50, 2)}${figure(p95, 2)}`);
  const { bytesAPassage, seconds } = words;
  console.log(`keyword index: ${bytesAPassage.toFixed(0)} bytes a passage, built in ${seconds.toFixed(1)} s`);
}

await withSite({ root: pageFolder, headers: 'none' }, async (site) => {
  const measure = <T>(task: (page: Page) => Promise<T>): Promise<T> => onPage(site.browser, site.address, task);
  const results = new Map<number, Vectored>();
  // Who could not be built is not tried with more.
  const beaten = new Set<string>();
  for (const size of sizes) {
    const asked = {
      size,
      rounds: size > 200_000 ? Math.ceil(rounds / 2) : rounds,
      seconds: Number(values.build),
      readKernel,
      without: [...beaten],
    };
    const result = await measure((page) =>
      page.evaluate((a) => bench.vectors(a.size, a.rounds, a.seconds, a.readKernel, a.without), asked),
    );
    for (const { name } of result.absent) beaten.add(name);
    results.set(size, result);
    printVectors(size, result);
  }
  let atWhole: AtWhole | null = null;
  if (sizes.includes(WHOLE)) {
    const changing = await measure((page) => page.evaluate(([size, n]) => bench.changing(size!, n!), [WHOLE, rounds]));
    atWhole = await measure(async (page) => ({
      changing,
      words: await words(page),
      whole: await page.evaluate((n) => bench.whole(n), rounds),
    }));
    printWhole(atWhole);
  }
  const machine = `${site.machine}; load after: ${loadavg()[0]!.toFixed(1)}`;
  console.log(`\n${machine}; ${rounds} rounds`);
  writeReport(values.json, 'search', {
    machine,
    rounds,
    vectors: Object.fromEntries(results),
    changing: atWhole?.changing ?? null,
    words: atWhole?.words ?? null,
    whole: atWhole?.whole ?? [],
  });
  const chartFile = values.chart ?? (values.sizes === SIZES.join(',') ? join(ROOT, 'docs', 'search-cost.svg') : null);
  if (chartFile) {
    const title = 'Ten nearest of n vectors of 384 dimensions: median time of a search';
    writeFileSync(chartFile, chart(title, lines(results)));
    console.log(`Written to ${chartFile}`);
  }
});
