/** What turns are called: numbers that grow, so that a list of them by number is one by time. */

/** Two tabs whose clocks are behind what is kept choose apart, among so many. */
const apart = 1000;

export class TurnIds {
  private last = 0;
  private clock: (() => number) | null = null;

  /** @param random from 0 to 1 */
  constructor(private readonly random: () => number = Math.random) {}

  /** They tell the time from now on: those of two tabs then differ, and stand in the order of the questions. */
  byTime(clock: () => number = Date.now): void {
    this.clock = clock;
  }

  /** This one is taken. A clock that was set back since does not bring a later question before it. */
  saw(id: number): void {
    this.last = Math.max(this.last, id);
  }

  next(): number {
    const now = this.clock?.();
    if (now === undefined) this.last++;
    else if (now > this.last) this.last = now;
    else this.last += 1 + Math.floor(this.random() * apart);
    return this.last;
  }
}
