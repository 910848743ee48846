/** Files to documents, and documents to passages, in a worker that counts with one embedder's tokenizer. */
import type { ChunkSettings } from '../pipeline/chunk/chunk.ts';
import { ReadError, type Document, type Passage } from '../pipeline/document.ts';
import { hasDied, WorkerBridge, type CallOptions, type WorkerLike } from '../workers/bridge.ts';
import type { ModelForWorker } from '../workers/model.ts';
import type { ReaderProgress, ReaderReply, ReaderRequest } from '../workers/reader.ts';
import readerUrl from '../workers/reader.ts?worker&url';
import { startWorker } from '../workers/start.ts';
import { awakeTimer } from './awake.ts';
import { pictureBudget, readingBudget } from './intake.ts';
import type { Help } from './state.ts';

/** Without work for so many milliseconds its worker is ended. */
const idleMilliseconds = 30_000;

export interface ReaderOptions {
  /** The embedder, for counting tokens; null when they are to be estimated. Asked whenever a worker starts. */
  counter(): Promise<ModelForWorker | null>;
  /** For documents that are cut by what their sentences mean; none where the embedder cannot be had. */
  embedSentences(sentences: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]>;
  /** Its worker, where it is to be another one. */
  start?(): WorkerLike;
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

export class Reader {
  private readonly worker: WorkerBridge<ReaderRequest, ReaderReply, ReaderProgress>;
  private estimates = false;

  constructor(private readonly options: ReaderOptions) {
    this.worker = new WorkerBridge({
      name: 'reader',
      start: options.start ?? (() => startWorker(readerUrl, 'reader')),
      prepare: async () => {
        const tokenizer = await options.counter();
        this.estimates = tokenizer === null;
        return { type: 'load', tokenizer };
      },
      idleMilliseconds,
      graceMilliseconds: 0,
    });
  }

  /**
   * Reads and chunks a file. Each picture whose text is recognised has a time budget of its own.
   * @throws ReadError, also when the time budget runs out; the signal's reason on abort.
   */
  async read({ path, file, help, settings, signal, onStarted, onRecognised }: Reading) {
    const budget = new AbortController();
    const timer = awakeTimer(() => budget.abort(tooSlow(path)));
    const milliseconds = readingBudget(file.size, help.patient);
    const onStart = () => {
      onStarted();
      timer.allow(milliseconds + (help.recognise ? pictureBudget : 0));
    };
    const onProgress = ({ done }: ReaderProgress) => {
      timer.allow(milliseconds + pictureBudget);
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
    const reply = await this.ask(path, request, {
      ...{ signal: AbortSignal.any([signal, budget.signal]), onStart, onProgress },
    }).finally(() => timer.stop());
    const read = reply.document!;
    return { document: read, passages: await this.cut(read, settings, reply, signal), inner: reply.inner };
  }

  /** Cuts a document that has been read. @throws the signal's reason on abort */
  async rechunk(document: Document, settings: ChunkSettings, signal: AbortSignal): Promise<readonly Passage[]> {
    const reply = await this.ask(document.path, { type: 'chunk', document, settings }, { signal });
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
    const vectors = await this.options.embedSentences(toEmbed, signal);
    return (await this.ask(document.path, { type: 'chunk', document, settings, vectors }, { signal })).passages;
  }

  /** A worker may have died of the file before, or of the machine: only of a file that ends two is it said. */
  private async ask(path: string, request: ReaderRequest, options: CallOptions<ReaderProgress>): Promise<ReaderReply> {
    try {
      return await this.worker.call(request, { ...options, again: true });
    } catch (error) {
      throw hasDied(error) ? tooMuch(path) : error;
    }
  }

  /** True if passages were cut by estimated token counts; from now on they are counted. Nothing may be being read. */
  countFromNowOn(): boolean {
    const estimated = this.estimates;
    if (estimated) this.worker.end();
    return estimated;
  }

  /** Ends its worker for good. */
  close(): void {
    this.worker.close();
  }
}

function tooSlow(path: string): ReadError {
  return new ReadError(
    'timeout',
    `“${path}” took too long to read and was stopped. Nothing of it was kept; all other documents are untouched. Try a smaller part of it.`,
  );
}

function tooMuch(path: string): ReadError {
  return new ReadError(
    'damaged',
    `“${path}” ended the reader twice, so it was given up: it is damaged, or more than this machine has memory for. All other documents are untouched. Try a smaller part of it.`,
  );
}
