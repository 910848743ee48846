/** Another embedder comes into use: a second shelf is filled beside the first and takes its place in one step. */
import type { ChunkSettings } from '../pipeline/chunk/chunk.ts';
import type { Passage } from '../pipeline/document.ts';
import type { OpenOptions } from '../models/store.ts';
import type { EmbedderModel } from './models.ts';
import { Reembedding, type EmptyShelf } from './reembedding.ts';
import type { Entry, Switching } from './state.ts';

/** The list of documents, as far as a switch needs it. */
export interface Followed {
  readonly entries: readonly Pick<Entry, 'path' | 'document' | 'passages'>[];
  /** Nothing is arriving or being read. */
  readonly quiet: boolean;
  /** Resolves when nothing is arriving or being read. */
  settled(): Promise<void>;
}

export interface SwitchOptions<S extends EmptyShelf> {
  readonly documents: Followed;
  /** @throws Error with a sentence; the signal's reason when it is aborted */
  open(id: string, options: Pick<OpenOptions, 'signal' | 'onProgress'>): Promise<EmbedderModel>;
  readonly shelves: {
    /** An empty shelf; `onLost` is called when it has lost what was put into it. */
    prepare(model: EmbedderModel, onLost: () => void): S;
    /** Ends a shelf that has not been taken into use. */
    abandon(shelf: S): void;
  };
  settings(): ChunkSettings;
  /** Null when no switch is under way any more. */
  onState(state: Switching | null): void;
  /** The shelf holds these passages of every document, with their vectors: it is taken into use, at once. */
  adopt(id: string, shelf: S, passages: ReadonlyMap<string, readonly Passage[]>): void;
}

interface Run {
  readonly to: string;
  readonly stopped: AbortController;
  /** Whether it came to its end. */
  readonly ended: Promise<boolean>;
}

export class EmbedderSwitch<S extends EmptyShelf> {
  private run: Run | null = null;
  private filling: Reembedding | null = null;

  constructor(private readonly options: SwitchOptions<S>) {}

  /** The embedder that is on its way into use; null when none is. */
  get to(): string | null {
    return this.run?.to ?? null;
  }

  /**
   * Begins a switch in the place of one that is under way; to the same embedder that one goes on.
   * False if it was stopped. @throws Error with a sentence when it cannot be done; the embedder in use stays.
   */
  begin(to: string): Promise<boolean> {
    if (this.run?.to === to) return this.run.ended;
    this.stop();
    const stopped = new AbortController();
    const run: Run = { to, stopped, ended: this.go(to, stopped.signal).finally(() => this.over(run)) };
    this.run = run;
    return run.ended;
  }

  /** The embedder in use stays, with all that it has. */
  stop(): void {
    if (!this.run) return;
    this.run.stopped.abort(new Error('The change of the embedder was stopped.'));
    this.over(this.run);
  }

  /** The documents, or how they are to be cut, have changed. */
  follow(): void {
    this.filling?.follow();
  }

  private over(run: Run): void {
    // Another one may have begun in its place.
    if (this.run !== run) return;
    this.run = null;
    this.filling = null;
    this.options.onState(null);
  }

  private async go(to: string, signal: AbortSignal): Promise<boolean> {
    const tell = (state: 'loading' | 'embedding') => (done: number, total: number) => {
      if (!signal.aborted) this.options.onState({ state, to, done, total });
    };
    try {
      const onProgress = tell('loading');
      onProgress(0, 0);
      const model = await this.options.open(to, { signal, onProgress });
      signal.throwIfAborted();
      await this.fill(to, model, signal, tell('embedding'));
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    }
  }

  private async fill(
    to: string,
    model: EmbedderModel,
    signal: AbortSignal,
    onProgress: (done: number, total: number) => void,
  ): Promise<void> {
    const { documents, shelves, settings, adopt } = this.options;
    const lost = () => filling.stop(new Error('The search in its new index stopped working.'));
    const shelf = shelves.prepare(model, lost);
    const filling: Reembedding = new Reembedding({ shelf, entries: () => documents.entries, settings, onProgress });
    this.filling = filling;
    const stop = () => filling.stop(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
      for (;;) {
        filling.follow();
        await filling.settled();
        await Promise.race([documents.settled(), filling.failed]);
        const passages = documents.quiet ? filling.passages() : null;
        // No step between this look and the taking: nothing can arrive in between.
        if (!passages) continue;
        this.filling = null;
        return adopt(to, shelf, passages);
      }
    } catch (error) {
      filling.stop(error);
      shelves.abandon(shelf);
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
}
