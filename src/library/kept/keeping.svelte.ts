/** Collections that stay in this browser, by choice: which of them is on the desk, and what happens to it. */
import { deskCollection, keptCollection, type Carriable } from '../carried/collection.ts';
import type { OpenedCollection } from '../carried/open.ts';
import { sentenceOf } from '../sentence.ts';
import type { CollectionInfo, KeepingState } from '../state.ts';
import { askToPersist } from './browser.ts';
import type { Channel, Told } from './channel.ts';
import { Connection } from './connection.ts';
import { Deletions } from './deletions.svelte.ts';
import { KeptDesk, type DeskOptions } from './desk.svelte.ts';
import { rememberKept } from './remembered.ts';
import { blockedSentence, broughtSentence, wipedElsewhereSentence, wipedSentence } from './sentences.ts';
import { CollectionLock } from './tabs.ts';
import { wipeStorage } from './wipe.ts';

/** What the door to it gives beside. */
export interface KeepingDoor {
  /** What the page shows until now. */
  readonly state: KeepingState;
  /** To other tabs. */
  readonly channel: Channel;
  /** What is stored has another size. */
  onStored(): void;
}

export class Keeping {
  collections = $state.raw<readonly CollectionInfo[]>([]);
  open = $derived(this.collections.find(({ id }) => id === this.desk.openId) ?? null);
  private readonly deletions: Deletions;
  private readonly desk: KeptDesk;
  private readonly connection: Connection;
  /** The database was held by another tab when it was to be opened. */
  private wasBlocked = false;
  /** One thing after the other. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: DeskOptions,
    private readonly door: KeepingDoor,
  ) {
    this.connection = new Connection({
      onEnded: (why) => this.desk.ended(why),
      onBlocked: () => this.blocked(),
    });
    this.deletions = new Deletions(this.connection);
    const doors = {
      ...{ connection: this.connection, channel: door.channel },
      inTurn: (work: () => Promise<void>) => this.inTurn(work),
      onStored: () =>
        void this.recount().then(
          () => door.onStored(),
          // Closed while it was counted: that is told by itself.
          () => undefined,
        ),
    };
    this.desk = new KeptDesk(options, doors, door.state);
  }

  get state() {
    return this.desk.state;
  }

  /** Can be put back. */
  get deleted(): readonly CollectionInfo[] {
    return this.deletions.all.map(({ about }) => about);
  }

  /** The collection that was open last comes back; what was deleted and not cleared away goes. */
  async begin(): Promise<void> {
    await this.openLast();
    await this.inTurn(() => this.deletions.finishLeft());
  }

  private async openLast(): Promise<void> {
    await this.inTurn(async () => {
      const id = await (await this.connection.opened()).last();
      // Who had to wait for another tab may have begun another desk.
      if (id === null || (this.wasBlocked && this.options.documents.entries.length > 0)) {
        this.desk.state = { state: 'memory' };
        return this.refresh();
      }
      await this.desk.take(id).catch(async (error: unknown) => {
        await this.refresh();
        throw error;
      });
      await this.refresh();
    });
  }

  keep(name: string): Promise<void> {
    return this.inTurn(() => this.keepAs(name));
  }

  /** What is on the desk, or a collection that is kept, to be written into a file. @throws Error with a sentence */
  async carriable(id: string | null, now: Date): Promise<Carriable> {
    const { documents, conversation, questionSet, settings, vectorsOf } = this.options;
    if (id !== null && this.desk.openId !== id) return keptCollection(await this.connection.opened(), id);
    const { entries } = documents;
    const name = this.open?.name ?? 'Desk';
    const { questions } = questionSet;
    const desk = { name, settings: settings(), entries, turns: conversation.turns, questions, vectorsOf };
    return deskCollection(desk, now);
  }

  /**
   * Puts a collection that came in a file on the desk in the place of what is there.
   * @param keep as a new collection; else in memory
   */
  bring(opened: OpenedCollection, keep: boolean): Promise<void> {
    return this.inTurn(async () => {
      await this.desk.leave();
      await this.desk.inMemory();
      await this.desk.bring(opened);
      const { name } = opened.about;
      if (keep) await this.keepAs(name);
      this.options.tell('info', broughtSentence(name, keep));
    });
  }

  switchTo(id: string | null): Promise<void> {
    return this.inTurn(async () => {
      if (id !== null && id === this.desk.openId) return;
      await this.desk.leave();
      if (id === null) return this.desk.inMemory();
      await this.desk.take(id);
      await this.refresh();
    });
  }

  rename(id: string, name: string): Promise<void> {
    return this.inTurn(async () => {
      await (await this.connection.opened()).rename(id, named(name));
      await this.changed();
    });
  }

  duplicate(id: string, name: string): Promise<void> {
    return this.inTurn(async () => {
      const store = await this.connection.opened();
      const original = await store.collection(id);
      if (!original) return;
      if (this.desk.openId === id) await this.desk.written();
      const copy = { ...original, id: crypto.randomUUID(), name: named(name), created: Date.now() };
      await store.duplicate(id, copy);
      await this.changed();
    });
  }

  remove(id: string): Promise<void> {
    return this.inTurn(async () => {
      const about = this.collections.find((one) => one.id === id);
      if (!about) return;
      const wasOnDesk = this.desk.openId === id;
      // Until it has gone: a tab that follows would take it over, and another one clear it away.
      const lock = (wasOnDesk && this.desk.lock) || new CollectionLock(id);
      if (!lock.isHeld && (wasOnDesk || !(await lock.take(() => undefined)))) {
        if (!wasOnDesk) lock.release();
        throw new Error(`“${about.name}” is open in another tab, and was not deleted. Close it there first.`);
      }
      try {
        if (wasOnDesk) {
          await this.desk.leave(true);
          await this.desk.inMemory();
        }
        await this.deletions.mark({ about, lock, wasOnDesk });
      } catch (error) {
        lock.release();
        throw error;
      }
      await this.changed();
    });
  }

  putBack(id: string): Promise<void> {
    return this.inTurn(async () => {
      const deletion = await this.deletions.putBack(id);
      if (!deletion) return;
      const { documents, conversation, questionSet } = this.options;
      const { length: things } = [...documents.entries, ...conversation.turns, ...questionSet.questions];
      const isEmpty = this.desk.state.state === 'memory' && things === 0;
      if (deletion.wasOnDesk && isEmpty) await this.desk.take(id, deletion.lock);
      else deletion.lock.release();
      await this.changed();
    });
  }

  deleteForGood(id: string): Promise<void> {
    return this.inTurn(async () => {
      await this.deletions.finish(id);
      this.door.onStored();
    });
  }

  /** Resolves when what is on the desk is kept as far as it is ready. */
  written(): Promise<void> {
    return this.desk.written();
  }

  retry(): void {
    if (!this.desk.hasEnded) return this.desk.retry();
    void this.inTurn(async () => {
      await this.desk.keepAgain(this.open?.name ?? named(''));
      await this.changed();
    });
  }

  wipe(models: boolean): Promise<void> {
    return this.inTurn(async () => {
      await this.desk.letGo();
      this.options.clear();
      await this.desk.inMemory();
      this.door.channel.tell({ type: 'wiped' });
      await this.connection.close();
      await this.options.useDefaults();
      await wipeStorage(models, () => this.blocked());
      this.deletions.forget();
      this.collections = [];
      this.door.onStored();
      this.options.tell('info', wipedSentence(models));
    });
  }

  /** A failure is told, and what comes after it is done all the same. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.last.then(work).catch(async (error: unknown) => {
      if (this.desk.state.state === 'opening') await this.desk.inMemory().catch(() => undefined);
      this.options.tell('problem', sentenceOf(error));
    });
    this.last = done;
    return done;
  }

  /** Another tab has told something. */
  heard(told: Told): void {
    void this.inTurn(async () => {
      if (told.type === 'wiped') return this.wipedElsewhere();
      if (told.type === 'collections') return this.changedElsewhere();
      if (told.collection === this.desk.openId) await this.desk.changedBy(told.change);
    });
  }

  private async wipedElsewhere(): Promise<void> {
    const wasOpen = this.desk.openId !== null;
    await this.desk.letGo();
    await this.connection.close();
    this.deletions.forget();
    this.collections = [];
    if (!wasOpen) return;
    await this.desk.inMemory();
    this.options.clear();
    this.options.tell('info', wipedElsewhereSentence);
  }

  private async keepAs(name: string): Promise<void> {
    const about = { name: named(name), created: Date.now(), settings: this.options.settings() };
    await this.desk.keep({ id: crypto.randomUUID(), ...about });
    // Not waited for: Firefox asks the person, who may let the question stand.
    void askToPersist().then(() => this.door.onStored());
    await this.changed();
  }

  private async changedElsewhere(): Promise<void> {
    const name = this.open?.name ?? '';
    await this.refresh();
    if (this.desk.openId === null || this.open) return;
    await this.desk.letGo();
    await this.desk.inMemory();
    this.options.clear();
    this.options.tell('info', `“${name}” was deleted in another tab.`);
  }

  private async changed(): Promise<void> {
    await this.refresh();
    this.door.channel.tell({ type: 'collections' });
  }

  /** Counts what is in the collections, if that is open to be looked at. */
  async recount(): Promise<void> {
    if (this.connection.isOpen) await this.refresh();
  }

  private async refresh(): Promise<void> {
    const store = await this.connection.opened();
    const collections = await store.collections();
    const counted = await Promise.all(
      collections.map(async ({ id, name }) => ({ id, name, ...(await store.size(id)) })),
    );
    // Closed meanwhile: all of it may have been deleted.
    if (!this.connection.isOpen) return;
    this.collections = counted;
    rememberKept(collections.map(({ name }) => name));
  }

  private blocked(): void {
    this.wasBlocked = true;
    if (this.desk.state.state === 'opening') this.desk.state = { state: 'memory' };
    this.options.tell('problem', blockedSentence);
  }
}

function named(name: string): string {
  return name.trim().slice(0, 200) || 'Collection';
}
