/** The workers behind the page, and what the library asks of them. */
import type { ChunkSettings } from '../pipeline/chunk/chunk.ts';
import type { Document, Passage } from '../pipeline/document.ts';
import { ReadError } from '../pipeline/document.ts';
import type { Found } from '../pipeline/answer.ts';
import type { Model } from '../pipeline/pipeline.ts';
import type { SearchOptions } from '../pipeline/retrieve/search.ts';
import { WorkerBridge } from '../workers/bridge.ts';
import type { EmbedderReply, EmbedderRequest } from '../workers/embedder.ts';
import embedderUrl from '../workers/embedder.ts?worker&url';
import type { GeneratorProgress, GeneratorReply, GeneratorRequest } from '../workers/generator.ts';
import generatorUrl from '../workers/generator.ts?worker&url';
import type { ModelForWorker } from '../workers/model.ts';
import type { ReaderProgress, ReaderReply, ReaderRequest } from '../workers/reader.ts';
import readerUrl from '../workers/reader.ts?worker&url';
import type { IndexChoice, SearchReply, SearchRequest } from '../workers/search.ts';
import searchUrl from '../workers/search.ts?worker&url';
import { startWorker } from '../workers/start.ts';
import { EmbedderPool } from './embedder-pool.ts';
import { pictureBudget, readingBudget } from './intake.ts';
import type { Help } from './state.ts';

const minute = 60_000;

/** Longest answer in tokens; a longer one is cut and says so. */
const mostTokens = 192;

/** The models in use; read anew whenever a worker starts. */
export interface EngineModels {
  readonly embedder: Promise<ModelForWorker>;
  readonly dimensions: Promise<number>;
  readonly generator: Promise<ModelForWorker>;
  /** The embedder as the reader needs it for counting tokens; null when it is to estimate. */
  counter(): Promise<ModelForWorker | null>;
}

export interface EngineOptions {
  /** The promises reject with a sentence when a model cannot be had. */
  readonly models: EngineModels;
  /** The index a new collection starts with. */
  index(): IndexChoice;
  /** The collection's worker died and began anew, empty: everything must be put into it again. */
  onCollectionLost(): void;
}

/** A file to read, and who hears of it. */
export interface Reading {
  readonly path: string;
  readonly file: File;
  readonly help: Help;
  readonly settings: ChunkSettings;
  readonly signal: AbortSignal;
  /** Its turn has come. */
  onStarted(): void;
  /** So many pictures have been recognised. */
  onRecognised(done: number): void;
}

export class Engine {
  readonly embedders: EmbedderPool;
  private readonly reader: WorkerBridge<ReaderRequest, ReaderReply, ReaderProgress>;
  private readonly collection: WorkerBridge<SearchRequest, SearchReply>;
  private readonly generator: WorkerBridge<GeneratorRequest, GeneratorReply, GeneratorProgress>;

  private readonly embedderDoors: readonly WorkerBridge<EmbedderRequest, EmbedderReply>[];
  private collectionStarted = false;
  private estimates = false;

  constructor(private readonly options: EngineOptions) {
    const { models } = options;
    this.reader = new WorkerBridge({
      start: () => startWorker(readerUrl, 'reader'),
      prepare: async () => {
        const tokenizer = await models.counter();
        this.estimates = tokenizer === null;
        return { type: 'load', tokenizer };
      },
      idleMilliseconds: minute / 2,
      graceMilliseconds: 0,
    });
    this.collection = new WorkerBridge({
      start: () => {
        if (this.collectionStarted) queueMicrotask(() => options.onCollectionLost());
        this.collectionStarted = true;
        return startWorker(searchUrl, 'search');
      },
      prepare: () => this.opening(),
      idleMilliseconds: Infinity,
      // A search is short: it is let run to its end.
      graceMilliseconds: minute,
    });
    this.generator = new WorkerBridge({
      start: () => startWorker(generatorUrl, 'generator'),
      prepare: async () => ({ type: 'load', model: await models.generator }),
      idleMilliseconds: 5 * minute,
      graceMilliseconds: 5000,
    });
    const workers = Math.max(1, Math.min(4, navigator.hardwareConcurrency || 1));
    this.embedderDoors = Array.from(
      { length: workers },
      () =>
        new WorkerBridge<EmbedderRequest, EmbedderReply>({
          start: () => startWorker(embedderUrl, 'embedder'),
          prepare: async () => ({ type: 'load', model: await models.embedder }),
          idleMilliseconds: 2 * minute,
          graceMilliseconds: minute,
        }),
    );
    this.embedders = new EmbedderPool(this.embedderDoors);
  }

  /**
   * Reads and chunks a file. Each picture whose text is recognised has a time budget of its own.
   * @throws ReadError, also when the time budget runs out; the signal's reason on abort.
   */
  async read({ path, file, help, settings, signal, onStarted, onRecognised }: Reading) {
    const budget = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const allow = (milliseconds: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => budget.abort(tooSlow(path)), milliseconds);
    };
    const milliseconds = readingBudget(file.size, help.patient);
    const onStart = () => {
      onStarted();
      allow(milliseconds + (help.recognise ? pictureBudget : 0));
    };
    const onProgress = ({ done }: ReaderProgress) => {
      allow(milliseconds + pictureBudget);
      onRecognised(done);
    };
    const request = {
      type: 'read',
      path,
      file,
      settings,
      assets: new URL('pdfjs/', document.baseURI).href,
      password: help.password ?? null,
      milliseconds,
      recogniser: help.recognise ? new URL('tesseract/', document.baseURI).href : null,
    } as const;
    const reply = await this.reader
      .call(request, { signal: AbortSignal.any([signal, budget.signal]), onStart, onProgress })
      .finally(() => clearTimeout(timer));
    const read = reply.document!;
    return { document: read, passages: await this.cut(read, settings, reply, signal), inner: reply.inner };
  }

  async rechunk(document: Document, settings: ChunkSettings, signal: AbortSignal): Promise<readonly Passage[]> {
    const reply = await this.reader.call({ type: 'chunk', document, settings }, { signal });
    return this.cut(document, settings, reply, signal);
  }

  /** The passages; where they depend on what the sentences mean, these are embedded first. */
  private async cut(
    document: Document,
    settings: ChunkSettings,
    { passages, toEmbed }: ReaderReply,
    signal: AbortSignal,
  ): Promise<readonly Passage[]> {
    if (toEmbed.length === 0) return passages;
    const vectors = await this.sentenceVectors(toEmbed, signal);
    return (await this.reader.call({ type: 'chunk', document, settings, vectors }, { signal })).passages;
  }

  /** None where the embedder cannot be had, which the document's status tells. */
  private async sentenceVectors(sentences: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]> {
    try {
      return await Promise.all(sentences.map((sentence) => this.embedders.passage(sentence, { signal })));
    } catch {
      signal.throwIfAborted();
      return [];
    }
  }

  /** Makes a document searchable by words at once; returns the ids of passages that lack a vector. */
  async put(path: string, passages: readonly Passage[]): Promise<readonly string[]> {
    const reply = await this.collection.call({ type: 'put', path, passages });
    return reply.type === 'missing' ? reply.ids : [];
  }

  async addVector(path: string, id: string, vector: Float32Array): Promise<void> {
    await this.collection.call({ type: 'vector', path, id, vector }, { transfer: [vector.buffer] });
  }

  async remove(path: string): Promise<void> {
    await this.collection.call({ type: 'remove', path });
  }

  async useIndex(index: IndexChoice): Promise<void> {
    await this.collection.call({ type: 'index', index });
  }

  async search(
    question: string,
    vector: Float32Array | null,
    options: SearchOptions,
    signal: AbortSignal,
  ): Promise<Found> {
    const reply = await this.collection.call({ type: 'search', question, vector, options }, { signal });
    if (reply.type !== 'found') throw new Error('The search gave no answer.');
    return reply.found;
  }

  /** True if passages were cut by estimated token counts; from now on they are counted. Nothing may be being read. */
  countFromNowOn(): boolean {
    const estimated = this.estimates;
    if (estimated) this.reader.end();
    return estimated;
  }

  /** Another embedder is in use: its workers begin anew, and the collection is empty until it is filled again. */
  async embedderChanged(): Promise<void> {
    for (const door of this.embedderDoors) door.end();
    this.reader.end();
    await this.collection.call(await this.opening());
  }

  private async opening(): Promise<SearchRequest> {
    return { type: 'open', dimensions: await this.options.models.dimensions, index: this.options.index() };
  }

  /** The generator; starts its worker if need be. `adapterScale` 1 is the fine-tuned model, 0 the base model. */
  async model(adapterScale: number, signal: AbortSignal): Promise<Model> {
    await this.options.models.generator;
    const { generator } = this;
    return {
      async prompt(passages, question) {
        const given = passages.map(({ context, text, header }) => ({ context, text, ...(header ? { header } : {}) }));
        const reply = await generator.call({ type: 'prompt', passages: given, question }, { signal });
        if (reply.type !== 'prompt') throw new Error('The generator gave no prompt.');
        return reply.prompt;
      },
      async generate(prompt, stopped, onRead, onText) {
        let text = '';
        const onProgress = (event: GeneratorProgress) => {
          if (event.type === 'read') return onRead();
          text += event.piece;
          onText(event.piece);
        };
        const request = { type: 'generate', ids: prompt.ids, adapterScale, maxTokens: mostTokens } as const;
        try {
          const reply = await generator.call(request, { signal: stopped, onProgress });
          if (reply.type !== 'generated') throw new Error('The generator gave no answer.');
          return reply.generated;
        } catch (error) {
          // Stop takes effect at once; the worker hears of it after its current step.
          if (stopped.aborted && text) return { text, ids: [], ended: 'stopped' };
          throw error;
        }
      },
    };
  }
}

function tooSlow(path: string): ReadError {
  return new ReadError(
    'timeout',
    `“${path}” took too long to read and was stopped. Nothing of it was kept; all other documents are untouched. Try a smaller part of it.`,
  );
}
