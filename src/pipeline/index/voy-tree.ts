/** One k-d tree of voy-search in a WASM instance of its own. */
import * as glue from 'voy-search/voy_search_bg.js';

/** voy pads every vector to this many dimensions, and cuts longer ones. */
export const VOY_DIMENSIONS = 768;

/** voy's Rust code trapped. The instance is of no further use. */
export class VoyPanic extends Error {
  override readonly name = 'VoyPanic';
}

type VoyExports = WebAssembly.Exports & { readonly memory: WebAssembly.Memory };

/** The instance that the package's glue, a module with one global, speaks to now. */
let current: VoyExports | null = null;

export class VoyTree {
  readonly #exports: VoyExports;
  readonly #voy: glue.Voy;
  /** What Rust said before it trapped. */
  #lastWords = '';

  /** @throws WebAssembly.LinkError if `module` is not the one of voy-search 0.6.3. */
  constructor(module: WebAssembly.Module) {
    const report = (at: number, length: number): void => {
      const said = new TextDecoder().decode(new Uint8Array(this.#exports.memory.buffer, at, length));
      this.#lastWords = said.split('\n', 2).join(' ');
    };
    // The glue would print a panic, stack and all, on the console; it is handled here.
    const imports = { './voy_search_bg.js': { ...glue, __wbg_error_f851667af71bcfc6: report } };
    this.#exports = new WebAssembly.Instance(module, imports as unknown as WebAssembly.Imports).exports as VoyExports;
    this.#voy = this.#run(() => new glue.Voy());
  }

  /** Bytes of WASM memory; they are given back when the tree itself is let go. */
  get bytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  /** @throws VoyPanic, among others when 33 vectors share a value along an axis on which the tree splits. */
  add(items: readonly { readonly id: number; readonly vector: Float32Array }[]): void {
    const embeddings = items.map(({ id, vector }) => ({
      id: String(id),
      title: '',
      url: '',
      embeddings: Array.from(vector),
    }));
    this.#run(() => this.#voy.add({ embeddings }));
  }

  /** The ids of the `k` vectors nearest by Euclidean distance, nearest first. @throws VoyPanic */
  nearest(query: Float32Array, k: number): number[] {
    if (k < 1) return [];
    return this.#run(() => this.#voy.search(query, k)).neighbors.map(({ id }) => Number(id));
  }

  #run<T>(call: () => T): T {
    this.#select();
    try {
      return call();
    } catch (cause) {
      throw new VoyPanic(this.#lastWords || String(cause), { cause });
    }
  }

  /** Growing by nothing detaches the other instance's buffer: so the glue sees that its cached views are stale. */
  #select(): void {
    if (current === this.#exports) return;
    current?.memory.grow(0);
    current = this.#exports;
    glue.__wbg_set_wasm(this.#exports);
  }
}
