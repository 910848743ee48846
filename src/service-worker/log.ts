/** The requests that this life of the service worker has seen, told to the open pages as they come. */
import type { Passed } from '../network/seen.ts';

const MOST = 5000;
/** Milliseconds in which requests that come together are told together. */
const TOGETHER = 100;

export class PassedLog {
  private readonly run = Date.now();
  private kept: Passed[] = [];
  private untold: Passed[] = [];
  private next = 1;

  constructor(private readonly tell: (passed: readonly Passed[]) => Promise<void>) {}

  /** The last ones, oldest first. */
  get passed(): readonly Passed[] {
    return this.kept;
  }

  add(seen: Omit<Passed, 'run' | 'number'>): void {
    const passed = { ...seen, run: this.run, number: this.next++ };
    this.kept = [...this.kept.slice(1 - MOST), passed];
    this.untold.push(passed);
    if (this.untold.length > 1) return;
    setTimeout(() => {
      const { untold } = this;
      this.untold = [];
      void this.tell(untold);
    }, TOGETHER);
  }
}
