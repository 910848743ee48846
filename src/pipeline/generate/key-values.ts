/** Keys and values of tokens that the model has read: what attention looks back at. */
import type { Runtime } from './runtime.ts';
import { Tensor } from './tensor.ts';

export interface KeyValueShape {
  readonly layers: number;
  /** Of keys and values; queries may have more. */
  readonly heads: number;
  /** Of one head. */
  readonly width: number;
  /** The base of the angles by which positions turn keys (RoPE, Su et al. 2021). */
  readonly ropeTheta: number;
}

/** Outside the runtime's memory: it can be kept, sent to another worker, joined with others. */
export interface KeyValueBlock {
  readonly tokens: number;
  /** [layers, key and value, heads, tokens, width] */
  readonly values: Float32Array;
}

/** A block, and how many positions further on than where it was read its tokens are to stand. */
export interface Moved {
  readonly block: KeyValueBlock;
  readonly by: number;
}

/** In the runtime's memory, one tensor [1, heads, tokens, width] for each layer's keys and one for its values. */
export class KeyValues {
  private constructor(
    private readonly runtime: Runtime,
    readonly shape: KeyValueShape,
    readonly tokens: number,
    /** Keys of layer 0, values of layer 0, keys of layer 1, ... */
    readonly tensors: readonly Tensor[],
    /** Memory that all tensors share; 0 if each has its own. */
    private readonly block: number,
  ) {}

  /** Takes over what a run has put out. */
  static made(runtime: Runtime, shape: KeyValueShape, tensors: readonly Tensor[]): KeyValues {
    return new KeyValues(runtime, shape, tensors[0]!.dims[2]!, tensors, 0);
  }

  /**
   * Copies blocks one after the other, in this order; of none comes the empty past. A key bears the position that it
   * was read at, until it is moved; the order of the blocks changes no score.
   */
  static join(runtime: Runtime, shape: KeyValueShape, blocks: readonly Moved[]): KeyValues {
    const tokens = blocks.reduce((sum, { block }) => sum + block.tokens, 0);
    const { layers, heads, width } = shape;
    const [rows, row] = [2 * layers * heads, tokens * width];
    const block = runtime.allocate(Math.max(8, 4 * rows * row));
    const memory = runtime.ort.HEAPF32.subarray(block / 4, block / 4 + rows * row);
    let at = 0;
    for (const { block: part, by } of blocks) {
      const size = part.tokens * width;
      const turn = turning(by, shape);
      for (let i = 0; i < rows; i++) {
        const target = memory.subarray(i * row + at, i * row + at + size);
        target.set(part.values.subarray(i * size, (i + 1) * size));
        const isKey = Math.floor(i / heads) % 2 === 0;
        if (isKey && by !== 0) turn(target);
      }
      at += size;
    }
    const tensors = Array.from({ length: 2 * layers }, (_, i) =>
      Tensor.at(runtime, block + 4 * i * heads * row, [1, heads, tokens, width]),
    );
    return new KeyValues(runtime, shape, tokens, tensors, block);
  }

  /** A copy outside the runtime of the tokens from `start` up to `end`. */
  copy(start = 0, end = this.tokens): KeyValueBlock {
    const { layers, heads, width } = this.shape;
    const [rows, size] = [2 * layers * heads, (end - start) * width];
    const values = new Float32Array(rows * size);
    for (let i = 0; i < rows; i++) {
      const row = rowOf(this, i, heads, this.tokens * width);
      values.set(row.subarray(start * width, end * width), i * size);
    }
    return { tokens: end - start, values };
  }

  release(): void {
    for (const tensor of this.tensors) tensor.release();
    if (this.block !== 0) this.runtime.free(this.block);
  }
}

/**
 * Turns keys [tokens, width] in place as if their tokens stood so many positions further on: the numbers i and
 * i + width / 2 are a pair, turned by their own angle.
 */
function turning(by: number, { width, ropeTheta }: KeyValueShape): (keys: Float32Array) => void {
  const half = width / 2;
  const angles = Array.from({ length: half }, (_, i) => by / ropeTheta ** (i / half));
  const [cos, sin] = [angles.map(Math.cos), angles.map(Math.sin)];
  return (keys) => {
    for (let token = 0; token < keys.length; token += width) {
      for (let i = 0; i < half; i++) {
        const [a, b] = [keys[token + i]!, keys[token + half + i]!];
        keys[token + i] = a * cos[i]! - b * sin[i]!;
        keys[token + half + i] = b * cos[i]! + a * sin[i]!;
      }
    }
  };
}

/** Row i of [layers * key and value * heads], `size` values. */
function rowOf(part: KeyValues, i: number, heads: number, size: number): Float32Array {
  const head = i % heads;
  return part.tensors[(i - head) / heads]!.floats.subarray(head * size, (head + 1) * size);
}
