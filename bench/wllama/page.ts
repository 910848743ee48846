/** In the page: wllama writes. */
import { Wllama } from '@wllama/wllama';
import wasm from '@wllama/wllama/esm/wasm/wllama.wasm?url';
import type { PeerBench } from '../peers/beside.ts';

export interface Bench extends PeerBench {
  load(gguf: string, threads: number): Promise<void>;
}

let loaded: Wllama | null = null;

const bench: Bench = {
  async load(gguf, threads) {
    const blob = await (await fetch(gguf)).blob();
    loaded = new Wllama({ default: wasm }, { suppressNativeLog: true });
    await loaded.loadModel([blob], { n_ctx: 1024, n_threads: threads, n_gpu_layers: 0, flash_attn: true });
  },
  async write(prompt, tokens) {
    if (!loaded) throw new Error('No model is loaded.');
    const came: number[] = [];
    let text = '';
    let promptTokens = NaN;
    const began = performance.now();
    const chunks = await loaded.createCompletion({
      prompt,
      max_tokens: tokens,
      temperature: 0,
      cache_prompt: false,
      timings_per_token: true,
      stream: true,
    });
    for await (const { choices, timings } of chunks) {
      if (timings) promptTokens = timings.prompt_n;
      const piece = choices[0]?.text ?? '';
      if (!piece) continue;
      text += piece;
      came.push(performance.now());
    }
    const [earliest = NaN] = came;
    const seconds = ((came.at(-1) ?? NaN) - earliest) / 1000;
    return { promptTokens, first: (earliest - began) / 1000, rate: (came.length - 1) / seconds, text };
  },
};
Object.assign(globalThis, { bench });
