/**
 * What the readers find in real files, in the built page: `npm run bench -- readers [--documents DIR] [--formats pdf,docx]
 * [--limit N] [--json FILE] [--texts DIR] [--dist DIR]`. Each file of the folder is read by the page's own reader in headless Chromium
 * and held against another program's text (bench/readers/yardsticks.ts); of scarce formats files are made first.
 */
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, DIST } from '../scripts/build.ts';
import { ROOT } from '../scripts/root.ts';
import { brokenPromises } from '../tests/support/reader-invariants.ts';
import { withSite } from '../scripts/built-page.ts';
import { writeReport } from './browser/report.ts';
import { chunks, type Chunk } from './readers/chunks.ts';
import { defaultFolder, samplesOf, type Sample } from './readers/files.ts';
import { madeOf, MADE } from './readers/make.ts';
import { countedText } from './readers/normalise.ts';
import { ReadingPage, type Timed } from './readers/page.ts';
import { missing } from './readers/run.ts';
import { bestScore } from './readers/score.ts';
import * as report from './readers/tally.ts';
import { references, secondReferences, yardstickOf, type Reference } from './readers/yardsticks.ts';

const { values } = parseArgs({
  options: {
    documents: { type: 'string' },
    formats: { type: 'string' },
    limit: { type: 'string' },
    json: { type: 'string' },
    /** A folder for both texts of each file that falls short, to be compared by eye. */
    texts: { type: 'string' },
    dist: { type: 'string' },
  },
});
const folder = resolve(values.documents ?? defaultFolder());
const dist = resolve(values.dist ?? DIST);
const limit = Number(values.limit ?? Infinity);
const formats = values.formats?.split(',');

/** The folder's files and those made of them, by format and path. */
async function chosen(): Promise<readonly Sample[]> {
  const all = samplesOf(folder);
  const samples = [...all];
  for (const format of MADE) if (!formats || formats.includes(format)) samples.push(...(await madeOf(format, all)));
  const named = formats ?? [...new Set(samples.map(({ format }) => format))].sort();
  return named.flatMap((format) => samples.filter((one) => one.format === format).slice(0, limit));
}

/** References of what lies in archives come from the files that they were made of. */
async function allReferences(samples: readonly Sample[]): Promise<ReadonlyMap<string, Reference>> {
  const archives = samples.filter(({ format }) => format === 'zip');
  const packed = archives.flatMap(({ madeFrom }) => madeFrom);
  const found = new Map(await references([...samples, ...packed]));
  for (const { hash, madeFrom } of archives) {
    const inside = madeFrom.map((one) => found.get(one.hash));
    const texts = inside.map((reference) => reference?.texts[0] ?? '').join('\n');
    if (madeFrom.length > 0) found.set(hash, { by: 'the yardsticks of its files', texts: [texts] });
  }
  return found;
}

function found({ format }: Sample, outcome: Timed): string {
  if (outcome.state !== 'read') return '';
  const own = countedText(outcome.document);
  if (format !== 'zip') return own;
  return [own, ...outcome.inner.map((one) => [one.text, ...one.omitted.map(({ text }) => text)].join('\n'))].join('\n');
}

function measured(sample: Sample, outcome: Timed, reference: Reference | null): report.Row {
  const score = outcome.state === 'read' && reference ? bestScore(found(sample, outcome), reference.texts) : null;
  const promises = outcome.state === 'read' ? brokenPromises({ ...outcome.document, inner: [] }) : [];
  return { sample, outcome, reference, score, agreement: null, promises: promises.slice(0, 5) };
}

/** Of the files that fall short: whether two yardsticks agree at all. */
async function withAgreement(rows: readonly report.Row[]): Promise<report.Row[]> {
  const short = rows.filter(report.fallsShort);
  const seconds = await secondReferences(short.map(({ sample }) => sample));
  return rows.map((row) => {
    const second = seconds.get(row.sample.hash);
    if (!second || !row.reference || second.by === row.reference.by || !report.fallsShort(row)) return row;
    return { ...row, agreement: bestScore(second.texts[0]!, row.reference.texts) };
  });
}

function print(rows: readonly report.Row[], sizes: readonly Chunk[]): void {
  console.log(`\n${report.formatTable(report.tally(rows))}\n`);
  const short = rows.filter(report.fallsShort);
  const counts = `${short.length} fall short, ${short.filter(report.isShort).length} of them with less than ${report.SHORT} characters`;
  console.log(`Of all files ${counts}. Of the others, the ten that agree least with their yardstick:\n`);
  console.log(
    report.markdownTable(
      ['file', 'recall', 'precision', 'yardstick', 'what is known'],
      report
        .worst(rows, 10)
        .map((row) => [
          row.sample.path,
          report.figure(row.score!.recall),
          report.figure(row.score!.precision),
          row.reference!.by,
          report.reasonOf(row),
        ]),
    ),
  );
  list('Refused, though the yardstick found text', report.refusedWithText(rows), ({ outcome }) =>
    outcome.state === 'refused' ? `${outcome.code}: ${outcome.reason}` : '',
  );
  list('Lost: crashed, hung or over the budget', rows.filter(report.isLost), ({ outcome }) =>
    outcome.state === 'read' ? '' : `${outcome.state}: ${outcome.reason}`,
  );
  list(
    'Broken promises of Document',
    rows.filter(({ promises }) => promises.length > 0),
    ({ promises }) => promises[0]!,
  );
  console.log('\nScripts that come with the first file of a format:\n');
  const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);
  console.log(
    report.markdownTable(
      ['script', 'files', 'kB', 'kB in gzip'],
      sizes.map(({ name, files, bytes, gzip }) => [name, String(files), kilobytes(bytes), kilobytes(gzip)]),
    ),
  );
}

function list(title: string, rows: readonly report.Row[], say: (row: report.Row) => string): void {
  console.log(`\n${title}: ${rows.length}`);
  for (const row of rows) console.log(`  ${row.sample.path}: ${say(row)}`);
}

/** What the JSON holds of a file: everything but the texts themselves. */
function plain({ sample, outcome, reference, score, agreement, promises }: report.Row): object {
  const { format, path, madeFrom } = sample;
  const head = { format, path, madeFrom: madeFrom.map((one) => one.path), state: outcome.state };
  const figures = {
    milliseconds: Math.round(outcome.milliseconds),
    yardstick: reference?.by ?? null,
    score,
    agreement,
  };
  if (outcome.state !== 'read')
    return { ...head, ...figures, code: outcome.state === 'refused' ? outcome.code : null, reason: outcome.reason };
  const { kind, title, author, date, text, parts, blocks, notes, omitted, inner } = outcome.document;
  const left = omitted.map(({ what, text }) => ({ what, characters: text.length }));
  const insides = {
    inner,
    unreadInside: outcome.inner.filter(({ reason }) => reason !== '').map(({ path, reason }) => ({ path, reason })),
  };
  const counts = { characters: text.length, parts: parts.length, blocks: blocks.length };
  return { ...head, ...figures, kind, title, author, date, ...counts, notes, omitted: left, ...insides, promises };
}

/** Both texts of the files that fall short, side by side under the same name. */
function keepTexts(rows: readonly report.Row[], into: string): void {
  mkdirSync(into, { recursive: true });
  for (const { sample, outcome, reference } of rows.filter(report.fallsShort)) {
    const name = join(into, sample.path.replace(/[^\w.-]+/g, '_').slice(-150));
    writeFileSync(`${name}.ours.txt`, found(sample, outcome));
    reference?.texts.forEach((text, i) => writeFileSync(`${name}.yardstick-${i + 1}.txt`, text));
  }
}

if (!values.documents) console.log(`Reading ${folder} (another folder: --documents DIR).`);
await build(false, dist);
const samples = await chosen();
const known = await allReferences(samples);
for (const format of new Set(samples.map((one) => one.format)))
  console.log(`${format}: held against ${yardstickOf(format)}`);
if (missing().length > 0) console.log(`Not on this machine, so not used: ${missing().join(', ')}.`);
if (!samples.some(({ format }) => format === 'msg')) console.log('msg: there are none, and no tool here makes any.');

await withSite({ root: dist }, async ({ browser, address }) => {
  const page = await ReadingPage.open(browser, address);
  const before = await page.atRest(false);
  const alone: report.Row[] = [];
  for (const one of samples) {
    const outcome = await page.read(one.file, one.path, statSync(one.file).size);
    alone.push(measured(one, outcome, known.get(one.hash) ?? null));
    if (outcome.milliseconds > 20_000 || outcome.state === 'crashed' || outcome.state === 'hung')
      console.log(`${one.path}: ${outcome.state} after ${(outcome.milliseconds / 1000).toFixed(1)} s`);
  }
  const rows = await withAgreement(alone);
  print(rows, chunks(dist));
  if (values.texts) keepTexts(rows, resolve(values.texts));
  const after = await page.atRest(true);
  const say = ({ megabytes, workers }: typeof before) =>
    `${megabytes.toFixed(1)} MB of script memory, ${workers} workers`;
  console.log(`\nThe page before: ${say(before)}; after all files and half a minute of rest: ${say(after)}.`);
  writeReport(values.json ?? join(ROOT, 'test-results', 'bench-readers.json'), 'readers', {
    chromium: browser.version(),
    formats: report.tally(rows),
    before,
    after,
    chunks: chunks(dist),
    rows: rows.map(plain),
  });
});
