/**
 * How long until the first token after passages that have not been read, by one reading worker and by two, in headless
 * Chromium: `npm run bench -- two-readers [rounds, 5] [--json FILE]`. Two pages take turns over the same new passages;
 * how much of a second core the machine gives is measured in each round, by two workers that only count.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BrowserContext, Page } from '@playwright/test';
import { withBuiltPage } from '../scripts/built-page.ts';
import { ROOT } from '../scripts/root.ts';
import { counting } from '../tests/support/counting.ts';
import { writeReport } from './browser/report.ts';
import { firstToken } from './pipeline/first-token.ts';
import { median, openPage } from './pipeline/page.ts';
import { promptPassages } from './pipeline/writing.ts';

interface Shared {
  readonly passages: number;
  readonly one: readonly number[];
  readonly two: readonly number[];
  /** What two workers that only count do, to one: what the machine gives at that hour. */
  readonly machine: readonly number[];
}

/** Milliseconds until the first token of unread passages, by the page with one worker and by the one with two. */
async function shared(one: Page, two: Page, blank: Page, count: number, rounds: number): Promise<Shared> {
  const found = { one: [] as number[], two: [] as number[], machine: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const passages = promptPassages(count, 30_000 + 1000 * count + 10 * round);
    const pages = [['one', one] as const, ['two', two] as const];
    for (const [name, page] of round % 2 ? pages.reverse() : pages)
      found[name].push((await firstToken(page, passages, 'once')).milliseconds);
    const single = await counting(blank, 1);
    found.machine.push((await counting(blank, 2)) / single);
  }
  return { passages: count, ...found };
}

/** A page whose second reader is loaded. @throws Error where the machine has no room for it */
async function openForTwo(context: BrowserContext, address: string): Promise<Page> {
  const page = await openPage(context, address, 4);
  // It is loaded while the first ones are read; when it is done is seen from outside only by what it does.
  for (let i = 0; i < 5; i++) await firstToken(page, promptPassages(4, 40_000 + 10 * i), 'once');
  const names = await Promise.all(page.workers().map((worker) => worker.evaluate(() => self.name)));
  if (!names.includes('second reader')) throw new Error('This machine has no room for a second reader.');
  return page;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string', default: join(ROOT, 'test-results', 'bench-two-readers.json') } },
});
const rounds = Number(positionals[0] ?? 5);

await withBuiltPage(async ({ browser, address, machine }) => {
  const context = await browser.newContext();
  const blank = await context.newPage();
  const one = await openPage(context, address, 1);
  await firstToken(one, promptPassages(1, 1), 'once');
  const two = await openForTwo(context, address);
  const rows: Shared[] = [];
  for (const count of [2, 4]) rows.push(await shared(one, two, blank, count, rounds));
  console.log(`Until the first token, on ${machine}; medians of ${rounds} rounds in turn`);
  console.log('unread     one worker   two workers   one : two   counters, two : one');
  for (const { passages, one: alone, two: both, machine: counters } of rows) {
    const [a, b] = [alone, both].map((times) => `${(median(times) / 1000).toFixed(2)} s`.padStart(12));
    const ratio = median(alone.map((took, i) => took / both[i]!)).toFixed(2);
    console.log(
      `${String(passages).padEnd(9)}${a}  ${b}   ${ratio.padStart(9)}   ${median(counters).toFixed(2).padStart(19)}`,
    );
  }
  writeReport(values.json, 'two-readers', { machine, rounds, rows });
});
