/**
 * Made-up passages from a script into a collection file, from there into engines, and searched there:
 * `npm run bench -- carry [--passages 1000000] [--to lancedb,pgvector] [--folder DIR] [--json FILE]`.
 * Each engine's top 10 are held against the exact ones. What is written lies in a folder that goes with the run.
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { parseArgs } from 'node:util';
import { carry, openEngine } from '../scripts/carry.ts';
import { readRows } from '../scripts/carry/read-rows.ts';
import { ROOT } from '../scripts/root.ts';
import { saveCollection } from '../src/library/carried/save.ts';
import { TopHits } from '../src/pipeline/index/top.ts';
import { cosine } from '../src/pipeline/index/vector.ts';
import { writeReport } from './browser/report.ts';
import { DIMENSIONS, EACH, madeCollection, sizes, vectorsOf } from './carry/made.ts';

const { values } = parseArgs({
  options: {
    passages: { type: 'string', default: '20000' },
    to: { type: 'string', default: 'lancedb,pgvector' },
    folder: { type: 'string', default: tmpdir() },
    json: { type: 'string', default: join(ROOT, 'test-results', 'carry.json') },
  },
});

const passages = Number(values.passages);
const QUESTIONS = 5;
const K = 10;

interface Line {
  readonly what: string;
  readonly seconds: number;
  readonly bytes?: number;
}

const lines: Line[] = [];

async function timed<T>(what: string, work: () => Promise<T>, bytes?: () => Promise<number>): Promise<T> {
  const began = performance.now();
  const done = await work();
  const seconds = (performance.now() - began) / 1000;
  const line = { what, seconds, ...(bytes ? { bytes: await bytes() } : {}) };
  lines.push(line);
  const size = line.bytes === undefined ? '' : `, ${(line.bytes / 1e6).toFixed(0)} MB`;
  console.log(`${what}: ${seconds.toFixed(1)} s${size}`);
  return done;
}

async function weight(path: string): Promise<number> {
  const found = await stat(path);
  if (!found.isDirectory()) return found.size;
  const inside = await readdir(path);
  const all = await Promise.all(inside.map((name) => weight(join(path, name))));
  return all.reduce((sum, one) => sum + one, 0);
}

/** A vector of some document, stirred: as near to its passages as a question is. */
const queries = Array.from({ length: QUESTIONS }, (_, i) => {
  return vectorsOf(Math.floor((i * sizes(passages).length) / QUESTIONS), EACH + i + 1).slice(-DIMENSIONS);
});

function exact(): readonly (readonly number[])[] {
  const tops = queries.map(() => new TopHits(K));
  sizes(passages).forEach((size, n) => {
    const block = vectorsOf(n, size);
    for (let i = 0; i < size; i++)
      queries.forEach((query, q) => tops[q]!.offer(n * EACH + i, cosine(query, block, i * DIMENSIONS)));
  });
  return tops.map((top) => top.sorted().map(({ key }) => key));
}

const folder = await mkdtemp(join(values.folder, 'carry-'));
try {
  const file = join(folder, 'made.carrel');
  const write = async (): Promise<void> => {
    const blob = await saveCollection(madeCollection(passages), { originals: false, now: new Date(0) });
    await pipeline(Readable.fromWeb(blob.stream() as ReadableStream), createWriteStream(file));
  };
  await timed(`${passages.toLocaleString('en')} passages into one file`, write, () => weight(file));
  const expected = await timed('the exact top 10 of five questions', () => Promise.resolve(exact()));
  for (const to of values.to.split(',')) {
    const place = join(folder, to);
    const engine = await openEngine(to, place, 'passages');
    try {
      const load = () => carry(engine, readRows(file), to === 'lancedb' ? 10_000 : 500);
      await timed(`checked and loaded into ${to}`, load, () => weight(place));
      const found = await timed(`five questions asked of ${to}`, () =>
        Promise.all(queries.map(async (query) => (await engine.search(query, K)).map(({ row }) => row))),
      );
      const same = found.filter((rows, i) => rows.join() === expected[i]!.join()).length;
      console.log(`${to}: the top ${K} of ${same} of ${QUESTIONS} questions are the exact ones`);
      if (same < QUESTIONS) process.exitCode = 1;
    } finally {
      await engine.close();
    }
  }
  writeReport(values.json, 'carry', { passages, lines });
} finally {
  await rm(folder, { recursive: true, force: true });
}
