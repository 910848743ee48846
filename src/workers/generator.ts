/** Door to the generator: passages and a question in, text out as it comes. */
import { env } from '@xenova/transformers';
import { configureTransformers } from '../models/transformers.ts';
import { Generator, type Generated } from '../pipeline/generate/generator.ts';
import type { ReadAs } from '../pipeline/generate/reading.ts';
import { buildPrompt, type Prompt, type PromptPassage, type PromptPieces } from '../pipeline/prompt/prompt.ts';
import type { ModelForWorker } from './model.ts';
import { hasSimd } from '../service-worker/files.ts';
import { serve } from './serve.ts';

export type GeneratorRequest =
  | { readonly type: 'load'; readonly model: ModelForWorker }
  | { readonly type: 'prompt'; readonly passages: readonly PromptPassage[]; readonly question: string }
  /** The prompt's passages are read before it is asked for. */
  | { readonly type: 'read-ahead'; readonly prompt: PromptPieces; readonly readAs: ReadAs }
  | {
      readonly type: 'generate';
      readonly prompt: PromptPieces;
      readonly readAs: ReadAs;
      readonly maxTokens: number;
    };

export type GeneratorReply =
  | { readonly type: 'loaded' }
  | { readonly type: 'prompt'; readonly prompt: Prompt }
  | { readonly type: 'read' }
  | { readonly type: 'generated'; readonly generated: Generated };

export type GeneratorProgress = { readonly type: 'read' } | { readonly type: 'text'; readonly piece: string };

let generator: Generator | null = null;

serve<GeneratorRequest, GeneratorReply, GeneratorProgress>(async (request, progress, signal) => {
  if (request.type === 'load') {
    configureTransformers(env, request.model);
    const { modelId, files, wasmPaths } = request.model;
    generator = await Generator.load({ modelId, files, wasm: await runtimeAt(wasmPaths) });
    return { reply: { type: 'loaded' } };
  }
  const model = generator;
  if (!model) throw new Error('The generator has not been loaded.');
  if (request.type === 'prompt') {
    const prompt = buildPrompt(request.passages, request.question, (text) => model.encode(text));
    return { reply: { type: 'prompt', prompt } };
  }
  if (request.type === 'read-ahead') {
    await model.readAhead(request.prompt, request.readAs, signal);
    return { reply: { type: 'read' } };
  }
  const generated = await model.generate(request.prompt, {
    ...request.readAs,
    maxTokens: request.maxTokens,
    signal,
    onRead: () => progress({ type: 'read' }),
    onText: (piece) => progress({ type: 'text', piece }),
  });
  return { reply: { type: 'generated', generated } };
});

/** ONNX Runtime in the build for this engine. @throws Error if it cannot be had */
async function runtimeAt(folder: string): Promise<ArrayBuffer> {
  const file = hasSimd() ? 'ort-wasm-simd.wasm' : 'ort-wasm.wasm';
  const response = await fetch(folder + file);
  if (!response.ok) throw new Error(`ONNX Runtime could not be fetched (${file}: ${response.status}).`);
  return response.arrayBuffer();
}
