/** The yardstick: the loop over ONNX Runtime's JavaScript session, as Carrel had it first. */
import { InferenceSession, Tensor, env } from 'onnxruntime-web';
import type { Writer } from './page.ts';

const LAYERS = 30;

function emptyCache(): Record<string, Tensor> {
  const names = Array.from({ length: LAYERS }, (_, layer) => [`${layer}.key`, `${layer}.value`]).flat();
  const empty = () => new Tensor('float32', new Float32Array(0), [1, 3, 0, 64]);
  return Object.fromEntries(names.map((name) => [`past_key_values.${name}`, empty()]));
}

/** All keys and values go into the WASM memory and come out of it at each step. */
export async function plainWriter(model: Blob, wasmPaths: string, adapterScale: number): Promise<Writer> {
  env.wasm.wasmPaths = wasmPaths;
  env.wasm.numThreads = 1;
  const session = await InferenceSession.create(await model.arrayBuffer(), { executionProviders: ['wasm'] });
  let past: Record<string, Tensor> = {};
  let length = 0;
  const step = async (ids: readonly number[]): Promise<Float32Array> => {
    const row = (count: number, value: (i: number) => number) =>
      new Tensor(
        'int64',
        BigInt64Array.from({ length: count }, (_, i) => BigInt(value(i))),
        [1, count],
      );
    const outputs = await session.run({
      ...past,
      input_ids: row(ids.length, (i) => ids[i]!),
      attention_mask: row(length + ids.length, () => 1),
      position_ids: row(ids.length, (i) => length + i),
      adapter_scale: new Tensor('float32', Float32Array.of(adapterScale), []),
    });
    length += ids.length;
    past = {};
    for (const [name, tensor] of Object.entries(outputs)) {
      if (name.startsWith('present.')) past[name.replace('present.', 'past_key_values.')] = tensor as Tensor;
    }
    return outputs['logits']!.data as Float32Array;
  };
  return {
    begin(prompt) {
      past = emptyCache();
      length = 0;
      return step(prompt);
    },
    next: (id) => step([id]),
    end() {
      past = {};
    },
  };
}
