/** The list of documents as a person uses it: searched, asked only in part, arranged, and put back what was removed. */
import type { StampedVectors } from '../pipeline/embed/stamp.ts';
import type { Within } from '../pipeline/retrieve/within.ts';
import type { Documents } from './documents.svelte.ts';
import { without } from './limit.ts';
import { Removals } from './removals.svelte.ts';
import { Seeker, type FoundPassages, type SeekerOptions } from './seeker.ts';
import type { ListingApi, Notice, Settings } from './state.ts';

export interface ListingOptions extends Pick<SeekerOptions, 'shelf'> {
  readonly documents: Documents;
  settings(): Settings;
  vectorsOf(path: string): Promise<StampedVectors | null>;
  /** False, and it is told, where the documents are another tab's. */
  mayChange(): boolean;
  /** Questions are asked of other documents from now on. */
  onLimit(): void;
  tell(kind: Notice['kind'], text: string): void;
}

export class Listing implements ListingApi {
  limit = $state.raw<Within | null>(null);
  found = $state.raw<FoundPassages | null>(null);
  private readonly removals: Removals;
  private readonly seeker: Seeker;

  constructor(private readonly options: ListingOptions) {
    const { documents, settings, vectorsOf, shelf, tell } = options;
    this.removals = new Removals({
      ...{ documents, settings, vectorsOf, limit: () => this.limit },
      onPutBack: ({ entries, limit }, left) => {
        if (entries.some(({ path }) => limit?.paths.includes(path))) this.limitTo(limit);
        for (const { path } of left)
          tell('info', `“${path}” had been added again meanwhile: that one was kept, not the one removed.`);
      },
    });
    this.seeker = new Seeker({ shelf, onFound: (found) => (this.found = found) });
  }

  get pinned() {
    return this.options.documents.list.pinned;
  }

  get removed() {
    return this.removals.last;
  }

  limitTo(within: Within | null): void {
    this.limit = within;
    this.options.onLimit();
  }

  seek(text: string, within: Within | null): void {
    this.seeker.seek(text, within);
  }

  pin(path: string, pinned: boolean): void {
    if (this.options.mayChange()) this.options.documents.list.pin(path, pinned);
  }

  move(path: string, before: string | null): void {
    if (this.options.mayChange()) this.options.documents.list.move(path, before);
  }

  remove(paths: readonly string[]): void {
    this.removals.remove(paths);
  }

  async putBack(): Promise<void> {
    if (this.options.mayChange()) await this.removals.undo();
  }

  forget(): void {
    this.removals.forget();
  }

  /** Another desk comes: nothing of this one is left. */
  reset(): void {
    this.limit = null;
    this.removals.forget();
  }

  /** A document has other passages now, more vectors, or none as it has gone. */
  follow(path: string): void {
    this.seeker.again();
    const { documents, tell } = this.options;
    if (documents.entry(path)) return;
    const left = without(this.limit, new Set([path]));
    if (left === this.limit) return;
    this.limitTo(left);
    if (!left) tell('info', 'What questions were limited to has been removed: they are asked of all documents again.');
  }
}
