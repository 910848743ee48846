/** Which kept collection is on the desk: it is opened, written as long as it is there, and left. */
import type { StampedVectors } from '../../pipeline/embed/stamp.ts';
import type { Within } from '../../pipeline/retrieve/within.ts';
import { asTheyCame, ordered } from '../arrangement.ts';
import type { OpenedCollection } from '../carried/open.ts';
import type { Conversation } from '../conversation.svelte.ts';
import type { Documents } from '../documents.svelte.ts';
import { among } from '../limit.ts';
import type { EmbedderModel } from '../models.ts';
import type { QuestionSet } from '../question-set.svelte.ts';
import type { KeepingState, Notice, Settings } from '../state.ts';
import type { Channel } from './channel.ts';
import type { Connection } from './connection.ts';
import type { Ended } from './database.ts';
import { follow } from './following.ts';
import { OpenCollection } from './open-collection.svelte.ts';
import { Opening, remade } from './opening.ts';
import type { KeptCollection, KeptDocument } from './schema.ts';
import { endedSentence, followingSentence } from './sentences.ts';
import { CollectionLock } from './tabs.ts';
import { Writer, type Change } from './writer.ts';

/** What the page has on its desk, and what can be done with it. */
export interface DeskOptions {
  readonly documents: Documents;
  readonly conversation: Conversation;
  readonly questionSet: Pick<QuestionSet, 'questions' | 'restore'>;
  settings(): Settings;
  /** What questions are asked of. */
  limit(): Within | null;
  limitTo(limit: Within | null): void;
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

/** What surrounds it. */
export interface DeskDoors {
  readonly connection: Connection;
  readonly channel: Channel;
  /** Does it when what was begun before is done. */
  inTurn(work: () => Promise<void>): Promise<void>;
  /** What is stored has another size. */
  onStored(): void;
}

export class KeptDesk {
  state = $state.raw<KeepingState>({ state: 'memory' });
  openId = $state.raw<string | null>(null);
  /** The database has ended under it: only `keepAgain` helps. */
  hasEnded = false;
  private current: OpenCollection | null = null;

  /** @param state that it begins with */
  constructor(
    private readonly options: DeskOptions,
    private readonly doors: DeskDoors,
    state: KeepingState,
  ) {
    this.state = state;
  }

  /** What is on the desk is kept from now on. @throws KeptError */
  async keep(collection: KeptCollection): Promise<void> {
    const { id, settings } = collection;
    await (await this.doors.connection.opened()).put(collection);
    const lock = new CollectionLock(id);
    await lock.take(() => undefined);
    const writer = await this.writer(id, true);
    writer.knowsSettings(settings);
    writer.knowsQuestions([]);
    writer.knowsLimit(null);
    await this.started(id, lock, writer);
    this.state = { state: 'kept', pending: this.options.documents.entries.length };
  }

  /** Puts it on the empty desk. @param held the lock of a collection that is opened once more @throws KeptError */
  async take(id: string, held: CollectionLock | null = null): Promise<void> {
    const { documents, conversation, questionSet, settings } = this.options;
    this.state = { state: 'opening', done: 0, total: 0 };
    const store = await this.doors.connection.opened();
    const collection = await store.collection(id);
    if (!collection) throw new Error('This collection has been deleted.');
    const lock = held ?? new CollectionLock(id);
    const isOurs = held ? held.isHeld : await lock.take(() => void this.doors.inTurn(() => this.reopen(id)));
    try {
      await this.options.use(collection.settings);
      const writer = await this.writer(id, isOurs);
      writer.knowsSettings(settings());
      const turns = await store.turns(id);
      conversation.restore(turns);
      writer.knowsTurns(turns);
      const questions = await store.questions(id);
      questionSet.restore(questions);
      writer.knowsQuestions(questions);
      const arrangement = (await store.arrangement(id)) ?? asTheyCame;
      const records = ordered(await store.documents(id), arrangement.order);
      const opening = new Opening({ store, writer, documents, isOurs, stamp: () => this.stamp() });
      const cutOtherwise = await opening.restore(records, settings(), (done) => {
        this.state = { state: 'opening', done, total: records.length };
      });
      documents.list.arrange(arrangement);
      writer.knowsArrangement(arrangement);
      const limit = await store.limit(id);
      writer.knowsLimit(limit);
      this.options.limitTo(among(limit, documents.entries));
      await this.started(id, lock, writer);
      this.state = isOurs ? { state: 'kept', pending: 0 } : { state: 'following' };
      if (isOurs) this.tellRemade(collection.name, records, cutOtherwise);
      else if (!held) this.options.tell('info', followingSentence(collection.name));
    } catch (error) {
      lock.release();
      this.options.clear();
      throw error;
    }
    this.doors.onStored();
  }

  /** Puts a collection that came in a file on the empty desk, in memory. @throws Error with a sentence */
  async bring({
    about,
    settings,
    turns,
    questions,
    documents: records,
    records: store,
  }: OpenedCollection): Promise<void> {
    const { documents, conversation, questionSet, use, clear } = this.options;
    this.state = { state: 'opening', done: 0, total: 0 };
    try {
      await use(settings);
      conversation.numberByTime();
      conversation.restore(turns);
      questionSet.restore(questions);
      const writer = { knows: () => undefined };
      const opening = new Opening({ store, writer, documents, isOurs: true, stamp: () => this.stamp() });
      const cutOtherwise = await opening.restore(records, this.options.settings(), (done) => {
        this.state = { state: 'opening', done, total: records.length };
      });
      this.state = { state: 'memory' };
      this.tellRemade(about.name, records, cutOtherwise);
    } catch (error) {
      clear();
      throw error;
    }
  }

  /** Of the collection on the desk; null if none. */
  get lock(): CollectionLock | null {
    return this.current?.lock ?? null;
  }

  /** Resolves when all of it that can be written has been. */
  async written(): Promise<void> {
    await this.current?.written();
  }

  /** Tries once more to write what could not be written. */
  retry(): void {
    this.current?.writer.retry();
  }

  /** The database has ended. */
  ended(why: Ended): void {
    if (!this.current) return;
    this.hasEnded = true;
    this.state = { state: 'failed', reason: endedSentence(why) };
  }

  /** What is on the desk is written as far as it is ready, and leaves the desk. */
  async leave(keepLock = false): Promise<void> {
    await this.current?.written();
    // In the same step: what comes from now on is not written into the collection any more.
    const closed = this.letGo(keepLock);
    this.options.clear();
    await closed;
  }

  /** Nothing more is written. @param keepLock for who opens the same collection again */
  async letGo(keepLock = false): Promise<void> {
    const { current } = this;
    this.current = null;
    this.openId = null;
    await current?.close(keepLock);
  }

  async inMemory(): Promise<void> {
    this.openId = null;
    this.state = { state: 'memory' };
    await (await this.doors.connection.ifOpen())?.putLast(null);
  }

  /**
   * The connection had ended, and nobody knows what the browser has left: what is on the desk is written anew, all of
   * it, and what is not on the desk goes.
   */
  async keepAgain(name: string): Promise<void> {
    const { current, options } = this;
    if (!current) return;
    const { id, lock } = current;
    const store = await this.doors.connection.opened();
    const kept = await store.collection(id);
    if (!kept) await store.put({ id, name, created: Date.now(), settings: options.settings() });
    else if (lock.isHeld) {
      const here = new Set(options.documents.entries.map(({ path }) => path));
      const gone = (await store.documents(id)).map(({ path }) => path).filter((path) => !here.has(path));
      await store.removeDocuments(id, gone);
    }
    await this.letGo(true);
    await this.started(id, lock, await this.writer(id, lock.isHeld));
    this.state = lock.isHeld ? { state: 'kept', pending: options.documents.entries.length } : { state: 'following' };
  }

  /** Another tab has written it. */
  async changedBy(change: Change): Promise<void> {
    const { documents, conversation, questionSet, settings } = this.options;
    const store = await this.doors.connection.opened();
    const { current } = this;
    if (!current) return;
    const { id, writer } = current;
    await follow(change, {
      ...{ store, id, writer, documents, conversation, questionSet, settings },
      stamp: () => this.stamp(),
      isFollowing: () => this.state.state === 'following',
      reopen: () => this.reopen(id),
    });
  }

  /** As it is now: another tab has given it up, or has changed how it is cut and embedded. */
  private async reopen(id: string): Promise<void> {
    const { current } = this;
    if (current?.id !== id) return;
    // Deleted by the tab that kept it, which tells so.
    if (!(await (await this.doors.connection.opened()).collection(id))) return current.lock.release();
    await this.leave(true);
    await this.take(id, current.lock);
  }

  /** Cuts those anew that were cut otherwise, and says whose vectors are made again, and why. */
  private tellRemade(name: string, records: readonly KeptDocument[], cutOtherwise: ReadonlySet<string>): void {
    const { documents, tell } = this.options;
    const why = async () => remade(name, records, await this.stamp(), cutOtherwise.size);
    void why().then((sentences) => sentences.forEach((sentence) => tell('info', sentence)));
    if (cutOtherwise.size > 0) void documents.recut(cutOtherwise);
  }

  private async stamp() {
    return this.options.embedder().then(
      ({ stamp }) => stamp,
      () => null,
    );
  }

  private async writer(id: string, documents: boolean): Promise<Writer> {
    return new Writer({
      ...{ store: await this.doors.connection.opened(), collection: id, documents, vectorsOf: this.options.vectorsOf },
      onWritten: (change) => this.doors.channel.tell({ type: 'change', collection: id, change }),
      onState: (pending, failure) => {
        // Why nothing more can be written is told already.
        if (this.openId !== id || !this.current || this.hasEnded) return;
        if (failure)
          this.state = {
            state: 'failed',
            reason: `${failure} What was kept before is whole; what came after it stays in memory.`,
          };
        else if (documents) {
          if (this.state.state === 'kept' && this.state.pending === pending) return;
          this.state = { state: 'kept', pending };
          if (pending === 0) this.doors.onStored();
        } else if (this.state.state !== 'following') this.state = { state: 'following' };
      },
    });
  }

  private async started(id: string, lock: CollectionLock, writer: Writer): Promise<void> {
    this.options.conversation.numberByTime();
    this.current = new OpenCollection(id, lock, writer, this.options);
    this.openId = id;
    this.hasEnded = false;
    await (await this.doors.connection.opened()).putLast(id).catch(() => undefined);
  }
}
