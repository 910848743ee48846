import { PlainBlock, SimdBlock, type Block } from './block.ts';
import type { Scored, VectorIndex } from './interface.ts';
import { kthLargest, TopHits } from './top.ts';
import { checkDimensions, checkVector, cosine } from './vector.ts';

/**
 * Exact search: every vector is read, in WASM SIMD, from one block of Float32.
 * The kernel's Float32 scores only choose who may be among the best; their order comes from `cosine`,
 * which every index shares.
 */
export class FlatIndex implements VectorIndex {
  readonly dimensions: number;
  readonly block: Block;
  readonly #keys: number[] = [];
  readonly #rowOf = new Map<number, number>();
  /** More than the kernel's Float32 sum can differ from the exact one (Higham 2002, section 3.1: n u / (1 - n u)). */
  readonly #doubt: number;

  /** `scan: 'plain'` leaves WASM SIMD out; it is left out by itself where the engine lacks it. */
  static create(dimensions: number, options: { readonly scan?: 'simd' | 'plain' } = {}): FlatIndex {
    checkDimensions(dimensions);
    const simd = options.scan === 'plain' ? null : SimdBlock.create(dimensions);
    return new FlatIndex(dimensions, simd ?? new PlainBlock(dimensions));
  }

  private constructor(dimensions: number, block: Block) {
    this.dimensions = dimensions;
    this.block = block;
    this.#doubt = dimensions * 2 ** -22;
  }

  get size(): number {
    return this.#keys.length;
  }

  add(key: number, vector: Float32Array): void {
    checkVector(vector, this.dimensions);
    if (this.#rowOf.has(key)) throw new RangeError(`The index already holds a vector under key ${key}.`);
    const row = this.#keys.length;
    this.block.reserve(row + 1);
    this.block.floats.set(vector, row * this.block.stride);
    this.#keys.push(key);
    this.#rowOf.set(key, row);
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
    return true;
  }

  search(query: Float32Array, k: number): Scored[] {
    checkVector(query, this.dimensions);
    const count = this.#keys.length;
    if (count === 0 || k < 1) return [];
    const scores = this.block.dot(query, count);
    const least = kthLargest(scores, count, k) - this.#doubt;
    const { floats, stride } = this.block;
    const top = new TopHits(k);
    for (let row = 0; row < count; row++) {
      if (scores[row]! >= least) top.offer(this.#keys[row]!, cosine(query, floats, row * stride));
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
}
