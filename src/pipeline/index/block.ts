/** Rows of floats side by side, and their dot products with a query. */
import { DOT_KERNEL_BASE64 } from './dot-kernel.ts';
import { compileKernel, growTo, instantiateKernel, roomFor } from './kernel.ts';

export interface Block {
  /** Floats from the start of one row to the start of the next. */
  readonly stride: number;
  /** The rows. Replaced when the block grows: do not keep it. */
  readonly floats: Float32Array;
  /** Bytes held, those in reserve included. */
  readonly bytes: number;
  /** Makes room for `rows` rows. @throws Error, with nothing changed, if there is not enough memory. */
  reserve(rows: number): void;
  /**
   * Dot products, in Float32, of the query with rows 0 to `count` - 1. Valid until the next call.
   * @throws Error if there is not enough memory for them.
   */
  dot(query: Float32Array, count: number): Float32Array;
}

/** The kernel takes 16 floats a step. */
const STEP = 16;

type DotKernel = (query: number, rows: number, stride: number, count: number, scores: number) => void;

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
    const module = compileKernel(DOT_KERNEL_BASE64);
    if (!module) return null;
    try {
      return new SimdBlock(dimensions, module);
    } catch {
      return null;
    }
  }

  private constructor(dimensions: number, module: WebAssembly.Module) {
    this.stride = Math.ceil(dimensions / STEP) * STEP;
    const { run, memory } = instantiateKernel<DotKernel>(module, 'dot', this.stride * 4);
    this.memory = memory;
    this.#kernel = run;
  }

  /** Byte address of the first row. */
  get rowsAt(): number {
    return this.stride * 4;
  }

  get floats(): Float32Array {
    return new Float32Array(this.memory.buffer, this.rowsAt, this.#capacity * this.stride);
  }

  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  reserve(rows: number): void {
    if (rows <= this.#capacity) return;
    const capacity = roomFor(rows);
    this.#grow(this.#endOf(capacity), rows);
    this.#capacity = capacity;
  }

  dot(query: Float32Array, count: number): Float32Array {
    const scoresAt = this.#endOf(this.#capacity);
    this.#grow(scoresAt + count * 4, count);
    new Float32Array(this.memory.buffer, 0, query.length).set(query);
    this.#kernel(0, this.rowsAt, this.stride * 4, count, scoresAt);
    return new Float32Array(this.memory.buffer, scoresAt, count);
  }

  #endOf(rows: number): number {
    return this.rowsAt + rows * this.stride * 4;
  }

  #grow(bytes: number, rows: number): void {
    try {
      growTo(this.memory, bytes);
    } catch (cause) {
      throw notEnoughMemory(rows, cause);
    }
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

  get bytes(): number {
    return this.floats.byteLength + this.#scores.byteLength;
  }

  /** Growing copies here, so an eighth more than asked is held. */
  reserve(rows: number): void {
    if (rows * this.stride <= this.floats.length) return;
    const capacity = Math.max(64, rows + (rows >> 3));
    try {
      const grown = new Float32Array(capacity * this.stride);
      const scores = new Float32Array(capacity);
      grown.set(this.floats);
      this.floats = grown;
      this.#scores = scores;
    } catch (cause) {
      throw notEnoughMemory(rows, cause);
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

function notEnoughMemory(rows: number, cause: unknown): Error {
  return new Error(`There is not enough memory to keep the vectors of ${rows} passages.`, { cause });
}
