/** What was taken off the desk, as long as it can be brought back: with its vectors, so that nothing is embedded again. */
import { sameCut } from '../pipeline/chunk/chunk.ts';
import type { StampedVectors } from '../pipeline/embed/stamp.ts';
import type { Within } from '../pipeline/retrieve/within.ts';
import type { Documents } from './documents.svelte.ts';
import { pathsWithin } from './inner.ts';
import type { Entry, Settings } from './state.ts';

/** One removal: a document with what came inside it, or several at once. */
export interface RemovedDocuments {
  readonly entries: readonly Entry[];
  /** Of the whole list before it. */
  readonly order: readonly string[];
  readonly pinned: readonly string[];
  /** What questions were limited to before it. */
  readonly limit: Within | null;
  readonly settings: Settings;
  /** By path; of documents without any there is none. */
  readonly vectors: ReadonlyMap<string, Promise<StampedVectors | null>>;
}

export interface RemovalsOptions {
  readonly documents: Pick<Documents, 'entries' | 'list' | 'putBack' | 'removeAll' | 'recut'>;
  settings(): Settings;
  limit(): Within | null;
  /** Asked before the documents leave the index. */
  vectorsOf(path: string): Promise<StampedVectors | null>;
  onPutBack(removed: RemovedDocuments, left: readonly Entry[]): void;
}

/** So many can be brought back, the last first: each holds its documents in memory. */
const most = 20;

export class Removals {
  private all = $state.raw<readonly RemovedDocuments[]>([]);
  readonly last = $derived(this.all.at(-1) ?? null);

  constructor(private readonly options: RemovalsOptions) {}

  remove(paths: readonly string[]): void {
    const { documents, settings, limit, vectorsOf } = this.options;
    const gone = new Set(paths.flatMap((path) => [path, ...pathsWithin(documents.entries, path)]));
    const entries = documents.entries.filter(({ path }) => gone.has(path));
    if (entries.length === 0) return;
    const embedded = entries.filter(({ passages }) => passages.length > 0);
    const removed: RemovedDocuments = {
      ...{ entries, limit: limit(), settings: settings() },
      order: documents.entries.map(({ path }) => path),
      pinned: [...documents.list.pinned],
      vectors: new Map(embedded.map(({ path }) => [path, vectorsOf(path).catch(() => null)])),
    };
    documents.removeAll(paths);
    this.all = [...this.all, removed].slice(-most);
  }

  /** The last removal; resolves when its documents are searchable by words. */
  async undo(): Promise<void> {
    const removed = this.last;
    if (!removed) return;
    this.all = this.all.slice(0, -1);
    const { documents, settings, onPutBack } = this.options;
    const { entries, order, pinned, vectors } = removed;
    const left = entries.filter(({ path }) => documents.entries.some((entry) => entry.path === path));
    const back = documents.putBack(entries, async (path) => {
      return { vectors: (await vectors.get(path)) ?? null, elsewhere: '' };
    });
    documents.list.reorder(order);
    for (const path of pinned)
      if (documents.entries.some((entry) => entry.path === path)) documents.list.pin(path, true);
    onPutBack(removed, left);
    await back;
    if (!sameCut(removed.settings, settings())) await documents.recut(new Set(entries.map(({ path }) => path)));
  }

  /** None of them can be brought back any more. */
  forget(): void {
    this.all = [];
  }
}
