/**
 * How long a search takes: `npx tsx bench/search.ts [sizes, 10000,100000] [rounds, 60] [--json FILE]`.
 * Everything is measured alternately in one run, each round with another question, so that ratios hold on a
 * machine that is shared; the read floor is one SIMD pass over the very block that the flat index scans.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { assemble } from '../scripts/kernel.ts';
import type { Passage } from '../src/pipeline/document.ts';
import { SimdBlock } from '../src/pipeline/index/block.ts';
import { FlatIndex } from '../src/pipeline/index/flat.ts';
import { Bm25Index } from '../src/pipeline/index/keyword.ts';
import { VoyIndex } from '../src/pipeline/index/voy.ts';
import { choose } from '../src/pipeline/retrieve/choose.ts';
import { findHits } from '../src/pipeline/retrieve/hits.ts';
import { rank } from '../src/pipeline/retrieve/rank.ts';

const DIMENSIONS = 384;
const K = 10;
const VOY_AT_MOST = 10_000;
const PASSAGE_WORDS = 90;
const COMMON = 'the of and to in a is that for it as was with be by on not he his but at are this have from or'.split(
  ' ',
);

interface Measure {
  readonly size: number;
  readonly name: string;
  readonly p50: number;
  readonly p95: number;
  /** To the p50 of the read floor at this size. */
  readonly ratio: number;
}

/** Pseudorandom numbers in [0, 1): xorshift32 (Marsaglia 2003). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function randomVector(random: () => number): Float32Array {
  const vector = Float32Array.from({ length: DIMENSIONS }, () => random() + random() + random() - 1.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** Words as frequent as in a language: the n-th commonest about 1/n of the time (Zipf), of 30,000. */
function randomWord(random: () => number): string {
  const place = Math.floor(30_000 ** random()) - 1;
  return COMMON[place] ?? `word${place.toString(36)}`;
}

function randomText(random: () => number, length: number): string {
  return Array.from({ length }, () => randomWord(random)).join(' ');
}

/** A question: some words that only ask, a few of the matter. */
function randomQuestion(random: () => number): string {
  const matter = Array.from({ length: 5 }, () => `word${Math.floor(30 * 1000 ** random()).toString(36)}`);
  return `What is the ${matter.join(' of the ')}?`;
}

function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))]!;
}

async function reader(memory: WebAssembly.Memory): Promise<(from: number, bytes: number) => number> {
  const wat = readFileSync(new URL('read.wat', import.meta.url), 'utf8');
  const module = new WebAssembly.Module(Uint8Array.from(await assemble(wat)));
  const instance = new WebAssembly.Instance(module, { carrel: { memory } });
  return instance.exports['read'] as (from: number, bytes: number) => number;
}

async function measure(size: number, rounds: number): Promise<Measure[]> {
  const random = randomFrom(size);
  const flat = FlatIndex.create(DIMENSIONS);
  const plain = FlatIndex.create(DIMENSIONS, { scan: 'plain' });
  const voyWasm = readFileSync(new URL('../node_modules/voy-search/voy_search_bg.wasm', import.meta.url));
  const voy = size <= VOY_AT_MOST ? VoyIndex.create(DIMENSIONS, voyWasm) : null;
  const keyword = new Bm25Index();
  const passages = new Map<number, Passage>();
  for (let key = 0; key < size; key++) {
    const vector = randomVector(random);
    const text = randomText(random, PASSAGE_WORDS);
    for (const index of [flat, plain, voy]) index?.add(key, vector);
    keyword.add(key, { context: '', text });
    const start = (key % 100) * 1000;
    const path = `${Math.floor(key / 100)}.txt`;
    passages.set(key, { id: `${key}`, path, start, end: start + text.length, context: '', text, tokens: 0 });
  }
  const { block } = flat;
  if (!(block instanceof SimdBlock)) throw new Error('This Node has no WASM SIMD: there is nothing to compare.');
  const read = await reader(block.memory);
  const bytes = size * block.stride * 4;

  const runs: Record<string, (question: string, vector: Float32Array) => unknown> = {
    'read floor': () => read(block.rowsAt, bytes),
    'flat, SIMD kernel alone': (_, vector) => block.dot(vector, size),
    'flat, SIMD': (_, vector) => flat.search(vector, K),
    'flat, plain JS': (_, vector) => plain.search(vector, K),
    ...(voy && { voy: (_: string, vector: Float32Array) => voy.search(vector, K) }),
    keyword: (question) => keyword.search(question, K),
    'keyword + flat + fuse + choose': (question, vector) =>
      choose(rank(findHits(question, vector, keyword, flat), passages)),
  };
  const times = new Map<string, number[]>(Object.keys(runs).map((name) => [name, []]));
  for (let round = -3; round < rounds; round++) {
    const question = randomQuestion(random);
    const vector = randomVector(random);
    for (const [name, run] of Object.entries(runs)) {
      const before = performance.now();
      run(question, vector);
      // The first rounds warm up.
      if (round >= 0) times.get(name)!.push(performance.now() - before);
    }
  }
  for (const list of times.values()) list.sort((a, b) => a - b);
  const floor = quantile(times.get('read floor')!, 0.5);
  return [...times].map(([name, list]) => {
    const p50 = quantile(list, 0.5);
    return { size, name, p50, p95: quantile(list, 0.95), ratio: p50 / floor };
  });
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const sizes = (positionals[0] ?? '10000,100000').split(',').map(Number);
const rounds = Number(positionals[1] ?? 60);
const rows: Measure[] = [];
for (const size of sizes) rows.push(...(await measure(size, rounds)));

console.log(
  `Search, ${DIMENSIONS} dimensions, top ${K}, ${rounds} rounds; milliseconds; ratio to the read floor of the same size`,
);
for (const { size, name, p50, p95, ratio } of rows) {
  const figures = [p50.toFixed(2), p95.toFixed(2), ratio.toFixed(2)].map((figure) => figure.padStart(9));
  console.log(`${String(size).padStart(7)}  ${name.padEnd(32)}${figures.join('')}`);
}
const json = JSON.stringify({ bench: 'search', dimensions: DIMENSIONS, k: K, rounds, rows });
if (values.json) writeFileSync(values.json, `${json}\n`);
else console.log(json);
