/** Fills a shelf with every document of the list, and follows the list while it changes. */
import { sameCut, type ChunkSettings } from '../pipeline/chunk/chunk.ts';
import type { Document, Passage } from '../pipeline/document.ts';
import { embedMissing } from './indexing.ts';
import type { Shelf } from './shelf.ts';
import type { Entry } from './state.ts';

/** What is filled; tests give their own. */
export type EmptyShelf = Pick<Shelf, 'passage' | 'addVector' | 'put' | 'remove'> & {
  readonly reader: Pick<Shelf['reader'], 'rechunk'>;
};

export interface ReembeddingOptions {
  readonly shelf: EmptyShelf;
  /** The documents as they are now. */
  entries(): readonly Pick<Entry, 'path' | 'document' | 'passages'>[];
  settings(): ChunkSettings;
  /** Passages; the total is partly a guess until every document is cut. */
  onProgress(done: number, total: number): void;
}

/** One document on its way to the shelf. */
interface Work {
  readonly document: Document;
  readonly settings: ChunkSettings;
  readonly stop: AbortController;
  /** As the new embedder counts; null until it is cut. */
  passages: readonly Passage[] | null;
  /** Passages that lack a vector. */
  missing: number;
  /** It is in, with all its vectors. */
  done: boolean;
  /** Settles, never rejects, when it is in or its work was stopped. */
  ended: Promise<void>;
}

export class Reembedding {
  private readonly works = new Map<string, Work>();
  private fail: (error: unknown) => void = () => undefined;
  /** Rejects when it cannot go on: with what the embedder, the reader or the search threw, or with `stop`'s reason. */
  readonly failed = new Promise<never>((_, reject) => (this.fail = reject));

  constructor(private readonly options: ReembeddingOptions) {
    // Heard by whoever waits; nobody may.
    this.failed.catch(() => undefined);
  }

  /** Takes up what is new, changed or to be cut otherwise, and takes out what has gone. */
  follow(): void {
    const read = new Map(this.options.entries().flatMap(({ path, document }) => (document ? [[path, document]] : [])));
    for (const [path, work] of this.works) {
      if (read.has(path)) continue;
      work.stop.abort();
      this.works.delete(path);
      void this.options.shelf.remove(path).catch(this.fail);
    }
    for (const [path, document] of read) if (!this.holds(path, document)) this.begin(path, document);
    this.tell();
  }

  /** Every document as it is now is in, with all its vectors: their passages; null while any is not. */
  passages(): ReadonlyMap<string, readonly Passage[]> | null {
    this.follow();
    const all = new Map<string, readonly Passage[]>();
    for (const [path, work] of this.works) {
      if (!work.passages || !work.done) return null;
      all.set(path, work.passages);
    }
    return all;
  }

  /** Waits for what has been taken up. @throws as `failed` */
  async settled(): Promise<void> {
    const pending = () => [...this.works.values()].filter(({ done }) => !done);
    do await Promise.race([Promise.all(pending().map(({ ended }) => ended)), this.failed]);
    while (pending().length > 0);
  }

  /** Ends all work; who waits for it hears the reason. */
  stop(reason: unknown): void {
    this.fail(reason);
    for (const { stop } of this.works.values()) stop.abort(reason);
  }

  private holds(path: string, document: Document): boolean {
    const work = this.works.get(path);
    return work?.document === document && sameCut(work.settings, this.options.settings());
  }

  private begin(path: string, document: Document): void {
    this.works.get(path)?.stop.abort();
    const { strategy, passageTokens, overlapTokens } = this.options.settings();
    const work: Work = {
      ...{ document, settings: { strategy, passageTokens, overlapTokens }, stop: new AbortController() },
      ...{ passages: null, missing: 0, done: false, ended: Promise.resolve() },
    };
    this.works.set(path, work);
    work.ended = this.shelve(path, work);
  }

  private async shelve(path: string, work: Work): Promise<void> {
    const { shelf } = this.options;
    const { signal } = work.stop;
    try {
      const passages = await shelf.reader.rechunk(work.document, work.settings, signal);
      // Not after this: what took its place is put after it, and stays.
      signal.throwIfAborted();
      const missing = await shelf.put(path, passages);
      signal.throwIfAborted();
      work.passages = passages;
      work.missing = missing.length;
      this.tell();
      await embedMissing(shelf, passages, missing, signal, (made) => {
        work.missing = missing.length - made;
        this.tell();
      });
      work.done = true;
    } catch (error) {
      if (!signal.aborted) this.stop(error);
    }
  }

  private tell(): void {
    let done = 0;
    let total = 0;
    for (const { path, passages } of this.options.entries()) {
      const work = this.works.get(path);
      if (!work) continue;
      total += (work.passages ?? passages).length;
      done += work.passages ? Math.max(0, work.passages.length - work.missing) : 0;
    }
    this.options.onProgress(done, total);
  }
}
