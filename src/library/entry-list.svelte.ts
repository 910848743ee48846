/** The list of documents as data: what stands in it, and in which order. */
import { asTheyCame, moved, ordered, type Arrangement } from './arrangement.ts';
import { pathsWithin } from './inner.ts';
import type { Entry, Incoming } from './state.ts';

export class EntryList {
  entries = $state.raw<readonly Entry[]>([]);
  /** Paths of those that are shown on top. */
  pinned = $state.raw<ReadonlySet<string>>(new Set());
  /** They stand otherwise than they came. */
  private isMoved = $state(false);
  readonly arrangement = $derived<Arrangement>({
    order: this.isMoved ? this.entries.flatMap(({ path, outer }) => (outer === null ? [path] : [])) : [],
    pinned: [...this.pinned],
  });

  entry(path: string): Entry | undefined {
    return this.entries.find((entry) => entry.path === path);
  }

  /** At the end; files from inside another come after it and what came from it before. */
  insert(files: readonly Incoming[], outer: string | null): void {
    const waiting = files.map(({ path, file }): Entry => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const read = { document: null, passages: [], help: {}, note: '', canKeepBoth: false };
      return { path, name, status: { state: 'waiting' }, bytes: file.size, file, outer, ...read };
    });
    const family = outer === null ? null : new Set([outer, ...pathsWithin(this.entries, outer)]);
    const last = this.entries.findLastIndex(({ path }) => family?.has(path) ?? true);
    this.entries = [...this.entries.slice(0, last + 1), ...waiting, ...this.entries.slice(last + 1)];
  }

  update(path: string, change: Partial<Entry>): void {
    this.entries = this.entries.map((entry) => (entry.path === path ? { ...entry, ...change } : entry));
  }

  updateAll(changed: (entry: Entry) => Entry): void {
    this.entries = this.entries.map(changed);
  }

  drop(gone: ReadonlySet<string>): void {
    this.entries = this.entries.filter(({ path }) => !gone.has(path));
    if ([...gone].some((path) => this.pinned.has(path)))
      this.pinned = new Set([...this.pinned].filter((path) => !gone.has(path)));
    if (this.entries.length === 0) this.isMoved = false;
  }

  pin(path: string, pinned: boolean): void {
    const others = [...this.pinned].filter((one) => one !== path);
    this.pinned = new Set(pinned ? [...others, path] : others);
  }

  /** Before another one or, with null, to the end. */
  move(path: string, before: string | null): void {
    const after = moved(this.entries, path, before);
    if (after === this.entries) return;
    this.entries = after;
    this.isMoved = true;
  }

  /** As it was kept, or stands in another tab. */
  arrange({ order, pinned }: Arrangement = asTheyCame): void {
    this.entries = ordered(this.entries, order);
    this.isMoved = order.length > 0;
    this.pinned = new Set(pinned);
  }

  /** These paths in this order. It counts as moved: a document that is put back comes last into what is kept. */
  reorder(order: readonly string[]): void {
    this.entries = ordered(this.entries, order);
    this.isMoved = true;
  }
}
