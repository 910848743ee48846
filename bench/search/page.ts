/** What bench/search.ts asks for, in the browser. Everything is measured alternately, each round with another query. */
import type { Passage } from '../../src/pipeline/document.ts';
import { SimdBlock } from '../../src/pipeline/index/block.ts';
import { FlatIndex } from '../../src/pipeline/index/flat.ts';
import { Bm25Index } from '../../src/pipeline/index/keyword.ts';
import { choose } from '../../src/pipeline/retrieve/choose.ts';
import { findHits } from '../../src/pipeline/retrieve/hits.ts';
import { rank } from '../../src/pipeline/retrieve/rank.ts';
import { carrel, Deadline, PEERS, type Built } from './contestants.ts';
import { DIMENSIONS, randomFrom, randomQuestion, randomText, Vectors } from './data.ts';

const K = 10;

export interface Measure {
  readonly name: string;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  /** Of the ten best, how many were found, on the mean; null where nothing is looked for. */
  readonly recall: number | null;
  /** Seconds to put everything in; null where nothing is built. */
  readonly built: number | null;
  /** Of memory, to the bytes of the vectors; null where it cannot be had. */
  readonly memory: number | null;
}

export interface Vectored {
  readonly measures: readonly Measure[];
  /** Who is not among them, and why. */
  readonly absent: readonly { readonly name: string; readonly why: string }[];
}

interface Runner {
  readonly name: string;
  readonly built: number | null;
  readonly memory: number | null;
  readonly times: number[];
  run(query: Float32Array): number[] | null | Promise<number[]>;
  found: number;
}

function quantile(times: readonly number[], share: number): number {
  const ascending = [...times].sort((a, b) => a - b);
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? NaN;
}

/** Some libraries throw what is no Error. */
function reason(error: unknown): string {
  const said = error instanceof Error ? error.message : (JSON.stringify(error) ?? String(error));
  return said.slice(0, 200);
}

function reader(memory: WebAssembly.Memory, module: WebAssembly.Module): (from: number, bytes: number) => number {
  const instance = new WebAssembly.Instance(module, { carrel: { memory } });
  return instance.exports['read'] as (from: number, bytes: number) => number;
}

/** `without`: the names of those that are not to be built. */
async function vectors(
  size: number,
  rounds: number,
  seconds: number,
  readKernel: number[],
  without: readonly string[],
): Promise<Vectored> {
  const module = new WebAssembly.Module(Uint8Array.from(readKernel));
  const data = new Vectors(size);
  const raw = size * DIMENSIONS * 4;
  const floats = carrel('Carrel, floats', 'floats');
  const codes = carrel('Carrel, codes', 'codes');
  const plain = carrel('plain JavaScript loop', 'plain');
  const runners: Runner[] = [];
  const absent: { name: string; why: string }[] = [];
  for (const contestant of [plain, floats, codes, ...PEERS]) {
    if (without.includes(contestant.name)) continue;
    if (contestant.most && size > contestant.most.size) {
      absent.push({ name: contestant.name, why: contestant.most.why });
      continue;
    }
    const began = performance.now();
    let made: Built;
    try {
      made = await contestant.build(data, new Deadline(seconds));
      await made.search(data.query(), K);
    } catch (error) {
      absent.push({ name: contestant.name, why: reason(error) });
      continue;
    }
    const built = (performance.now() - began) / 1000;
    const memory = made.bytes === null ? null : made.bytes / raw;
    const run = (query: Float32Array): number[] | Promise<number[]> => made.search(query, K);
    runners.push({ name: contestant.name, built, memory, times: [], run, found: 0 });
  }
  const { block } = floats.index!;
  if (!(block instanceof SimdBlock)) throw new Error('This browser has no WASM SIMD: there is nothing to compare.');
  const readFloats = reader(block.memory, module);
  const span = codes.index!.codes!.span(size);
  const readCodes = reader(span.memory, module);
  const none = { built: null, memory: null, found: 0 };
  const floor = (name: string, run: () => unknown): Runner => ({ ...none, name, times: [], run: () => (run(), null) });
  runners.unshift(
    floor('reading the floats', () => readFloats(block.rowsAt, raw)),
    floor('reading the codes', () => readCodes(span.from, span.bytes)),
  );
  for (let round = -4; round < rounds; round++) {
    const query = data.query();
    let truth: ReadonlySet<number> | null = null;
    for (const runner of runners) {
      const before = performance.now();
      const found = await runner.run(query);
      // The first rounds warm up.
      if (round >= 0) runner.times.push(performance.now() - before);
      if (!found || round < 0) continue;
      // The plain loop comes first, and reads everything.
      truth ??= new Set(found);
      runner.found += found.filter((key) => truth!.has(key)).length / K / rounds;
    }
  }
  const measures = runners.map(({ name, built, memory, times, found }) => ({
    name,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    recall: built === null ? null : found,
    built,
    memory,
  }));
  return { measures, absent };
}

export interface Changing {
  /** Medians, in milliseconds, of one addition, one removal, and of a search after each of them. */
  readonly add: number;
  readonly remove: number;
  readonly search: number;
  readonly searchAtRest: number;
}

/** One passage comes and one goes before each search. */
function changing(size: number, rounds: number): Changing {
  const data = new Vectors(size);
  const index = FlatIndex.create(DIMENSIONS);
  for (let key = 0; key < size; key++) index.add(key, data.row(key));
  const times = { add: [] as number[], remove: [] as number[], search: [] as number[], rest: [] as number[] };
  const timed = (list: number[], run: () => unknown): void => {
    const before = performance.now();
    run();
    list.push(performance.now() - before);
  };
  for (let round = 0; round < rounds; round++) {
    const query = data.query();
    timed(times.rest, () => index.search(query, K));
    // A batch: one alone is below the clock's step.
    timed(times.add, () => {
      for (let i = 0; i < 20; i++) index.add(size + 20 * round + i, data.row((20 * round + i) % size));
    });
    timed(times.remove, () => {
      for (let i = 0; i < 20; i++) index.remove(20 * round + i);
    });
    timed(times.search, () => index.search(query, K));
  }
  const each = (list: number[], of: number): number => quantile(list, 0.5) / of;
  return {
    add: each(times.add, 20),
    remove: each(times.remove, 20),
    search: each(times.search, 1),
    searchAtRest: each(times.rest, 1),
  };
}

/** Kept between two calls, so that the heap can be weighed before and after the index is built. */
let texts: string[] = [];
let keyword: Bm25Index | null = null;

function makeTexts(size: number): void {
  const random = randomFrom(size + 1);
  texts = Array.from({ length: size }, () => randomText(random));
}

const contextOf = (key: number): string => `Report ${Math.floor(key / 100)} › Section ${Math.floor(key / 10)}`;

function buildKeyword(): number {
  const began = performance.now();
  keyword = new Bm25Index();
  texts.forEach((text, key) => keyword!.add(key, { context: contextOf(key), text }));
  return (performance.now() - began) / 1000;
}

/** Words, vectors, fusion and choice, as one question passes through them. */
function whole(rounds: number): Measure[] {
  const words = keyword!;
  const data = new Vectors(texts.length);
  const index = FlatIndex.create(DIMENSIONS);
  const passages = new Map<number, Passage>();
  texts.forEach((text, key) => {
    index.add(key, data.row(key));
    const start = (key % 100) * 1000;
    const place = { id: `${key}`, path: `${Math.floor(key / 100)}.txt`, start, end: start + text.length };
    passages.set(key, { ...place, context: contextOf(key), text, tokens: 0 });
  });
  const random = randomFrom(texts.length + 2);
  const runs: Record<string, (question: string, vector: Float32Array) => unknown> = {
    'words alone, top 50': (question) => words.search(question, 50),
    'vectors alone, top 50': (_, vector) => index.search(vector, 50),
    'words, vectors, fusion and choice': (question, vector) =>
      choose(rank(findHits(question, vector, words, index), passages)),
  };
  const times = Object.keys(runs).map((): number[] => []);
  for (let round = -3; round < rounds; round++) {
    const question = randomQuestion(random);
    const vector = data.query();
    Object.values(runs).forEach((run, i) => {
      const before = performance.now();
      run(question, vector);
      if (round >= 0) times[i]!.push(performance.now() - before);
    });
  }
  return Object.keys(runs).map((name, i) => ({
    name,
    p50: quantile(times[i]!, 0.5),
    p95: quantile(times[i]!, 0.95),
    recall: null,
    built: null,
    memory: null,
  }));
}

const bench = { vectors, changing, makeTexts, buildKeyword, whole };
export type Bench = typeof bench;
Object.assign(globalThis, { bench });
