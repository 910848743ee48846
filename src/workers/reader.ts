/** Door to reading and chunking: a file in, its document and passages out. */
import { env } from '@xenova/transformers';
import { configureTransformers } from '../models/transformers.ts';
import { chunk, sentencesToEmbed, type ChunkSettings } from '../pipeline/chunk/chunk.ts';
import { estimateTokens } from '../pipeline/chunk/estimate.ts';
import type { CountTokens } from '../pipeline/chunk/units.ts';
import { ReadError, type Document, type InnerFile, type Passage } from '../pipeline/document.ts';
import { loadTokenCounter } from '../pipeline/embed/embedder.ts';
import { readDocument } from '../pipeline/read/read.ts';
import type { Recognise } from '../pipeline/read/reading.ts';
import type { ModelForWorker } from './model.ts';
import { openRecogniser, type Recogniser } from './recogniser.ts';
import { serve } from './serve.ts';

export type ReaderRequest =
  /** The embedder's tokenizer; without it, token counts are estimated. */
  | { readonly type: 'load'; readonly tokenizer: ModelForWorker | null }
  | {
      readonly type: 'read';
      readonly path: string;
      readonly file: Blob;
      readonly settings: ChunkSettings;
      /** Where pdf.js finds its data. */
      readonly assets: string;
      readonly password: string | null;
      /** How long it may take. */
      readonly milliseconds: number;
      /** Where text recognition finds its files, when the person asked for it. */
      readonly recogniser: string | null;
    }
  /** Other passages for a document that has been read. `vectors` are those of its `toEmbed`. */
  | {
      readonly type: 'chunk';
      readonly document: Document;
      readonly settings: ChunkSettings;
      readonly vectors?: readonly Float32Array[];
    };

export interface ReaderReply {
  /** Null for `load` and `chunk`. */
  readonly document: WithoutInner | null;
  readonly passages: readonly Passage[];
  /** Sentences whose vectors are needed before the document can be cut; there are no passages then. */
  readonly toEmbed: readonly string[];
  /** What the file held, as files: `document.inner` is empty here, so that no bytes cross twice. */
  readonly inner: readonly InnerBlob[];
}

/** The document alone: the files inside it cross as blobs. */
type WithoutInner = Omit<Document, 'inner'> & { readonly inner: readonly never[] };

export interface InnerBlob {
  /** Below the outer file's path. */
  readonly path: string;
  readonly blob: Blob;
}

/** A picture has been given to the recogniser, or is finished; `done` counts the finished ones. */
export interface ReaderProgress {
  readonly done: number;
}

let count: CountTokens = estimateTokens;

serve<ReaderRequest, ReaderReply, ReaderProgress>(async (request, progress) => {
  switch (request.type) {
    case 'load':
      if (request.tokenizer) {
        configureTransformers(env, request.tokenizer);
        count = await loadTokenCounter(request.tokenizer.modelId);
      }
      return { reply: { document: null, passages: [], toEmbed: [], inner: [] } };
    case 'read': {
      const { path, assets, password, settings, milliseconds } = request;
      const bytes = await bytesOf(request.file, path);
      const recogniser = request.recogniser === null ? null : openRecogniser(request.recogniser);
      try {
        const options = {
          assets,
          milliseconds,
          ...(password === null ? {} : { password }),
          ...(recogniser === null ? {} : { recognise: counted(recogniser, (done) => progress({ done })) }),
        };
        const { inner, ...document } = await readDocument({ path, bytes }, options);
        const alone = { ...document, inner: [] };
        return { reply: { document: alone, ...cut(alone, settings), inner: inner.map(asBlob) } };
      } finally {
        await recogniser?.close();
      }
    }
    case 'chunk':
      return { reply: { document: null, ...cut(request.document, request.settings, request.vectors), inner: [] } };
  }
});

function cut(
  document: Document,
  settings: ChunkSettings,
  vectors?: readonly Float32Array[],
): Pick<ReaderReply, 'passages' | 'toEmbed'> {
  const toEmbed = vectors ? [] : sentencesToEmbed(document, settings, count);
  return { passages: toEmbed.length > 0 ? [] : chunk(document, settings, count, vectors), toEmbed };
}

/** Tells of every picture before and after: a picture has a time budget of its own. */
function counted(recogniser: Recogniser, tell: (done: number) => void): Recognise {
  let done = 0;
  return async (picture) => {
    tell(done);
    const lines = await recogniser.lines(picture);
    tell(++done);
    return lines;
  };
}

function asBlob({ path, bytes }: InnerFile): InnerBlob {
  return { path, blob: new Blob([bytes]) };
}

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
