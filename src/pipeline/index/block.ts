/** Rows of floats side by side, and their dot products with a query. */
import { DOT_KERNEL_BASE64 } from './dot-kernel.ts';

export interface Block {
  /** Floats from the start of one row to the start of the next. */
  readonly stride: number;
  /** The rows. Replaced when the block grows: do not keep it. */
  readonly floats: Float32Array;
  /** Makes room for `rows` rows. @throws Error, with nothing changed, if there is not enough memory. */
  reserve(rows: number): void;
  /** Dot products, in Float32, of the query with rows 0 to `count` - 1. Valid until the next call. */
  dot(query: Float32Array, count: number): Float32Array;
}

const PAGE = 65536;
/** The kernel takes 16 floats a step. */
const STEP = 16;

type DotKernel = (query: number, rows: number, stride: number, count: number, scores: number) => void;

let kernelModule: WebAssembly.Module | null | undefined;

/** The compiled kernel; null where the engine has no WASM SIMD. Compiled once. */
function compiledKernel(): WebAssembly.Module | null {
  if (kernelModule === undefined) {
    const bytes = Uint8Array.from(atob(DOT_KERNEL_BASE64), (letter) => letter.charCodeAt(0));
    const runs = typeof WebAssembly !== 'undefined' && WebAssembly.validate(bytes);
    kernelModule = runs ? new WebAssembly.Module(bytes) : null;
  }
  return kernelModule;
}

/** Grown by an eighth more than asked, so that adding one by one stays linear and little is held in vain. */
function roomFor(rows: number): number {
  return Math.max(64, rows + (rows >> 3));
}

/**
 * Rows in WASM memory, read by the SIMD kernel. Layout: the query, the rows, the scores. What a row holds beyond
 * its dimensions (0, or scores that lay there once) does not count, as the query stays 0 there.
 */
export class SimdBlock implements Block {
  readonly stride: number;
  /** For measurement: a read of the same bytes is the floor of any scan. */
  readonly memory: WebAssembly.Memory;
  readonly #kernel: DotKernel;
  #capacity = 0;

  /** Null where the engine has no WASM SIMD or refuses the memory. */
  static create(dimensions: number): SimdBlock | null {
    const module = compiledKernel();
    if (!module) return null;
    try {
      return new SimdBlock(dimensions, module);
    } catch {
      return null;
    }
  }

  private constructor(dimensions: number, module: WebAssembly.Module) {
    this.stride = Math.ceil(dimensions / STEP) * STEP;
    this.memory = new WebAssembly.Memory({ initial: Math.ceil((this.stride * 4) / PAGE) });
    const instance = new WebAssembly.Instance(module, { carrel: { memory: this.memory } });
    this.#kernel = instance.exports['dot'] as DotKernel;
  }

  /** Byte address of the first row. */
  get rowsAt(): number {
    return this.stride * 4;
  }

  get floats(): Float32Array {
    return new Float32Array(this.memory.buffer, this.rowsAt, this.#capacity * this.stride);
  }

  reserve(rows: number): void {
    if (rows <= this.#capacity) return;
    const capacity = roomFor(rows);
    const bytes = this.rowsAt + capacity * (this.stride + 1) * 4;
    const pages = Math.ceil((bytes - this.memory.buffer.byteLength) / PAGE);
    try {
      if (pages > 0) this.memory.grow(pages);
    } catch (cause) {
      throw new Error(`There is not enough memory to keep the vectors of ${rows} passages.`, { cause });
    }
    this.#capacity = capacity;
  }

  dot(query: Float32Array, count: number): Float32Array {
    const scoresAt = this.rowsAt + this.#capacity * this.stride * 4;
    new Float32Array(this.memory.buffer, 0, query.length).set(query);
    this.#kernel(0, this.rowsAt, this.stride * 4, count, scoresAt);
    return new Float32Array(this.memory.buffer, scoresAt, count);
  }
}

/** The same in plain JavaScript, for engines without WASM SIMD. */
export class PlainBlock implements Block {
  readonly stride: number;
  floats = new Float32Array(0);
  #scores = new Float32Array(0);

  constructor(dimensions: number) {
    this.stride = dimensions;
  }

  reserve(rows: number): void {
    if (rows * this.stride <= this.floats.length) return;
    const capacity = roomFor(rows);
    try {
      const grown = new Float32Array(capacity * this.stride);
      const scores = new Float32Array(capacity);
      grown.set(this.floats);
      this.floats = grown;
      this.#scores = scores;
    } catch (cause) {
      throw new Error(`There is not enough memory to keep the vectors of ${rows} passages.`, { cause });
    }
  }

  dot(query: Float32Array, count: number): Float32Array {
    const { floats, stride } = this;
    const dimensions = query.length;
    for (let row = 0, at = 0; row < count; row++, at += stride) {
      // Four sums let the processor overlap the additions.
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      let i = 0;
      for (; i + 3 < dimensions; i += 4) {
        a += query[i]! * floats[at + i]!;
        b += query[i + 1]! * floats[at + i + 1]!;
        c += query[i + 2]! * floats[at + i + 2]!;
        d += query[i + 3]! * floats[at + i + 3]!;
      }
      for (; i < dimensions; i++) a += query[i]! * floats[at + i]!;
      this.#scores[row] = a + b + (c + d);
    }
    return this.#scores.subarray(0, count);
  }
}
