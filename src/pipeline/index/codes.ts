/** Vectors in a quarter of their bytes, for a scan that reads less. */
import { CODES_KERNEL_BASE64 } from './codes-kernel.ts';
import { compileKernel, growTo, instantiateKernel, roomFor } from './kernel.ts';
import { LENGTH_TOLERANCE } from './vector.ts';

/** The kernel takes 32 codes a step. */
const STEP = 32;
/** After a row's codes: its scale, the length of what the codes leave out, and padding to a multiple of 16 bytes. */
const TAIL = 16;
const LARGEST_CODE = 127;
/** Above what rounding to Float32 adds to a bound. */
const ROUNDING = 2e-6;

type BoundsKernel = (
  query: number,
  scale: number,
  rows: number,
  width: number,
  stride: number,
  count: number,
  lower: number,
  upper: number,
) => void;

/** Between `lower - doubt` and `upper + doubt` lies the dot product of the query with each row. */
export interface Bounds {
  readonly lower: Float32Array;
  readonly upper: Float32Array;
  readonly doubt: number;
}

/**
 * Layout: the query, the rows, the bounds. What a row holds beyond its dimensions does not count: the query is 0 there.
 *
 * Rows of int8 codes, each with a scale of its own: x = scale * codes + rest. The length of the rest is kept, and as
 * |query . rest| <= |query| |rest| (Cauchy and Schwarz) the codes bound the dot product from both sides.
 * So whoever reads the whole vectors of only those rows whose upper bound reaches the k-th lower bound misses none.
 */
export class CodeBlock {
  readonly #dimensions: number;
  /** Bytes of a row's codes, and from one row to the next. */
  readonly #width: number;
  readonly #stride: number;
  readonly #memory: WebAssembly.Memory;
  readonly #kernel: BoundsKernel;
  /** The largest code of a query: as large as the sum of all products in 32 bits allows. */
  readonly #largest: number;
  #capacity = 0;
  #bytes = new Int8Array(0);
  #floats = new Float32Array(0);

  /** Null where the engine has no WASM SIMD or refuses the memory. */
  static create(dimensions: number): CodeBlock | null {
    const module = compileKernel(CODES_KERNEL_BASE64);
    if (!module) return null;
    try {
      return new CodeBlock(dimensions, module);
    } catch {
      return null;
    }
  }

  private constructor(dimensions: number, module: WebAssembly.Module) {
    this.#dimensions = dimensions;
    this.#width = Math.ceil(dimensions / STEP) * STEP;
    this.#stride = this.#width + TAIL;
    this.#largest = Math.min(32767, Math.floor((2 ** 31 - 1) / (LARGEST_CODE * this.#width)));
    const { run, memory } = instantiateKernel<BoundsKernel>(module, 'bounds', this.#rowsAt);
    this.#memory = memory;
    this.#kernel = run;
  }

  /** Bytes held, those in reserve included. */
  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** The memory of the codes, and where they lie in it: for measurement. */
  span(count: number): { readonly memory: WebAssembly.Memory; readonly from: number; readonly bytes: number } {
    return { memory: this.#memory, from: this.#rowsAt, bytes: count * this.#stride };
  }

  /** @throws RangeError, with nothing changed, if there is not enough memory. */
  reserve(rows: number): void {
    if (rows <= this.#capacity) return;
    const capacity = roomFor(rows);
    growTo(this.#memory, this.#endOf(capacity));
    this.#capacity = capacity;
    this.#view();
  }

  /** `vector` is L2-normalised, or the bounds do not hold. */
  set(row: number, vector: Float32Array): void {
    const at = this.#endOf(row);
    const codes = this.#bytes;
    const scale = Math.fround(largestOf(vector) / LARGEST_CODE);
    let squares = 0;
    for (let i = 0; i < vector.length; i++) {
      const value = vector[i]!;
      const code = Math.round(value / scale);
      codes[at + i] = code;
      const rest = value - code * scale;
      squares += rest * rest;
    }
    const tail = (at + this.#width) >> 2;
    this.#floats[tail] = scale;
    this.#floats[tail + 1] = Math.sqrt(squares) * (1 + 2 * LENGTH_TOLERANCE);
  }

  move(from: number, to: number): void {
    const start = this.#endOf(from);
    this.#bytes.copyWithin(this.#endOf(to), start, start + this.#stride);
  }

  /** Valid until the next call. @throws RangeError if there is not enough memory for them. */
  bounds(query: Float32Array, count: number): Bounds {
    const lowerAt = this.#endOf(this.#capacity);
    const upperAt = lowerAt + count * 4;
    growTo(this.#memory, upperAt + count * 4);
    this.#view();
    const { scale, rest } = this.#encode(query);
    this.#kernel(0, scale, this.#rowsAt, this.#width, this.#stride, count, lowerAt, upperAt);
    // How long what the codes stand for can be: the vector and the rest, which is at most half a step an axis.
    const longest = 1 + LENGTH_TOLERANCE + Math.sqrt(this.#dimensions) / (2 * LARGEST_CODE);
    return {
      lower: new Float32Array(this.#memory.buffer, lowerAt, count),
      upper: new Float32Array(this.#memory.buffer, upperAt, count),
      doubt: rest * longest + ROUNDING,
    };
  }

  /** Writes the query's codes; its scale, and the length of what they leave out. */
  #encode(query: Float32Array): { scale: number; rest: number } {
    const codes = new Int16Array(this.#memory.buffer, 0, this.#width);
    const scale = Math.fround(largestOf(query) / this.#largest);
    let squares = 0;
    for (let i = 0; i < query.length; i++) {
      const code = Math.trunc(query[i]! / scale);
      codes[i] = code;
      const rest = query[i]! - code * scale;
      squares += rest * rest;
    }
    return { scale, rest: Math.sqrt(squares) };
  }

  get #rowsAt(): number {
    return this.#width * 2;
  }

  #endOf(rows: number): number {
    return this.#rowsAt + rows * this.#stride;
  }

  /** Growing leaves the old views empty. */
  #view(): void {
    const { buffer } = this.#memory;
    if (this.#bytes.buffer === buffer) return;
    this.#bytes = new Int8Array(buffer);
    this.#floats = new Float32Array(buffer);
  }
}

function largestOf(vector: Float32Array): number {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  return largest;
}
