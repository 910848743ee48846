/**
 * How long until the first token, in headless Chromium: passages read together, each by itself, and read already:
 * `npm run bench -- reading [rounds, 5] [--answers 50] [--json FILE]`. The ways take turns over the same new passages in
 * each round. Then the memory of page and workers after five answers and after many, each over other passages.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { withBuiltPage } from '../scripts/built-page.ts';
import { ROOT } from '../scripts/root.ts';
import { writeReport } from './browser/report.ts';
import { firstToken, type First } from './pipeline/first-token.ts';
import { median, openPage } from './pipeline/page.ts';
import { promptPassages } from './pipeline/writing.ts';

const ways = ['together', 'each by itself', 'read already'] as const;
type Way = (typeof ways)[number];

/** Milliseconds until the first token is known; then it is stopped. */
const first = (page: Page, passages: readonly string[], way: Way): Promise<First> =>
  firstToken(page, passages, way === 'together' ? 'together' : 'once');

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
  const page = await openPage(await browser.newContext(), address, 1);
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
  const bytes = new Map<number, number>();
  for (let asked = 1; asked <= answers; asked++) {
    await first(page, promptPassages(4, 20_000 + 10 * asked), 'each by itself');
    if (asked === 5 || asked === answers) bytes.set(asked, await memory(page));
  }
  for (const [asked, held] of bytes)
    console.log(`page and workers after ${asked} answers: ${(held / 1e6).toFixed(0)} MB`);
  writeReport(values.json, 'reading', { machine, rounds, rows, bytes: Object.fromEntries(bytes) });
});
