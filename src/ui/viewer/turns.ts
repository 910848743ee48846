/** Work that is done one piece at a time, the most wanted piece next. */

export interface Wanted {
  /** Ends the waiting; work that has begun hears of it by itself. */
  readonly signal: AbortSignal;
  /** Asked when a turn is free: the least comes first. */
  distance(): number;
}

interface Waiting {
  readonly wanted: Wanted;
  begin(): void;
}

export class Turns {
  readonly #waiting = new Set<Waiting>();
  #busy = false;

  /** @throws what the work throws; the signal's reason when it is aborted before its turn */
  take<T>(work: () => Promise<T>, wanted: Wanted): Promise<T> {
    const { signal } = wanted;
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const leave = (): void => {
        this.#waiting.delete(waiting);
        reject(signal.reason as Error);
      };
      const waiting: Waiting = {
        wanted,
        begin: () => {
          signal.removeEventListener('abort', leave);
          void work()
            .then(resolve, reject)
            .finally(() => {
              this.#busy = false;
              this.#next();
            });
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.add(waiting);
      this.#next();
    });
  }

  #next(): void {
    if (this.#busy || this.#waiting.size === 0) return;
    const [first] = [...this.#waiting]
      .map((waiting) => ({ waiting, distance: waiting.wanted.distance() }))
      .sort((a, b) => a.distance - b.distance);
    this.#busy = true;
    this.#waiting.delete(first!.waiting);
    first!.waiting.begin();
  }
}
