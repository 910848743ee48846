/** A model in ONNX Runtime's memory: named tensors in, named tensors out, none of them copied. */
import { OutOfMemoryError } from './memory.ts';
import { LOG_WARNINGS, type Runtime } from './runtime.ts';
import { Tensor } from './tensor.ts';

/** ORT_ENABLE_ALL */
const ALL_OPTIMISATIONS = 99;

export class Session {
  private constructor(
    private readonly runtime: Runtime,
    private readonly handle: number,
    private readonly runOptions: number,
    /** Name -> address of the name. */
    private readonly inputs: ReadonlyMap<string, number>,
    private readonly outputs: ReadonlyMap<string, number>,
  ) {}

  /** @param model an ONNX file; it is read piece by piece, never held whole outside the runtime's memory */
  static async open(runtime: Runtime, model: Blob): Promise<Session> {
    const { ort } = runtime;
    const bytes = runtime.allocate(model.size);
    let handle: number;
    try {
      const reader = model.stream().getReader();
      for (let at = bytes, piece = await reader.read(); !piece.done; piece = await reader.read()) {
        ort.HEAPU8.set(piece.value, at);
        at += piece.value.length;
      }
      // No memory patterns: ONNX Runtime keeps one for each length of the input, and none of them saves time.
      const options = ort._OrtCreateSessionOptions(ALL_OPTIMISATIONS, true, false, 0, false, 0, 0, LOG_WARNINGS, 0);
      if (options === 0) throw runtime.failure('The settings of the model were refused');
      handle = ort._OrtCreateSession(bytes, model.size, options);
      ort._OrtReleaseSessionOptions(options);
    } finally {
      runtime.free(bytes);
    }
    if (handle === 0) {
      const failure = runtime.failure('The model cannot be read');
      throw runtime.hasRoomFor(model.size) ? failure : new OutOfMemoryError(failure.message);
    }
    const names = (count: number, nameOf: (session: number, i: number) => number) =>
      new Map(
        Array.from({ length: count }, (_, i) => {
          const address = nameOf(handle, i);
          return [ort.UTF8ToString(address), address] as const;
        }),
      );
    const inputs = names(ort._OrtGetInputCount(handle), ort._OrtGetInputName);
    const outputs = names(ort._OrtGetOutputCount(handle), ort._OrtGetOutputName);
    return new Session(runtime, handle, ort._OrtCreateRunOptions(LOG_WARNINGS, 0, false, 0), inputs, outputs);
  }

  /** All outputs by name. Inputs stay the caller's, outputs become so: each is released by the caller. */
  run(inputs: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
    const { ort } = this.runtime;
    const given = [...inputs].map(([name, { handle }]) => {
      const address = this.inputs.get(name);
      if (address === undefined) throw new Error(`The model has no input ${name}.`);
      return { address, handle };
    });
    const [n, m] = [given.length, this.outputs.size];
    return this.runtime.withWords(2 * (n + m), (word) => {
      const [names, values, outputNames, outputs] = [word, word + n, word + 2 * n, word + 2 * n + m];
      ort.HEAPU32.set(
        given.map(({ address }) => address),
        names,
      );
      ort.HEAPU32.set(
        given.map(({ handle }) => handle),
        values,
      );
      ort.HEAPU32.set([...this.outputs.values()], outputNames);
      ort.HEAPU32.fill(0, outputs, outputs + m);
      const error = ort._OrtRun(
        ...([this.handle, 4 * names, 4 * values, n] as const),
        ...([4 * outputNames, m, 4 * outputs, this.runOptions] as const),
      );
      if (error !== 0) throw this.runtime.failure('The model failed');
      const handles = [...ort.HEAPU32.subarray(outputs, outputs + m)];
      return new Map([...this.outputs.keys()].map((name, i) => [name, Tensor.result(this.runtime, handles[i]!)]));
    });
  }

  release(): void {
    const { ort } = this.runtime;
    for (const address of [...this.inputs.values(), ...this.outputs.values()]) ort._OrtFree(address);
    ort._OrtReleaseRunOptions(this.runOptions);
    ort._OrtReleaseSession(this.handle);
  }
}
