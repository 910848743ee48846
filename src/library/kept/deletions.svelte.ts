/** Collections deleted in this tab, as long as they can be put back: they lie in the database, marked, and for others are not there. */
import type { CollectionInfo } from '../state.ts';
import type { Connection } from './connection.ts';
import { isHeld, type CollectionLock } from './tabs.ts';

export interface Deletion {
  readonly about: CollectionInfo;
  /** Held, so that no other tab clears it away, until it is put back or has gone. */
  readonly lock: CollectionLock;
  readonly wasOnDesk: boolean;
}

export class Deletions {
  all = $state.raw<readonly Deletion[]>([]);

  constructor(private readonly connection: Pick<Connection, 'opened'>) {}

  /** @throws KeptError, and nothing has been deleted */
  async mark(deletion: Deletion): Promise<void> {
    await (await this.connection.opened()).markDeleted(deletion.about.id);
    this.all = [...this.all, deletion];
  }

  /** With its lock, which is the caller's from now on; null where this tab has not deleted it. @throws Error with a sentence */
  async putBack(id: string): Promise<Deletion | null> {
    const deletion = this.all.find(({ about }) => about.id === id);
    if (!deletion) return null;
    const isThere = await (await this.connection.opened()).putBack(id);
    this.drop(deletion);
    if (isThere) return deletion;
    deletion.lock.release();
    throw new Error(`“${deletion.about.name}” could not be put back: the browser has cleared what was kept of it.`);
  }

  /** @throws KeptError, and it can still be put back */
  async finish(id: string): Promise<void> {
    const deletion = this.all.find(({ about }) => about.id === id);
    if (!deletion) return;
    await (await this.connection.opened()).deleteMarked(id);
    this.drop(deletion);
    deletion.lock.release();
  }

  /** What a tab that has ended could not finish any more goes now. @throws KeptError */
  async finishLeft(): Promise<void> {
    const store = await this.connection.opened();
    for (const id of await store.markedDeleted()) if (!(await isHeld(id))) await store.deleteMarked(id);
  }

  /** The database has gone with all of them. */
  forget(): void {
    for (const { lock } of this.all) lock.release();
    this.all = [];
  }

  private drop(deletion: Deletion): void {
    this.all = this.all.filter((one) => one !== deletion);
  }
}
