/**
 * How long the built page takes, in headless Chromium with the real models: `npx tsx bench/pipeline.ts [rounds, 3]
 * [--json FILE]`. What is compared is measured alternately in one run: absolute times belong to this machine and hour.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { DIST } from '../scripts/build.ts';
import { ROOT } from '../scripts/root.ts';
import { withBuiltPage } from '../scripts/built-page.ts';
import { writeReport } from './browser/report.ts';
import { median, openPage, printRows, text, type Row } from './pipeline/page.ts';
import { promptPassages, writes, type Written } from './pipeline/writing.ts';
import type { Library } from '../src/library/library.svelte.ts';

declare const carrel: Library;

const PDF_PAGES = 200;
const LINES_A_PAGE = 44;
/** Tokens after which writing is stopped: enough for a rate. */
const WRITTEN = 40;

/** From the store to the first use, the workers' start included. */
async function loading(page: Page): Promise<Row[]> {
  const [embedder, generator] = await page.evaluate(async () => {
    const began = performance.now();
    await carrel.engine.embedders.question('Who?');
    const embedded = performance.now();
    await (
      await carrel.engine.model({ adapterScale: 1, reading: 'once' }, new AbortController().signal)
    ).prompt([], 'Who?');
    return [embedded - began, performance.now() - embedded] as const;
  });
  const note = 'start of the worker to its first answer, weights in the store';
  return [
    { name: 'embedder loaded', value: embedder / 1000, unit: 's', note },
    { name: 'generator loaded', value: generator / 1000, unit: 's', note },
  ];
}

async function writing(page: Page, rounds: number): Promise<Row[]> {
  const prompts = [1, 2, 4].map(promptPassages);
  const measured = prompts.map((): Written[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, passages] of prompts.entries()) measured[i]!.push(await writes(page, passages, WRITTEN));
  }
  const note = `median of ${rounds} alternating rounds`;
  return measured.flatMap((written): Row[] => {
    const tokens = written[0]?.promptTokens ?? 0;
    const first = median(written.map((one) => one.first));
    const rate = median(written.map((one) => one.rate));
    return [
      { name: `first token, prompt of ${tokens} tokens`, value: first, unit: 's', note },
      { name: `writing after ${tokens} tokens`, value: rate, unit: '/s', note: `tokens, ${note}` },
    ];
  });
}

/** The script that the page asks for before anything is clicked, models and workers left out. */
function firstScript(): Row[] {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const tags = html.matchAll(/<(?:script type="module"|link rel="modulepreload")[^>]*(?:src|href)="\.\/([^"]+)"/g);
  const scripts = [...tags].map(([, path]) => readFileSync(join(DIST, path!)));
  if (scripts.length === 0) throw new Error('The built page names no script.');
  const kilobytes = (pack: (script: Buffer) => Buffer) =>
    scripts.reduce((sum, script) => sum + pack(script).length, 0) / 1000;
  return [
    { name: 'first script, gzip', value: kilobytes(gzipSync), unit: 'kB', note: `${scripts.length} files` },
    { name: 'first script, Brotli', value: kilobytes(brotliCompressSync), unit: 'kB', note: `${scripts.length} files` },
  ];
}

async function longPdf(): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.TimesRoman);
  for (let number = 1; number <= PDF_PAGES; number++) {
    const page = pdf.addPage([595.28, 841.89]);
    const lines = Array.from({ length: LINES_A_PAGE }, (_, i) => text(number * LINES_A_PAGE + i, 13));
    lines[LINES_A_PAGE >> 1] = `The seal of folio ${number} bears the mark kestrel${number}.`;
    lines.forEach((line, i) => page.drawText(line, { x: 70, y: 770 - 16 * i, size: 11, font }));
  }
  return Buffer.from(await pdf.save());
}

/** From the drop until a search by words finds a sentence of the last page; each time under another name. */
async function dropping(page: Page, rounds: number): Promise<Row[]> {
  const buffer = await longPdf();
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const name = `folios-${round}.pdf`;
    const found = page.evaluate(
      async ({ name, asked }) => {
        const began = await new Promise<number>((resolve) => {
          document.addEventListener('change', () => resolve(performance.now()), { capture: true, once: true });
        });
        for (;;) {
          const { candidates } = await carrel.engine.search(asked, null, { most: 3 }, new AbortController().signal);
          const [best] = candidates;
          if (best?.passage.path === name && best.passage.text.includes(asked)) return performance.now() - began;
          const status = carrel.entries.find(({ path }) => path === name)?.status;
          if (status?.state === 'failed') throw new Error(status.reason);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      },
      { name, asked: `kestrel${PDF_PAGES}` },
    );
    await page.getByLabel('Add documents').first().setInputFiles({ name, mimeType: 'application/pdf', buffer });
    seconds.push((await found) / 1000);
    // A question is embedded behind what is in flight: then nothing of this round is left to disturb the next.
    await page.evaluate(async (path) => {
      carrel.remove(path);
      await carrel.engine.embedders.question('Who?');
    }, name);
  }
  const [first = NaN, ...later] = seconds;
  const what = `${(buffer.length / 1e6).toFixed(1)} MB, drop to a hit by words on its last page`;
  return [
    {
      name: `${PDF_PAGES}-page PDF, first drop`,
      value: first,
      unit: 's',
      note: `${what}, start of the reader included`,
    },
    ...(later.length > 0
      ? [{ name: `${PDF_PAGES}-page PDF, later drops`, value: median(later), unit: 's' as const, note: what }]
      : []),
  ];
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const rounds = Number(positionals[0] ?? 3);
const out = values.json ?? join(ROOT, 'test-results', 'bench.json');

await withBuiltPage(async ({ browser, address, machine }) => {
  const context = await browser.newContext();
  const page = await openPage(context, address, 2);
  const rows = [
    ...firstScript(),
    ...(await loading(page)),
    ...(await dropping(page, rounds)),
    ...(await writing(page, rounds)),
  ];
  printRows(machine, rows);
  writeReport(out, 'pipeline', { machine, rounds, rows });
});
