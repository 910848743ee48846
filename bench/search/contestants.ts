/** Carrel's indexes and others' behind one door. Each is built alone, from the same rows, and answers with keys. */
import { create, insert, searchVector } from '@orama/orama';
import { loadHnswlib } from 'hnswlib-wasm';
import voyUrl from 'voy-search/voy_search_bg.wasm?url';
import { FlatIndex, type Scan } from '../../src/pipeline/index/flat.ts';
import { VoyTree } from '../../src/pipeline/index/voy-tree.ts';
import { DIMENSIONS, type Vectors } from './data.ts';

export interface Built {
  search(query: Float32Array, k: number): number[] | Promise<number[]>;
  /** Bytes of its memory, where they can be had. */
  readonly bytes: number | null;
}

export interface Contestant {
  readonly name: string;
  /** With more vectors it is not tried. */
  readonly most?: { readonly size: number; readonly why: string };
  /** @throws TookTooLong; whatever the library throws. */
  build(vectors: Vectors, within: Deadline): Promise<Built>;
}

export class TookTooLong extends Error {}

/** Ends a build that would take the hour. */
export class Deadline {
  private readonly end: number;

  constructor(private readonly seconds: number) {
    this.end = performance.now() + 1000 * seconds;
  }

  check(done: number, of: number): void {
    if (performance.now() < this.end) return;
    throw new TookTooLong(`${done.toLocaleString('en')} of ${of.toLocaleString('en')} were in after ${this.seconds} s`);
  }
}

/** Adds every row, looking at the clock now and then. */
async function fill(
  vectors: Vectors,
  within: Deadline,
  add: (key: number, vector: Float32Array) => unknown,
): Promise<void> {
  for (let key = 0; key < vectors.size; key++) {
    if (key % 100 === 0) within.check(key, vectors.size);
    // Awaited only where there is something to wait for: a promise a row would be measured too.
    const added = add(key, vectors.row(key));
    if (added instanceof Promise) await added;
  }
}

export function carrel(name: string, scan: Scan): Contestant & { index: FlatIndex | null } {
  return {
    name,
    index: null,
    async build(vectors, within) {
      const index = FlatIndex.create(DIMENSIONS, { scan });
      await fill(vectors, within, (key, vector) => index.add(key, vector));
      this.index = index;
      return {
        search: (query, k) => index.search(query, k).map(({ key }) => key),
        get bytes() {
          return index.bytes;
        },
      };
    },
  };
}

const voy: Contestant = {
  name: 'voy-search 0.6.3',
  most: {
    size: 100_000,
    why: 'it needs some seven times the bytes of the vectors: more than the 4 GB of a WASM memory',
  },
  async build(vectors, within) {
    const tree = new VoyTree(new WebAssembly.Module(await (await fetch(voyUrl)).arrayBuffer()));
    const BATCH = 1000;
    for (let from = 0; from < vectors.size; from += BATCH) {
      within.check(from, vectors.size);
      const length = Math.min(BATCH, vectors.size - from);
      tree.add(Array.from({ length }, (_, i) => ({ id: from + i, vector: vectors.row(from + i) })));
    }
    return { search: (query, k) => tree.nearest(query, k), bytes: tree.bytes };
  },
};

/** With the library's own parameters for building; `efSearch` is the number of candidates it keeps. */
function hnswlib(efSearch: number): Contestant {
  return {
    name: `hnswlib-wasm 0.8.2, ef ${efSearch}`,
    async build(vectors, within) {
      const index = await hnswGraph(vectors, within);
      return {
        search: (query, k) => {
          index.setEfSearch(efSearch);
          return index.searchKnn(query, k, undefined).neighbors;
        },
        bytes: null,
      };
    },
  };
}

type HnswGraph = InstanceType<Awaited<ReturnType<typeof loadHnswlib>>['HierarchicalNSW']>;

/** The graph last made, or why it could not be: two contestants search it. */
let graph: { readonly size: number; readonly made: Promise<HnswGraph> } | null = null;

function hnswGraph(vectors: Vectors, within: Deadline): Promise<HnswGraph> {
  if (graph?.size !== vectors.size) graph = { size: vectors.size, made: makeGraph(vectors, within) };
  return graph.made;
}

async function makeGraph(vectors: Vectors, within: Deadline): Promise<HnswGraph> {
  const { HierarchicalNSW } = await loadHnswlib();
  const index = new HierarchicalNSW('ip', DIMENSIONS, '');
  index.initIndex(vectors.size, 32, 128, 100);
  await fill(vectors, within, (key, vector) => index.addPoint(vector, key, false));
  return index;
}

const orama: Contestant = {
  name: 'Orama 3.1.18',
  most: { size: 100_000, why: 'it keeps every vector also as a list of numbers: more than the heap of a page' },
  async build(vectors, within) {
    const database = create({ schema: { vector: `vector[${DIMENSIONS}]` } as const });
    await fill(vectors, within, (key, vector) => insert(database, { id: String(key), vector: [...vector] }));
    return {
      async search(query, k) {
        const vector = { value: [...query], property: 'vector' as const };
        const found = await searchVector(database, { mode: 'vector', vector, limit: k, similarity: -1 });
        return found.hits.map(({ id }) => Number(id));
      },
      bytes: null,
    };
  },
};

export const PEERS: readonly Contestant[] = [voy, hnswlib(32), hnswlib(256), orama];
