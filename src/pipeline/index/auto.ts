import { FlatIndex } from './flat.ts';
import type { Scored, VectorIndex } from './interface.ts';
import { VoyIndex } from './voy.ts';

export interface AutoOptions {
  /** voy up to this many vectors, the flat scan beyond. */
  readonly most?: number;
  /** voy again once no more than this many are left; the distance between the two keeps it from flapping. */
  readonly back?: number;
}

/** voy while the collection is small, the flat scan beyond: one index, and the same hits whichever answers. */
export class AutoIndex implements VectorIndex {
  readonly dimensions: number;
  readonly #voyModule: WebAssembly.Module | null;
  readonly #most: number;
  readonly #back: number;
  #index: VoyIndex | FlatIndex;

  /**
   * `voyWasm`: the bytes of `voy-search/voy_search_bg.wasm`; null where they cannot be had, then all is flat.
   * @throws RangeError on impossible dimensions, or if `back` is above `most`; WebAssembly.CompileError.
   */
  static create(dimensions: number, voyWasm: BufferSource | null, options: AutoOptions = {}): AutoIndex {
    return new AutoIndex(dimensions, voyWasm && new WebAssembly.Module(voyWasm), options);
  }

  private constructor(dimensions: number, voyModule: WebAssembly.Module | null, options: AutoOptions) {
    this.dimensions = dimensions;
    this.#voyModule = voyModule;
    this.#most = options.most ?? 2000;
    this.#back = options.back ?? Math.floor(this.#most * 0.75);
    if (this.#back > this.#most)
      throw new RangeError('An index cannot go back to voy above the number it leaves it at.');
    this.#index = voyModule ? VoyIndex.create(dimensions, voyModule) : FlatIndex.create(dimensions);
  }

  get size(): number {
    return this.#index.size;
  }

  /** Which index answers now. */
  get kind(): 'voy' | 'flat' {
    return this.#index instanceof VoyIndex ? 'voy' : 'flat';
  }

  add(key: number, vector: Float32Array): void {
    this.#index.add(key, vector);
    if (this.kind === 'voy' && this.size > this.#most) this.#move(FlatIndex.create(this.dimensions));
  }

  remove(key: number): boolean {
    const removed = this.#index.remove(key);
    if (removed && this.#voyModule && this.kind === 'flat' && this.size <= this.#back) {
      this.#move(VoyIndex.create(this.dimensions, this.#voyModule));
    }
    return removed;
  }

  search(query: Float32Array, k: number, within?: ReadonlySet<number>): Scored[] {
    return this.#index.search(query, k, within);
  }

  scores(query: Float32Array, keys: readonly number[]): (number | null)[] {
    return this.#index.scores(query, keys);
  }

  vector(key: number): Float32Array | undefined {
    return this.#index.vector(key);
  }

  keys(): readonly number[] {
    return this.#index.keys();
  }

  #move(to: VoyIndex | FlatIndex): void {
    for (const key of this.#index.keys()) to.add(key, this.#index.vector(key)!);
    this.#index = to;
  }
}
