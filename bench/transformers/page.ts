/** In the page: transformers.js writes, from the very file that Carrel ships. */
import { AutoModelForCausalLM, AutoTokenizer, env, Tensor, TextStreamer } from '@huggingface/transformers';
import type { PeerBench } from '../peers/beside.ts';

export interface Bench extends PeerBench {
  load(model: string, threads: number): Promise<void>;
}

let loaded: {
  readonly tokenizer: Awaited<ReturnType<typeof AutoTokenizer.from_pretrained>>;
  readonly model: Awaited<ReturnType<typeof AutoModelForCausalLM.from_pretrained>>;
} | null = null;

const bench: Bench = {
  async load(name, threads) {
    Object.assign(env, { allowRemoteModels: false, allowLocalModels: true, useBrowserCache: false });
    // Not a whole address: it would be taken for a remote one.
    env.localModelPath = '/models/';
    Object.assign(env.backends.onnx.wasm!, { numThreads: threads, wasmPaths: new URL('ort/', location.href).href });
    const tokenizer = await AutoTokenizer.from_pretrained(name);
    const model = await AutoModelForCausalLM.from_pretrained(name, {
      ...{ model_file_name: 'decoder_model_merged', dtype: 'q8', device: 'wasm' },
    });
    // The library does not know this input; it passes on what it is given.
    const forward = model.forward.bind(model);
    const adapter_scale = new Tensor('float32', Float32Array.of(0), []);
    model.forward = (inputs) => forward({ ...inputs, adapter_scale });
    loaded = { tokenizer, model };
  },
  async write(prompt, tokens) {
    if (!loaded) throw new Error('No model is loaded.');
    const { tokenizer, model } = loaded;
    const inputs = tokenizer(prompt, { add_special_tokens: false });
    const came: number[] = [];
    let text = '';
    const streamer = new TextStreamer(tokenizer, {
      skip_prompt: true,
      callback_function: (piece) => (text += piece),
      token_callback_function: () => void came.push(performance.now()),
    });
    const began = performance.now();
    await model.generate({ ...inputs, max_new_tokens: tokens, do_sample: false, streamer });
    const [earliest = NaN] = came;
    const seconds = ((came.at(-1) ?? NaN) - earliest) / 1000;
    const promptTokens = inputs.input_ids.dims.at(-1)!;
    return { promptTokens, first: (earliest - began) / 1000, rate: (came.length - 1) / seconds, text };
  },
};
Object.assign(globalThis, { bench });
