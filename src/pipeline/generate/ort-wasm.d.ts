/** The glue that Emscripten made for ONNX Runtime 1.14; its own types need a package that is not here. */
declare module 'onnxruntime-web/lib/wasm/binding/ort-wasm.js' {
  import type { OrtFunctions } from './runtime.ts';

  export default function startOrt(settings: {
    wasmBinary: ArrayBuffer;
    print(line: string): void;
    printErr(line: string): void;
  }): Promise<OrtFunctions>;
}
