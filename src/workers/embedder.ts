/** Door to the embedder: texts in, vectors out. */
import { env } from '@xenova/transformers';
import { configureTransformers } from '../models/transformers.ts';
import { Embedder, type TokenVectors } from '../pipeline/embed/embedder.ts';
import { memoryError } from '../pipeline/generate/memory.ts';
import { serve, type Handler } from './serve.ts';
import type { ModelForWorker } from './model.ts';

export type EmbedderRequest =
  | { readonly type: 'load'; readonly model: ModelForWorker }
  | { readonly type: 'passage'; readonly text: string }
  | { readonly type: 'question'; readonly text: string }
  /** A text with the vectors of its tokens. */
  | { readonly type: 'tokens'; readonly text: string; readonly as: 'passage' | 'question' }
  | { readonly type: 'unusual'; readonly text: string };

export type EmbedderReply =
  | { readonly type: 'loaded' }
  /** `leftOut` counts tokens of a question over the model's limit; 0 for a passage. */
  | { readonly type: 'embedded'; readonly vector: Float32Array; readonly leftOut: number }
  | { readonly type: 'tokens'; readonly tokens: TokenVectors }
  | { readonly type: 'unusual'; readonly words: readonly string[] };

let embedder: Embedder | null = null;

serve<EmbedderRequest, EmbedderReply>((request) =>
  answer(request).catch((error: unknown) => {
    throw memoryError(error);
  }),
);

async function answer(request: EmbedderRequest): ReturnType<Handler<EmbedderRequest, EmbedderReply, never>> {
  if (request.type === 'load') {
    configureTransformers(env, request.model);
    embedder = await Embedder.load(request.model.modelId, request.model.form);
    return { reply: { type: 'loaded' } };
  }
  if (!embedder) throw new Error('The embedder has not been loaded.');
  if (request.type === 'unusual') return { reply: { type: 'unusual', words: embedder.unusualWords(request.text) } };
  if (request.type === 'tokens') {
    const tokens = await embedder.embedTokens(request.text, request.as);
    return { reply: { type: 'tokens', tokens }, transfer: [tokens.vectors.buffer, tokens.vector.buffer] };
  }
  const { vector, leftOut } =
    request.type === 'question'
      ? await embedder.embedQuestion(request.text)
      : { vector: await embedder.embed(request.text), leftOut: 0 };
  return { reply: { type: 'embedded', vector, leftOut }, transfer: [vector.buffer] };
}
