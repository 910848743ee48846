import { PlainBlock, SimdBlock, type Block } from './block.ts';
import { CodeBlock } from './codes.ts';
import type { Scored, VectorIndex } from './interface.ts';
import { kthLargest, TopHits } from './top.ts';
import { checkDimensions, checkVector, cosine } from './vector.ts';

/**
 * `floats`: every vector is read. `codes`: int8 codes of every vector are read, then the vectors of the few that may
 * be among the best; a quarter of the bytes, for a quarter more memory. `auto`: `floats` while the collection is small,
 * `codes` beyond. `plain`: `floats` in plain JavaScript, as wherever the engine lacks WASM SIMD.
 */
export type Scan = 'auto' | 'floats' | 'codes' | 'plain';

/** Where `auto` takes up codes; it lets them go at three quarters of this, so as not to flap. */
const CODES_FROM = 2000;

/**
 * Exact search: every vector is read, in WASM SIMD, from one block. The kernel's scores only choose who may be among
 * the best; scores and order come from `cosine`, which every index shares.
 */
export class FlatIndex implements VectorIndex {
  readonly dimensions: number;
  readonly block: Block;
  /** How many vectors there must be for codes, and how many may be left. */
  #codesFrom: number;
  readonly #codesTo: number;
  #codes: CodeBlock | null = null;
  readonly #keys: number[] = [];
  readonly #rowOf = new Map<number, number>();
  /** More than the kernel's Float32 sum can differ from the exact one (Higham 2002, section 3.1: n u / (1 - n u)). */
  readonly #doubt: number;

  static create(dimensions: number, options: { readonly scan?: Scan; readonly codesFrom?: number } = {}): FlatIndex {
    checkDimensions(dimensions);
    const scan = options.scan ?? 'auto';
    const simd = scan === 'plain' ? null : SimdBlock.create(dimensions);
    const auto = options.codesFrom ?? CODES_FROM;
    const codesFrom = !simd || scan === 'floats' ? Infinity : scan === 'codes' ? 0 : auto;
    return new FlatIndex(dimensions, simd ?? new PlainBlock(dimensions), codesFrom);
  }

  private constructor(dimensions: number, block: Block, codesFrom: number) {
    this.dimensions = dimensions;
    this.block = block;
    this.#doubt = dimensions * 2 ** -22;
    this.#codesFrom = codesFrom;
    this.#codesTo = Math.floor(codesFrom * 0.75);
  }

  get size(): number {
    return this.#keys.length;
  }

  /** The codes; null while every vector is read. */
  get codes(): CodeBlock | null {
    return this.#codes;
  }

  /** Bytes of vectors and codes, those in reserve included. */
  get bytes(): number {
    return this.block.bytes + (this.#codes?.bytes ?? 0);
  }

  add(key: number, vector: Float32Array): void {
    checkVector(vector, this.dimensions);
    if (this.#rowOf.has(key)) throw new RangeError(`The index already holds a vector under key ${key}.`);
    const row = this.#keys.length;
    this.block.reserve(row + 1);
    this.block.floats.set(vector, row * this.block.stride);
    this.#keys.push(key);
    this.#rowOf.set(key, row);
    if (this.#codes) this.#encode(this.#codes, row);
    else if (this.#keys.length >= this.#codesFrom) this.#takeUpCodes();
  }

  /** The last row takes the place of the one removed. */
  remove(key: number): boolean {
    const row = this.#rowOf.get(key);
    if (row === undefined) return false;
    const last = this.#keys.length - 1;
    const { floats, stride } = this.block;
    floats.copyWithin(row * stride, last * stride, (last + 1) * stride);
    const moved = this.#keys[last]!;
    this.#keys[row] = moved;
    this.#rowOf.set(moved, row);
    this.#keys.pop();
    this.#rowOf.delete(key);
    if (last < this.#codesTo) this.#codes = null;
    else this.#codes?.move(last, row);
    return true;
  }

  search(query: Float32Array, k: number, within?: ReadonlySet<number>): Scored[] {
    checkVector(query, this.dimensions);
    const count = this.#keys.length;
    if (count === 0 || k < 1) return [];
    if (within && within.size <= k) return this.#scan(query, k, within);
    const { lower, upper, doubt } = this.#bounds(query, count);
    const compared = within ? this.#only(lower, within) : lower.subarray(0, count);
    // `cosine` never gives more than 1 or less than -1: whatever lies beyond ties there, and goes by key.
    const kth = kthLargest(compared, compared.length, k) - doubt;
    const least = kth <= -1 ? -Infinity : Math.min(1, kth) - doubt;
    const { floats, stride } = this.block;
    const top = new TopHits(k);
    for (let row = 0; row < count; row++) {
      if (upper[row]! < least || !(within?.has(this.#keys[row]!) ?? true)) continue;
      top.offer(this.#keys[row]!, cosine(query, floats, row * stride));
    }
    return top.sorted();
  }

  scores(query: Float32Array, keys: readonly number[]): (number | null)[] {
    checkVector(query, this.dimensions);
    const { floats, stride } = this.block;
    return keys.map((key) => {
      const row = this.#rowOf.get(key);
      return row === undefined ? null : cosine(query, floats, row * stride);
    });
  }

  /** A copy of the vector under `key`; undefined if there is none. */
  vector(key: number): Float32Array | undefined {
    const row = this.#rowOf.get(key);
    if (row === undefined) return undefined;
    const at = row * this.block.stride;
    return this.block.floats.slice(at, at + this.dimensions);
  }

  keys(): readonly number[] {
    return this.#keys;
  }

  /** The score of each of the keys that has a vector: no bound saves anything where all of them are hits. */
  #scan(query: Float32Array, k: number, keys: ReadonlySet<number>): Scored[] {
    const { floats, stride } = this.block;
    const top = new TopHits(k);
    for (const key of keys) {
      const row = this.#rowOf.get(key);
      if (row !== undefined) top.offer(key, cosine(query, floats, row * stride));
    }
    return top.sorted();
  }

  /** What `scores` holds for the rows of these keys. */
  #only(scores: Float32Array, keys: ReadonlySet<number>): Float32Array {
    const some = new Float32Array(keys.size);
    let length = 0;
    for (const key of keys) {
      const row = this.#rowOf.get(key);
      if (row !== undefined) some[length++] = scores[row]!;
    }
    return some.subarray(0, length);
  }

  /** Between `lower - doubt` and `upper + doubt` lies each row's score before it is cut to [-1, 1]. */
  #bounds(query: Float32Array, count: number): { lower: Float32Array; upper: Float32Array; doubt: number } {
    if (this.#codes) {
      try {
        return this.#codes.bounds(query, count);
      } catch {
        this.#giveUpCodes();
      }
    }
    const scores = this.block.dot(query, count);
    return { lower: scores, upper: scores, doubt: this.#doubt };
  }

  #takeUpCodes(): void {
    this.#codes = CodeBlock.create(this.dimensions);
    if (!this.#codes) this.#giveUpCodes();
    for (let row = 0; this.#codes && row < this.#keys.length; row++) this.#encode(this.#codes, row);
  }

  /** Codes only save time: where there is no memory for them, the floats serve. */
  #giveUpCodes(): void {
    this.#codes = null;
    this.#codesFrom = Infinity;
  }

  #encode(codes: CodeBlock, row: number): void {
    try {
      codes.reserve(row + 1);
    } catch {
      return this.#giveUpCodes();
    }
    const at = row * this.block.stride;
    codes.set(row, this.block.floats.subarray(at, at + this.dimensions));
  }
}
