/** The cut from the network for the time of a proof. It is the service worker's memory: whoever relies on it asks again. */
import { CUT_MILLISECONDS } from './messages.ts';

export class Cut {
  private since = 0;
  private until = 0;
  private others: ReadonlySet<string> = new Set();

  constructor(private readonly now: () => number = Date.now) {}

  /**
   * Begins, or goes on.
   * @param others ids of pages that are not cut
   * @returns when the cut began that holds now, in milliseconds since 1970
   */
  begin(others: readonly string[]): number {
    const now = this.now();
    if (now >= this.until) this.since = now;
    this.until = now + CUT_MILLISECONDS;
    this.others = new Set(others);
    return this.since;
  }

  end(): void {
    this.until = 0;
  }

  /** @param client id of who asks; '' for the service worker itself */
  holds(client: string): boolean {
    return this.now() < this.until && !this.others.has(client);
  }
}
