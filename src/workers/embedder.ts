/** Door to the embedder: texts in, vectors out. */
import { env } from '@xenova/transformers';
import { configureTransformers } from '../models/transformers.ts';
import { Embedder } from '../pipeline/embed/embedder.ts';
import { serve } from './serve.ts';
import type { ModelForWorker } from './model.ts';

export type EmbedderRequest =
  | { readonly type: 'load'; readonly model: ModelForWorker }
  | { readonly type: 'passage'; readonly text: string }
  | { readonly type: 'question'; readonly text: string };

/** `leftOut` counts tokens of a question over the model's limit; 0 for a passage. */
export interface EmbedderReply {
  readonly vector: Float32Array | null;
  readonly leftOut: number;
}

let embedder: Embedder | null = null;

serve<EmbedderRequest, EmbedderReply>(async (request) => {
  if (request.type === 'load') {
    configureTransformers(env, request.model);
    embedder = await Embedder.load(request.model.modelId, request.model.form);
    return { reply: { vector: null, leftOut: 0 } };
  }
  if (!embedder) throw new Error('The embedder has not been loaded.');
  const { vector, leftOut } =
    request.type === 'question'
      ? await embedder.embedQuestion(request.text)
      : { vector: await embedder.embed(request.text), leftOut: 0 };
  return { reply: { vector, leftOut }, transfer: [vector.buffer] };
});
