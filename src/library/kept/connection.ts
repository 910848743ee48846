/** The database, opened when it is needed first, and again when the browser has closed it. */
import { openDatabase, type Ended } from './database.ts';
import { KeptStore } from './store.ts';

export interface ConnectionOptions {
  /** Nothing more can be written before it is opened again. */
  onEnded(why: Ended): void;
  /** It waits for another tab. */
  onBlocked(): void;
}

export class Connection {
  private store: Promise<KeptStore> | null = null;

  constructor(private readonly options: ConnectionOptions) {}

  get isOpen(): boolean {
    return this.store !== null;
  }

  /** @throws KeptError */
  opened(): Promise<KeptStore> {
    this.store ??= openDatabase({
      onEnded: (why) => {
        this.store = null;
        this.options.onEnded(why);
      },
      onBlocked: () => this.options.onBlocked(),
    }).then((database) => new KeptStore(database));
    // What failed is tried again the next time.
    this.store.catch(() => (this.store = null));
    return this.store;
  }

  /** The store if it is open; null if not. */
  async ifOpen(): Promise<KeptStore | null> {
    return this.store;
  }

  async close(): Promise<void> {
    const { store } = this;
    this.store = null;
    (await store)?.close();
  }
}
