/** The tests' decoder (scripts/tiny-models/decoder.ts) in ONNX Runtime's WASM, here in Node. */
import { readFileSync } from 'node:fs';
import { LanguageModel } from '../../src/pipeline/generate/language-model.ts';
import { Runtime } from '../../src/pipeline/generate/runtime.ts';

export const tinyShape = { layers: 2, heads: 2, width: 4, ropeTheta: 10_000 } as const;

export async function openTinyDecoder(): Promise<{ runtime: Runtime; model: LanguageModel }> {
  const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url));
  const runtime = await Runtime.start(read('node_modules/onnxruntime-web/dist/ort-wasm-simd.wasm').buffer);
  const file = new Blob([read('tests/fixtures/tiny-models/tiny-decoder.onnx')]);
  return { runtime, model: await LanguageModel.open(runtime, file, tinyShape) };
}
