/**
 * ONNX Runtime's C functions in WebAssembly. Its JavaScript session copies every input into the WASM memory and every
 * output out of it; called directly, what a step leaves there (keys and values, 23 MB after 500 tokens) is the next
 * step's input where it lies.
 */
import startOrt from 'onnxruntime-web/lib/wasm/binding/ort-wasm.js';
import { OutOfMemoryError } from './memory.ts';

/** Addresses and handles are bytes from the start of the memory; 0 is failure. The views change when memory grows. */
export interface OrtFunctions {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  readonly HEAPU32: Uint32Array<ArrayBuffer>;
  readonly HEAPF32: Float32Array<ArrayBuffer>;
  _malloc(bytes: number): number;
  _free(address: number): void;
  stackSave(): number;
  stackAlloc(bytes: number): number;
  stackRestore(to: number): void;
  UTF8ToString(address: number): string;
  _OrtInit(threads: number, loggingLevel: number): number;
  _OrtCreateSessionOptions(
    graphOptimizationLevel: number,
    enableCpuMemArena: boolean,
    enableMemPattern: boolean,
    executionMode: number,
    enableProfiling: boolean,
    profileFilePrefix: number,
    logId: number,
    logSeverityLevel: number,
    logVerbosityLevel: number,
  ): number;
  _OrtReleaseSessionOptions(options: number): void;
  _OrtCreateSession(model: number, bytes: number, options: number): number;
  _OrtReleaseSession(session: number): void;
  _OrtGetInputCount(session: number): number;
  _OrtGetOutputCount(session: number): number;
  _OrtGetInputName(session: number, index: number): number;
  _OrtGetOutputName(session: number, index: number): number;
  _OrtFree(address: number): void;
  _OrtCreateTensor(type: number, address: number, bytes: number, dims: number, rank: number): number;
  _OrtGetTensorData(tensor: number, type: number, address: number, dims: number, rank: number): number;
  _OrtReleaseTensor(tensor: number): void;
  _OrtCreateRunOptions(logSeverityLevel: number, logVerbosityLevel: number, terminate: boolean, tag: number): number;
  _OrtReleaseRunOptions(options: number): void;
  _OrtRun(
    session: number,
    inputNames: number,
    inputs: number,
    inputCount: number,
    outputNames: number,
    outputCount: number,
    outputs: number,
    options: number,
  ): number;
}

/** Warnings and worse are printed. */
export const LOG_WARNINGS = 2;

export class Runtime {
  private constructor(
    readonly ort: OrtFunctions,
    private readonly printed: string[],
  ) {}

  /** @param wasm content of `ort-wasm-simd.wasm`, or of `ort-wasm.wasm` where the engine has no SIMD */
  static async start(wasm: ArrayBuffer): Promise<Runtime> {
    const printed: string[] = [];
    const print = (line: string) => {
      printed.push(line);
      if (printed.length > 10) printed.shift();
    };
    const ort = await startOrt({ wasmBinary: wasm, print, printErr: print });
    const runtime = new Runtime(ort, printed);
    // One thread: the build without threads has no other.
    if (ort._OrtInit(1, LOG_WARNINGS) !== 0) throw runtime.failure('ONNX Runtime did not start');
    return runtime;
  }

  /** Bytes of the WASM memory; it never shrinks. */
  get bytes(): number {
    return this.ort.HEAPU8.byteLength;
  }

  /** A block of memory, to be given back with `free`. @throws OutOfMemoryError if there is none */
  allocate(bytes: number): number {
    const address = this.ort._malloc(bytes);
    if (address === 0)
      throw new OutOfMemoryError(`There is no memory for another ${Math.ceil(bytes / 1e6)} MB of the model.`);
    return address >>> 0;
  }

  /** Whether a block of so many bytes can be had: what failed for want of it does not always say so. */
  hasRoomFor(bytes: number): boolean {
    const address = this.ort._malloc(bytes);
    if (address !== 0) this.ort._free(address);
    return address !== 0;
  }

  free(address: number): void {
    this.ort._free(address);
  }

  /** Calls `work` with room for so many words of 32 bits, which is gone afterwards; `word` is its index in HEAPU32. */
  withWords<T>(count: number, work: (word: number) => T): T {
    const before = this.ort.stackSave();
    try {
      return work((this.ort.stackAlloc(4 * count) >>> 0) / 4);
    } finally {
      this.ort.stackRestore(before);
    }
  }

  /** What ONNX Runtime said last belongs to the error. */
  failure(what: string): Error {
    const said = this.printed.splice(0).join(' ').trim();
    return new Error(said ? `${what}: ${said}` : `${what}.`);
  }
}
