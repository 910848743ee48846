/**
 * How long until the first token, in headless Chromium: passages read together, each by itself, and read already:
 * `npm run bench -- reading [rounds, 5] [--answers 50] [--json FILE]`. The ways take turns over the same new passages in
 * each round. Then unread passages by one worker and by two, in two pages in turn. Then the memory of page and workers
 * after five answers and after many, each over other passages.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BrowserContext, Page } from '@playwright/test';
import { withBuiltPage } from '../scripts/built-page.ts';
import { ROOT } from '../scripts/root.ts';
import type { Library } from '../src/library/library.svelte.ts';
import { promptIds } from '../src/pipeline/prompt/prompt.ts';
import { writeReport } from './browser/report.ts';
import { counting } from '../tests/support/counting.ts';
import { median, openPage } from './pipeline/page.ts';
import { promptPassages } from './pipeline/writing.ts';

declare const carrel: Library;

const QUESTION = 'What do the passages say about the drains?';
const ways = ['together', 'each by itself', 'read already'] as const;
type Way = (typeof ways)[number];

interface First {
  readonly milliseconds: number;
  readonly tokens: number;
}

/** Milliseconds until the first token is known; then it is stopped. */
async function first(page: Page, passages: readonly string[], way: Way): Promise<First> {
  const { pieces, milliseconds } = await page.evaluate(
    async ([texts, question, reading]) => {
      const stop = new AbortController();
      const model = await carrel.engine.model({ adapterScale: 1, reading }, new AbortController().signal);
      const given = texts.map((text, i) => ({ number: i + 1, context: '', text }));
      const prompt = await model.prompt(given, question);
      const began = performance.now();
      let milliseconds = NaN;
      await model
        .generate(
          prompt,
          stop.signal,
          () => {
            milliseconds = performance.now() - began;
            stop.abort();
          },
          () => undefined,
        )
        .catch(() => undefined);
      // The worker hears of the stop after its current step: it must not count for the next.
      await model.prompt([], question);
      return { milliseconds, pieces: prompt.pieces };
    },
    [passages, QUESTION, way === 'together' ? 'together' : 'once'] as const,
  );
  return { milliseconds, tokens: promptIds(pieces).length };
}

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
      found[name].push((await first(page, passages, 'each by itself')).milliseconds);
    const single = await counting(blank, 1);
    found.machine.push((await counting(blank, 2)) / single);
  }
  return { passages: count, ...found };
}

/** A page whose second reader is loaded. @throws Error where the machine has no room for it */
async function openForTwo(context: BrowserContext, address: string): Promise<Page> {
  const page = await openPage(context, address, 4);
  // It is loaded while the first ones are read; when it is done is seen from outside only by what it does.
  for (let i = 0; i < 5; i++) await first(page, promptPassages(4, 40_000 + 10 * i), 'each by itself');
  const names = await Promise.all(page.workers().map((worker) => worker.evaluate(() => self.name)));
  if (!names.includes('second reader')) throw new Error('This machine has no room for a second reader.');
  return page;
}

/** Bytes of the page and its workers, what nobody holds any more left out. */
function memory(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { measureUserAgentSpecificMemory: measure } = performance as Performance & {
      measureUserAgentSpecificMemory?(): Promise<{ bytes: number }>;
    };
    if (!measure) throw new Error('This browser does not tell how much memory a page has.');
    return (await measure.call(performance)).bytes;
  });
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    answers: { type: 'string', default: '50' },
    json: { type: 'string', default: join(ROOT, 'test-results', 'bench-reading.json') },
  },
});
const rounds = Number(positionals[0] ?? 5);
const answers = Number(values.answers);

await withBuiltPage(async ({ browser, address, machine }) => {
  const context = await browser.newContext();
  const page = await openPage(context, address, 1);
  await first(page, promptPassages(1, 1), 'together');
  const rows: { passages: number; tokens: number; milliseconds: Record<Way, number[]> }[] = [];
  for (const count of [1, 2, 4]) {
    const milliseconds: Record<Way, number[]> = { together: [], 'each by itself': [], 'read already': [] };
    let tokens = 0;
    for (let round = 0; round < rounds; round++) {
      const passages = promptPassages(count, 1000 * count + 10 * round);
      // Who is first at new passages is another with each round; what is read already can only come last.
      const turn = round % 2 ? ways : (['each by itself', 'together', 'read already'] as const);
      for (const way of turn) {
        const measured = await first(page, passages, way);
        milliseconds[way].push(measured.milliseconds);
        tokens = measured.tokens;
      }
    }
    rows.push({ passages: count, tokens, milliseconds });
  }
  console.log(`Until the first token, on ${machine}; medians of ${rounds} rounds in turn`);
  console.log(`passages   tokens   ${ways.map((way) => way.padStart(16)).join('')}   already : together`);
  for (const { passages, tokens, milliseconds } of rows) {
    const cells = ways.map((way) => `${(median(milliseconds[way]) / 1000).toFixed(2)} s`.padStart(16)).join('');
    const ratios = milliseconds['read already'].map((took, i) => took / milliseconds.together[i]!);
    console.log(`${String(passages).padEnd(11)}${String(tokens).padEnd(9)}${cells}   ${median(ratios).toFixed(3)}`);
  }
  const two = await openForTwo(context, address);
  const blank = await context.newPage();
  const byTwo = [];
  for (const count of [2, 4]) byTwo.push(await shared(page, two, blank, count, rounds));
  await two.close();
  console.log('unread     one worker     two   one : two   counters, two : one');
  for (const { passages, one, two: both, machine: counters } of byTwo) {
    const [alone, together] = [one, both].map((times) => `${(median(times) / 1000).toFixed(2)} s`);
    const ratio = median(one.map((took, i) => took / both[i]!)).toFixed(2);
    console.log(
      `${passages}          ${alone}         ${together}      ${ratio}        ${median(counters).toFixed(2)}`,
    );
  }
  const bytes = new Map<number, number>();
  for (let asked = 1; asked <= answers; asked++) {
    await first(page, promptPassages(4, 20_000 + 10 * asked), 'each by itself');
    if (asked === 5 || asked === answers) bytes.set(asked, await memory(page));
  }
  for (const [asked, held] of bytes)
    console.log(`page and workers after ${asked} answers: ${(held / 1e6).toFixed(0)} MB`);
  writeReport(values.json, 'reading', { machine, rounds, rows, byTwo, bytes: Object.fromEntries(bytes) });
});
