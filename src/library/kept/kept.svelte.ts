/**
 * The door to kept collections. What keeps them, the database among it, is loaded when this browser keeps something or
 * is to: whoever keeps nothing does not load it.
 */
import type { Carriable } from '../carried/collection.ts';
import type { OpenedCollection } from '../carried/open.ts';
import type { CollectionInfo, KeepingState, KeptApi } from '../state.ts';
import { databaseExists, impossible, isPersistent, storedBytes } from './browser.ts';
import { Channel, type Told } from './channel.ts';
import type { DeskOptions } from './desk.svelte.ts';
import type { Keeping } from './keeping.svelte.ts';
import { lostSentence, rememberedNames, rememberKept } from './remembered.ts';

const inMemory: KeepingState = { state: 'memory' };
const opening: KeepingState = { state: 'opening', done: 0, total: 0 };
const none: readonly CollectionInfo[] = [];

export class Kept implements KeptApi {
  stored = $state.raw<number | null>(null);
  persistent = $state.raw(false);
  readonly impossible = impossible();
  private keeping = $state.raw<Keeping | null>(null);
  private before = $state.raw(inMemory);
  private loaded: Promise<Keeping> | null = null;
  private channel: Channel | null = null;

  constructor(private readonly options: DeskOptions) {}

  get state(): KeepingState {
    return this.keeping?.state ?? this.before;
  }

  get collections(): readonly CollectionInfo[] {
    return this.keeping?.collections ?? none;
  }

  get deleted(): readonly CollectionInfo[] {
    return this.keeping?.deleted ?? none;
  }

  get open(): CollectionInfo | null {
    return this.keeping?.open ?? null;
  }

  /** The collection that was open last comes back; without any, nothing is touched. */
  async begin(): Promise<void> {
    if (this.impossible) return;
    this.channel = new Channel((told) => void this.heard(told));
    if (await databaseExists()) {
      this.before = opening;
      return this.with((keeping) => keeping.begin());
    }
    const lost = rememberedNames();
    if (lost.length > 0) this.options.tell('problem', lostSentence(lost));
    rememberKept([]);
  }

  keep(name: string): Promise<void> {
    return this.with((keeping) => keeping.keep(name));
  }

  switchTo(id: string | null): Promise<void> {
    return this.with((keeping) => keeping.switchTo(id));
  }

  rename(id: string, name: string): Promise<void> {
    return this.with((keeping) => keeping.rename(id, name));
  }

  duplicate(id: string, name: string): Promise<void> {
    return this.with((keeping) => keeping.duplicate(id, name));
  }

  remove(id: string): Promise<void> {
    return this.with((keeping) => keeping.remove(id));
  }

  putBack(id: string): Promise<void> {
    return this.with((keeping) => keeping.putBack(id));
  }

  deleteForGood(id: string): Promise<void> {
    return this.with((keeping) => keeping.deleteForGood(id));
  }

  async resume(): Promise<void> {
    const { documents } = this.options;
    const unfinished = documents.entries.filter(({ status }) => status.state === 'unfinished');
    await Promise.all(unfinished.map(({ path }) => documents.resume(path)));
  }

  retry(): void {
    this.keeping?.retry();
  }

  /** What is on the desk, or a collection that is kept, to be written into a file. @throws Error with a sentence */
  async carriable(id: string | null, now: Date): Promise<Carriable> {
    return (await this.load()).carriable(id, now);
  }

  /** Puts a collection that came in a file on the desk. @param keep as a new collection; else in memory */
  bring(opened: OpenedCollection, keep: boolean): Promise<void> {
    return this.with((keeping) => keeping.bring(opened, keep));
  }

  /** Resolves when what is on the desk is kept as far as it is ready. */
  async written(): Promise<void> {
    await this.keeping?.written();
  }

  wipe(models: boolean): Promise<void> {
    return this.with((keeping) => keeping.wipe(models));
  }

  async measure(): Promise<void> {
    await Promise.all([this.weigh(), this.keeping?.recount()]);
  }

  private async weigh(): Promise<void> {
    [this.stored, this.persistent] = await Promise.all([storedBytes(), isPersistent()]);
  }

  private async heard(told: Told): Promise<void> {
    // Another tab has made a collection: from now on there is one to be chosen here.
    if (told.type === 'collections') await this.load().catch(() => undefined);
    this.keeping?.heard(told);
  }

  private async with(work: (keeping: Keeping) => Promise<void>): Promise<void> {
    let keeping: Keeping;
    try {
      keeping = await this.load();
    } catch {
      this.before = inMemory;
      const what =
        'The part of the page that keeps collections could not be loaded, so none is open and nothing is kept.';
      this.options.tell('problem', `${what} What was kept before is untouched. Reload the page to try again.`);
      return;
    }
    await work(keeping);
  }

  private load(): Promise<Keeping> {
    this.loaded ??= import('./keeping.svelte.ts').then((module) => {
      this.channel ??= new Channel((told) => void this.heard(told));
      const { channel, before: state } = this;
      this.keeping = new module.Keeping(this.options, { state, channel, onStored: () => void this.weigh() });
      return this.keeping;
    });
    this.loaded.catch(() => (this.loaded = null));
    return this.loaded;
  }
}
