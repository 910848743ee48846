/** Keys and values of tokens that the model has read: what attention looks back at. */
import type { Runtime } from './runtime.ts';
import { Tensor } from './tensor.ts';

export interface KeyValueShape {
  readonly layers: number;
  /** Of keys and values; queries may have more. */
  readonly heads: number;
  /** Of one head. */
  readonly width: number;
}

/** Outside the runtime's memory: it can be kept, sent to another worker, joined with others. */
export interface KeyValueBlock {
  readonly tokens: number;
  /** [layers, key and value, heads, tokens, width] */
  readonly values: Float32Array;
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
   * was read at, so blocks may share positions, and their order changes no score.
   */
  static join(runtime: Runtime, shape: KeyValueShape, blocks: readonly (KeyValues | KeyValueBlock)[]): KeyValues {
    const tokens = blocks.reduce((sum, block) => sum + block.tokens, 0);
    const { layers, heads, width } = shape;
    const [rows, row] = [2 * layers * heads, tokens * width];
    const block = runtime.allocate(Math.max(8, 4 * rows * row));
    const memory = runtime.ort.HEAPF32.subarray(block / 4, block / 4 + rows * row);
    let at = 0;
    for (const part of blocks) {
      const size = part.tokens * width;
      for (let i = 0; i < rows; i++) memory.set(rowOf(part, i, heads, size), i * row + at);
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

/** Row i of [layers * key and value * heads], `size` values. */
function rowOf(part: KeyValues | KeyValueBlock, i: number, heads: number, size: number): Float32Array {
  if (!(part instanceof KeyValues)) return part.values.subarray(i * size, (i + 1) * size);
  const head = i % heads;
  return part.tensors[(i - head) / heads]!.floats.subarray(head * size, (head + 1) * size);
}
