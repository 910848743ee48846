/** Makes transformers.js read a model from Blobs and from nowhere else. Used inside workers, and in Node by the tests. */

/** What is set of transformers.js' `env`; its own type leaves the ORT settings open. */
export interface TransformersEnv {
  allowRemoteModels: boolean;
  allowLocalModels: boolean;
  localModelPath: string;
  useFS: boolean;
  useBrowserCache: boolean;
  useFSCache: boolean;
  useCustomCache: boolean;
  customCache: object | null;
  readonly backends: { readonly onnx: { readonly wasm?: { wasmPaths?: unknown; numThreads?: number } } };
}

export interface ModelSource {
  /** Absolute URL, with its final slash, of the folder that holds the four `.wasm` files of onnxruntime-web. */
  readonly wasmPaths: string;
  /** Path in the model's folder -> its content. */
  readonly files: ReadonlyMap<string, Blob>;
  /** The id that is given to `from_pretrained`. */
  readonly modelId: string;
}

// No browser and no Node fetches this scheme: asking for a file that is not there ends before any network. A 404 from
// the custom cache would not do: transformers.js 2.17.2 takes whatever `match` returns for the file's content.
const NOWHERE = 'carrel-model:/';

/**
 * After this `from_pretrained(modelId)` reads `files`; a file that is not among them counts as absent: an optional one
 * is left out, a needed one makes `from_pretrained` throw. Calling it again replaces the model.
 */
export function configureTransformers(env: TransformersEnv, { wasmPaths, files, modelId }: ModelSource): void {
  const prefix = `${NOWHERE}${modelId}/`;
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = NOWHERE;
  // Any of these three, where the platform has it, would be asked before the custom cache.
  env.useFS = false;
  env.useBrowserCache = false;
  env.useFSCache = false;
  env.useCustomCache = true;
  env.customCache = {
    match: (url: string): Promise<Response | undefined> => {
      const blob = url.startsWith(prefix) ? files.get(url.slice(prefix.length)) : undefined;
      const headers = { 'content-length': String(blob?.size) };
      return Promise.resolve(blob && new Response(blob, { headers }));
    },
    put: () => Promise.resolve(),
  };
  const { wasm } = env.backends.onnx;
  if (wasm) {
    wasm.wasmPaths = wasmPaths;
    wasm.numThreads = 1;
  }
}
