/** Collections that stay in this browser, by choice: which of them is on the desk, and what happens to it. */
import { untrack } from 'svelte';
import type { StampedVectors } from '../../pipeline/embed/stamp.ts';
import type { Conversation } from '../conversation.svelte.ts';
import { asTheyCame, ordered } from '../arrangement.ts';
import type { Documents } from '../documents.svelte.ts';
import { sentenceOf } from '../sentence.ts';
import type { EmbedderModel } from '../models.ts';
import type { CollectionInfo, KeepingState, KeptApi, Notice, Settings } from '../state.ts';
import { databaseExists, openDatabase } from './database.ts';
import { askToPersist, impossible, isPersistent, storedBytes } from './browser.ts';
import { Opening, remade } from './opening.ts';
import type { KeptCollection } from './schema.ts';
import { KeptStore } from './store.ts';
import { Channel, CollectionLock, isHeld, type Told } from './tabs.ts';
import { wipeStorage } from './wipe.ts';
import { Writer, type Change } from './writer.ts';

export interface KeepingOptions {
  readonly documents: Documents;
  readonly conversation: Conversation;
  settings(): Settings;
  /** The embedder in use; rejects when it cannot be had. */
  embedder(): Promise<EmbedderModel>;
  /** To be saved. */
  vectorsOf(path: string): Promise<StampedVectors | null>;
  /** Takes everything off the desk. */
  clear(): void;
  /** Takes the settings of a collection into use, while the desk is empty. */
  use(settings: Settings): Promise<void>;
  /** Puts the settings back to what they were at first. */
  useDefaults(): Promise<void>;
  tell(kind: Notice['kind'], text: string): void;
}

/** What belongs to the collection on the desk. */
interface Open {
  readonly id: string;
  readonly lock: CollectionLock;
  readonly writer: Writer;
  /** Ends the following of the desk. */
  unfollow(): void;
}

export class Keeping implements KeptApi {
  state = $state.raw<KeepingState>({ state: 'memory' });
  collections = $state.raw<readonly CollectionInfo[]>([]);
  openId = $state.raw<string | null>(null);
  open = $derived(this.collections.find(({ id }) => id === this.openId) ?? null);
  stored = $state.raw<number | null>(null);
  persistent = $state.raw(false);
  readonly impossible = impossible();
  private current: Open | null = null;
  private store: Promise<KeptStore> | null = null;
  private channel: Channel | null = null;
  /** One thing after the other. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: KeepingOptions) {}

  /** The collection that was open last comes back; without any, nothing is touched. */
  async begin(): Promise<void> {
    if (this.impossible) return;
    this.channel = new Channel((told) => this.heard(told));
    await this.inTurn(async () => {
      if (!(await databaseExists())) return;
      const id = await (await this.opened()).last();
      if (id === null) return this.refresh();
      this.state = { state: 'opening', done: 0, total: 0 };
      await this.take(id).catch(async (error: unknown) => {
        await this.refresh();
        throw error;
      });
    });
  }

  keep(name: string): Promise<void> {
    return this.inTurn(async () => {
      const id = crypto.randomUUID();
      const settings = this.options.settings();
      const collection: KeptCollection = { id, name: named(name), created: Date.now(), settings };
      await (await this.opened()).put(collection);
      this.persistent = await askToPersist();
      const lock = new CollectionLock(id);
      await lock.take(() => undefined);
      const writer = await this.writer(id, true);
      writer.knowsSettings(settings);
      await this.started(id, lock, writer);
      this.state = { state: 'kept', pending: this.options.documents.entries.length };
      await this.changed();
    });
  }

  switchTo(id: string | null): Promise<void> {
    return this.inTurn(async () => {
      if (id !== null && id === this.openId) return;
      await this.leave();
      if (id === null) return this.inMemory();
      await this.take(id);
    });
  }

  rename(id: string, name: string): Promise<void> {
    return this.inTurn(async () => {
      await (await this.opened()).rename(id, named(name));
      await this.changed();
    });
  }

  duplicate(id: string, name: string): Promise<void> {
    return this.inTurn(async () => {
      const store = await this.opened();
      const original = await store.collection(id);
      if (!original) return;
      if (this.openId === id) await this.current?.writer.written();
      const copy = { ...original, id: crypto.randomUUID(), name: named(name), created: Date.now() };
      await store.duplicate(id, copy);
      await this.changed();
    });
  }

  remove(id: string): Promise<void> {
    return this.inTurn(async () => {
      const isOpen = this.openId === id;
      const isElsewhere = isOpen ? this.state.state === 'following' : await isHeld(id);
      if (isElsewhere) {
        const name = this.collections.find((one) => one.id === id)?.name ?? '';
        throw new Error(`“${name}” is open in another tab, and was not deleted. Close it there first.`);
      }
      if (isOpen) {
        await this.leave();
        await this.inMemory();
      }
      await (await this.opened()).delete(id);
      await this.changed();
    });
  }

  async resume(): Promise<void> {
    const { documents } = this.options;
    const unfinished = documents.entries.filter(({ status }) => status.state === 'unfinished');
    await Promise.all(unfinished.map(({ path }) => documents.resume(path)));
  }

  retry(): void {
    this.current?.writer.retry();
  }

  wipe(models: boolean): Promise<void> {
    return this.inTurn(async () => {
      await this.letGo();
      this.options.clear();
      await this.inMemory();
      this.channel?.tell({ type: 'wiped' });
      const store = await this.store;
      this.store = null;
      store?.close();
      await this.options.useDefaults();
      await wipeStorage(models);
      this.collections = [];
      this.stored = await storedBytes();
      const what = models ? 'All collections, the settings and the models' : 'All collections and the settings';
      const next = models ? ' The models are fetched again when the page is opened the next time.' : '';
      this.options.tell('info', `${what} were deleted from this browser, and the desk was cleared.${next}`);
    });
  }

  async measure(): Promise<void> {
    [this.stored, this.persistent] = await Promise.all([storedBytes(), isPersistent()]);
    if (this.store) await this.refresh();
  }

  /** A failure is told, and what comes after it is done all the same. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.last.then(work).catch(async (error: unknown) => {
      if (this.state.state === 'opening') await this.inMemory().catch(() => undefined);
      this.options.tell('problem', sentenceOf(error));
    });
    this.last = done;
    return done;
  }

  /** @param held the lock of a collection that is opened once more */
  private async take(id: string, held: CollectionLock | null = null): Promise<void> {
    const { documents, conversation, settings } = this.options;
    this.state = { state: 'opening', done: 0, total: 0 };
    const store = await this.opened();
    const collection = await store.collection(id);
    if (!collection) throw new Error('This collection has been deleted.');
    const lock = held ?? new CollectionLock(id);
    const isOurs = held ? held.isHeld : await lock.take(() => void this.inTurn(() => this.reopen(id)));
    try {
      await this.options.use(collection.settings);
      const writer = await this.writer(id, isOurs);
      writer.knowsSettings(settings());
      const turns = await store.turns(id);
      conversation.restore(turns);
      writer.knowsTurns(turns);
      const arrangement = (await store.arrangement(id)) ?? asTheyCame;
      const records = ordered(await store.documents(id), arrangement.order);
      const opening = new Opening({ store, writer, documents, isOurs, stamp: () => this.stamp() });
      const cutOtherwise = await opening.restore(records, settings(), (done) => {
        this.state = { state: 'opening', done, total: records.length };
      });
      documents.list.arrange(arrangement);
      writer.knowsArrangement(arrangement);
      await this.started(id, lock, writer);
      this.state = isOurs ? { state: 'kept', pending: 0 } : { state: 'following' };
      if (isOurs) {
        const why = async () => remade(collection.name, records, await this.stamp(), cutOtherwise.size);
        void why().then((sentences) => sentences.forEach((sentence) => this.options.tell('info', sentence)));
        if (cutOtherwise.size > 0) void documents.recut(cutOtherwise);
      } else if (!held) this.options.tell('info', following(collection.name));
    } catch (error) {
      lock.release();
      this.options.clear();
      throw error;
    }
    await this.measure();
  }

  private async stamp() {
    return this.options.embedder().then(
      ({ stamp }) => stamp,
      () => null,
    );
  }

  private async writer(id: string, documents: boolean): Promise<Writer> {
    return new Writer({
      ...{ store: await this.opened(), collection: id, documents, vectorsOf: this.options.vectorsOf },
      onWritten: (change) => this.channel?.tell({ type: 'change', collection: id, change }),
      onState: (pending, failure) => {
        if (this.openId !== id || !this.current) return;
        if (failure)
          this.state = {
            state: 'failed',
            reason: `${failure} What was kept before is whole; what came after it stays in memory.`,
          };
        else if (documents) {
          if (this.state.state === 'kept' && this.state.pending === pending) return;
          this.state = { state: 'kept', pending };
          if (pending === 0) void this.measure();
        } else if (this.state.state !== 'following') this.state = { state: 'following' };
      },
    });
  }

  /** From now on the writer sees whatever changes on the desk. */
  private async started(id: string, lock: CollectionLock, writer: Writer): Promise<void> {
    const { documents, conversation, settings } = this.options;
    conversation.numberByTime();
    const unfollow = $effect.root(() => {
      $effect(() => {
        const { entries, list } = documents;
        const { arrangement } = list;
        const desk = { entries, turns: conversation.turns, settings: settings(), arrangement };
        untrack(() => writer.follow(desk));
      });
    });
    this.current = { id, lock, writer, unfollow };
    this.openId = id;
    await (await this.opened()).putLast(id).catch(() => undefined);
  }

  /** What is on the desk is written as far as it is ready, and leaves the desk. */
  private async leave(): Promise<void> {
    await this.current?.writer.written();
    await this.letGo();
    this.options.clear();
  }

  /** Nothing more is written. @param keepLock for who opens the same collection again */
  private async letGo(keepLock = false): Promise<void> {
    const { current } = this;
    this.current = null;
    this.openId = null;
    current?.unfollow();
    await current?.writer.stop();
    if (!keepLock) current?.lock.release();
  }

  private async inMemory(): Promise<void> {
    this.openId = null;
    this.state = { state: 'memory' };
    const store = await this.store;
    await store?.putLast(null);
  }

  /** As it is now: another tab has given it up, or has changed how it is cut and embedded. */
  private async reopen(id: string): Promise<void> {
    const { current } = this;
    if (current?.id !== id) return;
    await current.writer.written();
    await this.letGo(true);
    this.options.clear();
    await this.take(id, current.lock);
  }

  private heard(told: Told): void {
    void this.inTurn(async () => {
      if (told.type === 'wiped') return this.wipedElsewhere();
      if (told.type === 'collections') return this.changedElsewhere();
      if (told.collection === this.openId) await this.follow(told.change);
    });
  }

  /** What another tab has written comes onto this desk. */
  private async follow(change: Change): Promise<void> {
    const { documents, conversation } = this.options;
    const { current } = this;
    const store = await this.opened();
    if (!current) return;
    const { id, writer } = current;
    if (change.type === 'turns') {
      const found = await Promise.all(change.ids.map(async (turn) => (await store.turn(id, turn)) ?? turn));
      const turns = found.filter((turn) => typeof turn !== 'number');
      const gone = found.filter((turn) => typeof turn === 'number');
      writer.knowsTurns(turns);
      writer.forgetsTurns(gone);
      conversation.restore(turns);
      conversation.drop(gone);
      return;
    }
    if (this.state.state !== 'following') return;
    if (change.type === 'settings') return this.reopen(id);
    if (change.type === 'arrangement') return documents.list.arrange(await store.arrangement(id));
    const opening = new Opening({ store, writer, documents, isOurs: false, stamp: () => this.stamp() });
    for (const path of change.paths) {
      const record = await store.document(id, path);
      if (record) await opening.restore([record], this.options.settings());
      else documents.remove(path);
    }
  }

  private async wipedElsewhere(): Promise<void> {
    const wasOpen = this.openId !== null;
    await this.letGo();
    this.store = null;
    this.collections = [];
    if (!wasOpen) return;
    await this.inMemory();
    this.options.clear();
    this.options.tell('info', 'Everything that was kept in this browser was deleted in another tab.');
  }

  private async changedElsewhere(): Promise<void> {
    const name = this.open?.name ?? '';
    await this.refresh();
    if (this.openId === null || this.open) return;
    await this.letGo();
    await this.inMemory();
    this.options.clear();
    this.options.tell('info', `“${name}” was deleted in another tab.`);
  }

  private async changed(): Promise<void> {
    await this.refresh();
    this.channel?.tell({ type: 'collections' });
  }

  private async refresh(): Promise<void> {
    const store = await this.opened();
    const collections = await store.collections();
    this.collections = await Promise.all(
      collections.map(async ({ id, name }) => ({ id, name, ...(await store.size(id)) })),
    );
  }

  /** The database, opened when it is needed first. @throws KeptError */
  private opened(): Promise<KeptStore> {
    this.store ??= openDatabase({ onEnded: () => this.ended() }).then((database) => new KeptStore(database));
    // What failed is tried again the next time.
    this.store.catch(() => (this.store = null));
    return this.store;
  }

  private ended(): void {
    this.store = null;
    if (!this.current) return;
    this.state = {
      state: 'failed',
      reason: 'The browser has closed what is kept, or has cleared it. What is on the desk stays in memory.',
    };
  }
}

function named(name: string): string {
  return name.trim().slice(0, 200) || 'Collection';
}

function following(name: string): string {
  return (
    `“${name}” is open in another tab, which keeps its documents: add and remove them there. ` +
    'What changes there shows here, and you can ask here as well.'
  );
}
