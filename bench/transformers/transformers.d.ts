/** As much of transformers.js 4 as the bench uses; the package itself is there only after bench/peers/install.ts. */
declare module '@huggingface/transformers' {
  export const env: {
    localModelPath: string;
    allowRemoteModels: boolean;
    allowLocalModels: boolean;
    useBrowserCache: boolean;
    backends: { onnx: { wasm?: { numThreads: number; wasmPaths: string } } };
  };

  export class Tensor {
    constructor(type: 'float32', values: Float32Array, dims: readonly number[]);
    readonly dims: readonly number[];
  }

  type Inputs = Readonly<Record<string, Tensor>>;

  export interface Tokenizer {
    (text: string, options: { add_special_tokens: boolean }): { input_ids: Tensor; attention_mask: Tensor };
  }

  export class TextStreamer {
    constructor(
      tokenizer: Tokenizer,
      options: {
        skip_prompt: boolean;
        callback_function(piece: string): void;
        token_callback_function(ids: readonly bigint[]): void;
      },
    );
  }

  export const AutoTokenizer: { from_pretrained(name: string): Promise<Tokenizer> };

  export const AutoModelForCausalLM: {
    from_pretrained(
      name: string,
      options: { model_file_name: string; dtype: string; device: string },
    ): Promise<{
      forward(inputs: Inputs): Promise<unknown>;
      generate(
        options: { input_ids: Tensor; attention_mask: Tensor } & {
          max_new_tokens: number;
          do_sample: boolean;
          streamer: TextStreamer;
        },
      ): Promise<unknown>;
    }>;
  };
}
