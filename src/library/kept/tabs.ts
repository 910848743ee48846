/** Tabs of one browser that have the same collection open: one keeps its documents, the others hear of what it does. */

const lockOf = (collection: string): string => `carrel.collection.${collection}`;

/** The right to write a collection's documents: one tab has it, and the browser gives it on when that tab ends. */
export class CollectionLock {
  private readonly ended = new AbortController();
  private free: () => void = () => undefined;
  /** It is this tab's. */
  isHeld = false;

  constructor(private readonly collection: string) {}

  /**
   * True if it is this tab's at once.
   * @param onGiven called later, if another tab had it first and has ended or left the collection
   */
  async take(onGiven: () => void): Promise<boolean> {
    const { signal } = this.ended;
    const name = lockOf(this.collection);
    const hold = () => {
      this.isHeld = true;
      return new Promise<void>((free) => (this.free = free));
    };
    const isOurs = await new Promise<boolean>((resolve, reject) => {
      navigator.locks
        .request(name, { ifAvailable: true }, (lock) => {
          resolve(lock !== null);
          return lock && hold();
        })
        .catch(reject);
    });
    if (isOurs) return true;
    navigator.locks
      .request(name, { signal }, () => {
        if (signal.aborted) return undefined;
        const held = hold();
        onGiven();
        return held;
      })
      .catch(() => undefined);
    return false;
  }

  release(): void {
    this.isHeld = false;
    this.ended.abort();
    this.free();
  }
}

/** Whether another tab has the right. */
export async function isHeld(collection: string): Promise<boolean> {
  return navigator.locks.request(lockOf(collection), { ifAvailable: true }, (lock) => lock === null);
}
