/**
 * How fast the built page embeds, and how long a question waits, in headless Chromium with the real model:
 * `npm run bench -- embedding [rounds, 5] [--json FILE]`. What is compared is measured alternately in one run; how much
 * of a second core the machine gives at that hour is measured beside it, by two workers that only count.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { ROOT } from '../scripts/root.ts';
import type { Library } from '../src/library/library.svelte.ts';
import { counting } from '../tests/support/counting.ts';
import { withBuiltPage } from '../scripts/built-page.ts';
import { writeReport } from './browser/report.ts';
import { median, openPage, printRows, text, type Row } from './pipeline/page.ts';

declare const carrel: Library;

const PASSAGES = 32;
const PASSAGE_WORDS = 90;
/** Passages before the question in the queue. */
const QUEUES = [10, 10_000];
const QUESTIONS = 15;

interface Embedded {
  readonly seconds: number;
  readonly vectors: readonly (readonly number[])[];
}

async function embed(page: Page, texts: readonly string[]): Promise<Embedded> {
  return page.evaluate(async (given) => {
    const began = performance.now();
    const vectors = await Promise.all(given.map((text) => carrel.engine.embedders.passage(text)));
    return { seconds: (performance.now() - began) / 1000, vectors: vectors.map((vector) => [...vector]) };
  }, texts);
}

async function rates(one: Page, two: Page, blank: Page, rounds: number): Promise<Row[]> {
  const texts = Array.from({ length: PASSAGES }, (_, i) => text(i, PASSAGE_WORDS));
  const found = { one: [] as number[], two: [] as number[], machine: [] as number[] };
  for (let round = -1; round < rounds; round++) {
    const alone = await embed(one, texts);
    const together = await embed(two, texts);
    if (JSON.stringify(alone.vectors) !== JSON.stringify(together.vectors)) {
      throw new Error('One worker and two made different vectors of the same passages.');
    }
    // The first round starts the workers.
    if (round < 0) continue;
    found.one.push(PASSAGES / alone.seconds);
    found.two.push(PASSAGES / together.seconds);
    const single = await counting(blank, 1);
    found.machine.push((await counting(blank, 2)) / single);
  }
  const note = `passages of ${PASSAGE_WORDS} words, median of ${rounds} alternating rounds`;
  const ratios = found.two.map((rate, i) => rate / found.one[i]!);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
  const ratioNote = `${least} to ${most}; the same vectors to the bit, in the same order`;
  return [
    { name: 'embedding, one worker', value: median(found.one), unit: '/s', note },
    { name: 'embedding, two workers', value: median(found.two), unit: '/s', note },
    { name: 'two workers to one', value: median(ratios), unit: 'times', note: ratioNote },
    { name: 'two workers that only count, to one', value: median(found.machine), unit: 'times', note: 'the machine' },
  ];
}

/** Seconds from a question to its vector, behind so many passages; null for none. */
async function wait(page: Page, queue: number, number: number): Promise<number> {
  const texts = Array.from({ length: 20 }, (_, i) => text(number * 20 + i, PASSAGE_WORDS));
  return page.evaluate(
    async ({ texts, queue, asked, pause }) => {
      const { embedders } = carrel.engine;
      const stop = new AbortController();
      const passages = Array.from({ length: queue }, (_, i) =>
        embedders.passage(`${i} ${texts[i % texts.length]}`, { signal: stop.signal }).catch(() => null),
      );
      // Somewhere within the passages in flight.
      if (queue > 0) await passages[0];
      await new Promise((resolve) => setTimeout(resolve, pause));
      const began = performance.now();
      await embedders.question(asked);
      const seconds = (performance.now() - began) / 1000;
      stop.abort();
      await Promise.all(passages);
      return seconds;
    },
    { texts, queue, asked: `Where are the drains of folio ${number}?`, pause: (number * 37) % 60 },
  );
}

async function waits(page: Page, workers: string, rounds: number): Promise<Row[]> {
  const one = await embed(page, [text(1, PASSAGE_WORDS)]);
  const found = new Map([0, ...QUEUES].map((queue) => [queue, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [queue, list] of found) list.push(await wait(page, queue, round));
  }
  const [alone = NaN, few = NaN, many = NaN] = [...found.values()].map((list) => median(list));
  const note = `median of ${rounds} questions, ${workers}`;
  return [
    { name: 'a question, nothing in the queue', value: alone, unit: 's', note },
    ...QUEUES.map((queue, i): Row => {
      const name = `a question behind ${queue.toLocaleString('en')} passages`;
      return { name, value: [few, many][i]!, unit: 's', note };
    }),
    { name: 'behind 10,000 to behind 10', value: many / few, unit: 'times', note: workers },
    {
      name: 'its wait behind 10,000, to one passage',
      value: (many - alone) / one.seconds,
      unit: 'times',
      note: workers,
    },
  ];
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const rounds = Number(positionals[0] ?? 5);
const out = values.json ?? join(ROOT, 'test-results', 'bench-embedding.json');

await withBuiltPage(async ({ browser, address, machine }) => {
  const context = await browser.newContext();
  const blank = await context.newPage();
  const one = await openPage(context, address, 1);
  const two = await openPage(context, address, 2);
  const rows = [
    ...(await rates(one, two, blank, rounds)),
    ...(await waits(one, 'one worker', QUESTIONS)),
    ...(await waits(two, 'two workers', QUESTIONS)),
  ];
  printRows(machine, rows);
  writeReport(out, 'embedding', { machine, rounds, rows });
});
