/** Door to reading and chunking: a file in, its document and passages out. */
import { env } from '@xenova/transformers';
import { configureTransformers } from '../models/transformers.ts';
import { chunk, type ChunkSettings } from '../pipeline/chunk/chunk.ts';
import { estimateTokens } from '../pipeline/chunk/estimate.ts';
import type { CountTokens } from '../pipeline/chunk/units.ts';
import { ReadError, type Document, type Passage } from '../pipeline/document.ts';
import { loadTokenCounter } from '../pipeline/embed/embedder.ts';
import { readDocument } from '../pipeline/read/read.ts';
import type { ModelForWorker } from './model.ts';
import { serve } from './serve.ts';

export type ReaderRequest =
  /** The embedder's tokenizer; without it, token counts are estimated. */
  | { readonly type: 'load'; readonly tokenizer: ModelForWorker | null }
  | {
      readonly type: 'read';
      readonly path: string;
      readonly file: Blob;
      readonly settings: ChunkSettings;
      readonly assets: string;
    }
  /** Other sizes for a document that has been read. */
  | { readonly type: 'chunk'; readonly document: Document; readonly settings: ChunkSettings };

export interface ReaderReply {
  /** Null for `load` and `chunk`. */
  readonly document: Document | null;
  readonly passages: readonly Passage[];
}

let count: CountTokens = estimateTokens;

serve<ReaderRequest, ReaderReply>(async (request) => {
  switch (request.type) {
    case 'load':
      if (request.tokenizer) {
        configureTransformers(env, request.tokenizer);
        count = await loadTokenCounter(request.tokenizer.modelId);
      }
      return { reply: { document: null, passages: [] } };
    case 'read': {
      const bytes = await bytesOf(request.file, request.path);
      const document = await readDocument({ path: request.path, bytes }, { assets: request.assets });
      return { reply: { document, passages: chunk(document, request.settings, count) } };
    }
    case 'chunk':
      return { reply: { document: null, passages: chunk(request.document, request.settings, count) } };
  }
});

/** @throws ReadError when the file has been moved or changed since it was dropped. */
async function bytesOf(file: Blob, path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new ReadError(
      'damaged',
      `“${path}” could not be opened: it was moved, changed or is no longer there. Add it again from where it is now.`,
    );
  }
}
