/**
 * A small desk of its own beside the person's, for a lesson: texts are put on it and asked, by the page's own walk, its
 * own models and the settings of a new visitor. What is on the person's desk stays as it is.
 */
import type { Answer } from '../pipeline/answer.ts';
import type { ChunkSettings } from '../pipeline/chunk/chunk.ts';
import type { EmbeddingStamp } from '../pipeline/embed/stamp.ts';
import { answerQuestion, type Progress, type Writer } from '../pipeline/pipeline.ts';
import { askStages } from './ask.ts';
import { embedMissing, readInto } from './indexing.ts';
import { defaultSettings } from './settings.ts';
import type { Shelf } from './shelf.ts';
import type { Entry } from './state.ts';
import type { Writers } from './writers.ts';

export interface PracticeOptions {
  readonly writers: Pick<Writers, 'own' | 'instead'>;
  readonly cut: ChunkSettings;
  /** Id of the embedder in use. */
  embedder(): string;
  /** An empty collection beside the desk's. */
  apart(onLost: () => void): Shelf;
  /** Runs what needs the generator, not in the middle of another answer. */
  between<T>(work: () => Promise<T>): Promise<T>;
}

/** What putting a text on the desk took. */
export interface Put {
  readonly passages: number;
  /** So many of them had no vector yet. */
  readonly embedded: number;
}

export class Practice {
  private entries: readonly Entry[] = [];
  private readonly shelf: Shelf;

  /** Resolves when the embedder is here, or cannot be had: then words alone are searched. */
  static async open(options: PracticeOptions): Promise<Practice> {
    const practice = new Practice(options);
    const { embedder } = practice.shelf;
    practice.stamp = await embedder.then(
      ({ stamp }) => stamp,
      () => null,
    );
    return practice;
  }

  /** Of the embedder; null where it cannot be had. */
  stamp: EmbeddingStamp | null = null;

  private constructor(private readonly options: PracticeOptions) {
    this.shelf = options.apart(() => void this.refill());
  }

  /** The vector of a text as a passage. @throws Error with a sentence */
  passage(text: string): Promise<Float32Array> {
    return this.shelf.embedders.passage(text, { urgent: true });
  }

  /** The vector of a text as a question. @throws Error with a sentence */
  async question(text: string): Promise<Float32Array> {
    return (await this.shelf.embedders.question(text)).vector;
  }

  /** Puts a text on the desk in the place of what was there under its path. @throws ReadError; the signal's reason */
  async put(path: string, text: string, signal: AbortSignal): Promise<Put> {
    const file = new File([text], path);
    const nothing = () => undefined;
    const reading = {
      path,
      file,
      help: {},
      settings: this.options.cut,
      signal,
      onStarted: nothing,
      onRecognised: nothing,
    };
    const { document, passages, missing } = await readInto(this.shelf, reading);
    if (this.stamp) await embedMissing(this.shelf, passages, missing, signal, nothing);
    const entry: Entry = {
      ...{ path, name: path, bytes: file.size, file, document, passages },
      status: { state: 'ready', passages: passages.length },
      ...{ outer: null, help: {}, note: '', canKeepBoth: false },
    };
    this.entries = [...this.entries.filter((one) => one.path !== path), entry];
    return { passages: passages.length, embedded: this.stamp ? missing.length : 0 };
  }

  /** Takes a text off the desk, if it is there. */
  async take(path: string): Promise<void> {
    if (!this.entries.some((one) => one.path === path)) return;
    await this.shelf.remove(path);
    this.entries = this.entries.filter((one) => one.path !== path);
  }

  /** Asks what is on this desk. @throws Error with a sentence; the signal's reason when it is stopped */
  async ask(question: string, signal: AbortSignal, progress: Progress = {}): Promise<Answer> {
    const { writers, between } = this.options;
    return between(async () => {
      signal.throwIfAborted();
      const { reading } = defaultSettings;
      const writer = await writers.own('adapter', { reading }, signal);
      return this.answer(question, writer, signal, progress).catch((error: unknown) => {
        signal.throwIfAborted();
        const instead = writers.instead(error);
        if (!instead) throw error;
        return this.answer(question, instead, signal, progress);
      });
    });
  }

  /** Ends its workers. */
  close(): void {
    this.shelf.close();
  }

  private answer(question: string, writer: Writer, signal: AbortSignal, progress: Progress): Promise<Answer> {
    const { promptPassages: most, promptText } = defaultSettings;
    const stages = askStages({
      ...{
        shelf: this.shelf,
        embedding: this.stamp !== null,
        embedder: this.options.embedder(),
        writer,
        most,
        promptText,
      },
      ...{ searchBy: 'both', entries: this.entries, within: null, numbers: new Map(), onQuestionCut: () => undefined },
    });
    return answerQuestion(question, stages, signal, progress);
  }

  /** The collection's worker has died: the next one is given what was there. */
  private async refill(): Promise<void> {
    const { signal } = new AbortController();
    for (const { path, passages } of this.entries) {
      const missing = await this.shelf.put(path, passages);
      if (this.stamp) await embedMissing(this.shelf, passages, missing, signal, () => undefined).catch(() => undefined);
    }
  }
}
