/** As much of wllama 3.13 as the bench uses; the package itself is there only after bench/peers/install.ts. */
declare module '@wllama/wllama' {
  export class Wllama {
    constructor(paths: { default: string }, options: { suppressNativeLog: boolean });
    loadModel(
      parts: Blob[],
      options: { n_ctx: number; n_threads: number; n_gpu_layers: number; flash_attn: boolean },
    ): Promise<void>;
    createCompletion(options: {
      prompt: string;
      max_tokens: number;
      temperature: number;
      cache_prompt: boolean;
      timings_per_token: boolean;
      stream: true;
    }): Promise<
      AsyncIterable<{
        choices: readonly { text: string }[];
        timings?: { prompt_n: number };
      }>
    >;
  }
}

declare module '@wllama/wllama/esm/wasm/wllama.wasm?url' {
  const address: string;
  export default address;
}
