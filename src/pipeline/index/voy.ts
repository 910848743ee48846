import { FlatIndex } from './flat.ts';
import type { Scored, VectorIndex } from './interface.ts';
import { TopHits } from './top.ts';
import { checkVector, cosine } from './vector.ts';
import { VOY_DIMENSIONS, VoyPanic, VoyTree } from './voy-tree.ts';

/** Equal vectors are one point of the tree, with every key that has them. */
interface Point {
  readonly vector: Float32Array;
  readonly hash: number;
  readonly keys: Set<number>;
  planted: boolean;
}

/**
 * More than two cosines can differ while voy's Float32 distances order them the other way round:
 * rounding over 768 squares, and lengths that differ from 1 within the tolerance.
 */
const DOUBT = 1e-3;
/** Asked for beyond `k`, so that a tie at the border seldom needs a second question. */
const SPARE = 8;

/**
 * Exact search by the k-d tree of voy-search 0.6.3 (Bentley 1975), behind guards: the tree only proposes;
 * scores and their order come from our own copy of the vectors. Where the tree cannot hold a collection
 * (33 vectors with one value along an axis make it panic) the copy is scanned instead, and `scans` says why.
 */
export class VoyIndex implements VectorIndex {
  readonly dimensions: number;
  readonly #module: WebAssembly.Module;
  readonly #copy: FlatIndex;
  readonly #pointOf = new Map<number, Point>();
  readonly #byHash = new Map<number, Point[]>();
  #tree: VoyTree | null = null;
  /** The points of the tree; a point's place is its id. */
  #planted: Point[] = [];
  readonly #waiting = new Set<Point>();
  /** Points of the tree whose keys are all gone: passed over, until they are a quarter and the tree is built anew. */
  #ghosts = 0;
  #scans = '';

  /**
   * `wasm`: the bytes of `voy-search/voy_search_bg.wasm`, or the module compiled from them.
   * @throws RangeError on a number of dimensions that is not a positive whole number; WebAssembly.CompileError.
   */
  static create(dimensions: number, wasm: BufferSource | WebAssembly.Module): VoyIndex {
    return new VoyIndex(dimensions, wasm instanceof WebAssembly.Module ? wasm : new WebAssembly.Module(wasm));
  }

  private constructor(dimensions: number, module: WebAssembly.Module) {
    this.#copy = FlatIndex.create(dimensions);
    this.dimensions = dimensions;
    this.#module = module;
    if (dimensions > VOY_DIMENSIONS) this.#scans = `voy cuts vectors to ${VOY_DIMENSIONS} dimensions.`;
  }

  get size(): number {
    return this.#copy.size;
  }

  /** Why searches scan the copy instead of asking voy, as a sentence; '' while they ask voy. */
  get scans(): string {
    return this.#scans;
  }

  add(key: number, vector: Float32Array): void {
    this.#copy.add(key, vector);
    const point = this.#pointAt(vector);
    if (point.keys.size === 0 && point.planted) this.#ghosts--;
    point.keys.add(key);
    this.#pointOf.set(key, point);
  }

  remove(key: number): boolean {
    const point = this.#pointOf.get(key);
    if (!point) return false;
    this.#copy.remove(key);
    this.#pointOf.delete(key);
    point.keys.delete(key);
    if (point.keys.size === 0) {
      if (point.planted) this.#ghosts++;
      else this.#forget(point);
    }
    return true;
  }

  search(query: Float32Array, k: number, within?: ReadonlySet<number>): Scored[] {
    checkVector(query, this.dimensions);
    if (k < 1 || this.size === 0) return [];
    // The tree knows no parts of a collection, so it might propose the whole rest before the first hit.
    if (within) return this.#copy.search(query, k, within);
    // A panic leaves a tree that no longer answers: it is built anew once, then done without.
    for (let builds = 0; !this.#scans; builds++) {
      try {
        return this.#ask(this.#grownTree(), query, Math.floor(k));
      } catch (error) {
        if (!(error instanceof VoyPanic)) throw error;
        this.#uproot();
        if (builds > 0) this.#scans = `voy cannot hold these vectors: ${error.message}`;
      }
    }
    return this.#copy.search(query, k);
  }

  scores(query: Float32Array, keys: readonly number[]): (number | null)[] {
    return this.#copy.scores(query, keys);
  }

  vector(key: number): Float32Array | undefined {
    return this.#copy.vector(key);
  }

  keys(): readonly number[] {
    return this.#copy.keys();
  }

  /** Asks for more until all that is left out is certainly worse than the k-th hit. */
  #ask(tree: VoyTree, query: Float32Array, k: number): Scored[] {
    for (let asked = k + SPARE + this.#ghosts; ; asked *= 2) {
      const points = tree.nearest(query, Math.min(asked, this.#planted.length)).map((id) => this.#planted[id]!);
      const top = new TopHits(k);
      let farthest = 1;
      for (const { vector, keys } of points) {
        farthest = cosine(query, vector);
        for (const key of keys) top.offer(key, farthest);
      }
      const hits = top.sorted();
      if (asked >= this.#planted.length) return hits;
      const last = hits[k - 1];
      if (last && farthest < last.score - DOUBT) return hits;
    }
  }

  /** The tree with every point in it. @throws VoyPanic */
  #grownTree(): VoyTree {
    if (this.#ghosts * 4 > this.#planted.length) this.#uproot();
    this.#tree ??= new VoyTree(this.#module);
    if (this.#waiting.size > 0) {
      const first = this.#planted.length;
      const points = [...this.#waiting];
      this.#tree.add(points.map(({ vector }, i) => ({ id: first + i, vector })));
      for (const point of points) point.planted = true;
      this.#planted.push(...points);
      this.#waiting.clear();
    }
    return this.#tree;
  }

  /** Lets the tree go with its ghosts; its other points wait for the next one. */
  #uproot(): void {
    this.#tree = null;
    for (const point of this.#planted) {
      point.planted = false;
      if (point.keys.size > 0) this.#waiting.add(point);
      else this.#forget(point);
    }
    this.#planted = [];
    this.#ghosts = 0;
  }

  #pointAt(vector: Float32Array): Point {
    const hash = hashOf(vector);
    const bucket = this.#byHash.get(hash) ?? [];
    const known = bucket.find((point) => point.vector.every((value, i) => value === vector[i]));
    if (known) return known;
    const point: Point = { vector: vector.slice(), hash, keys: new Set(), planted: false };
    bucket.push(point);
    this.#byHash.set(hash, bucket);
    this.#waiting.add(point);
    return point;
  }

  #forget(point: Point): void {
    this.#waiting.delete(point);
    const others = (this.#byHash.get(point.hash) ?? []).filter((other) => other !== point);
    if (others.length > 0) this.#byHash.set(point.hash, others);
    else this.#byHash.delete(point.hash);
  }
}

/** FNV-1a over the 32-bit words (Fowler, Noll and Vo 1991). Adding 0 makes -0 equal to 0. */
function hashOf(vector: Float32Array): number {
  const words = new Uint32Array(vector.map((value) => value + 0).buffer);
  let hash = 0x811c9dc5;
  for (const word of words) hash = Math.imul(hash ^ word, 0x01000193);
  return hash >>> 0;
}
