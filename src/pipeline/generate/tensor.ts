/** A tensor in ONNX Runtime's memory. Nothing frees it but `release`. */
import type { Runtime } from './runtime.ts';

/** Numbers of onnx.TensorProto.DataType. */
const FLOAT = 1;
const INT64 = 7;

export class Tensor {
  private constructor(
    private readonly runtime: Runtime,
    /** For `_OrtRun`. */
    readonly handle: number,
    /** Of the first value. */
    readonly address: number,
    readonly dims: readonly number[],
    /** Memory that was allocated for it here; 0 if it is another's. */
    private readonly block: number,
  ) {}

  /** Copies values in. */
  static of(runtime: Runtime, values: Float32Array | BigInt64Array, dims: readonly number[]): Tensor {
    // A tensor without values has an address too.
    const block = runtime.allocate(Math.max(8, values.byteLength));
    runtime.ort.HEAPU8.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), block);
    const type = values instanceof Float32Array ? FLOAT : INT64;
    return new Tensor(runtime, create(runtime, type, block, values.byteLength, dims), block, dims, block);
  }

  /** Float32 values that lie in memory which the caller frees, after the tensor. */
  static at(runtime: Runtime, address: number, dims: readonly number[]): Tensor {
    return new Tensor(runtime, create(runtime, FLOAT, address, 4 * product(dims), dims), address, dims, 0);
  }

  /** An output of a run. */
  static result(runtime: Runtime, handle: number): Tensor {
    const { ort } = runtime;
    return runtime.withWords(4, (word) => {
      const at = [0, 1, 2, 3].map((i) => 4 * (word + i)) as [number, number, number, number];
      if (ort._OrtGetTensorData(handle, ...at) !== 0) throw runtime.failure('An output of the model cannot be read');
      const [, address = 0, list = 0, rank = 0] = ort.HEAPU32.subarray(word, word + 4);
      const dims = [...ort.HEAPU32.subarray(list / 4, list / 4 + rank)];
      ort._OrtFree(list);
      return new Tensor(runtime, handle, address, dims, 0);
    });
  }

  /** The float32 values where they lie: good until the next call into the runtime. */
  get floats(): Float32Array<ArrayBuffer> {
    const first = this.address / 4;
    return this.runtime.ort.HEAPF32.subarray(first, first + product(this.dims));
  }

  release(): void {
    this.runtime.ort._OrtReleaseTensor(this.handle);
    if (this.block !== 0) this.runtime.free(this.block);
  }
}

function create(runtime: Runtime, type: number, address: number, bytes: number, dims: readonly number[]): number {
  return runtime.withWords(Math.max(1, dims.length), (word) => {
    runtime.ort.HEAPU32.set(dims, word);
    const handle = runtime.ort._OrtCreateTensor(type, address, bytes, 4 * word, dims.length);
    if (handle === 0) throw runtime.failure('An input of the model cannot be made');
    return handle;
  });
}

function product(dims: readonly number[]): number {
  return dims.reduce((all, size) => all * size, 1);
}
