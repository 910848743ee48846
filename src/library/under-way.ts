/** What is being done to each document: who may still write to it, and whom an answer waits for. */
export class UnderWay {
  /** One for each document that is being read or embedded. */
  private readonly working = new Map<string, AbortController>();
  /** Documents that go back to what they were when their reading is stopped. */
  private readonly returning = new Set<string>();
  /** Files on their way into the list. */
  private readonly arriving = new Set<Promise<unknown>>();
  /** Settle when a document is searchable by words: answers wait for them. */
  private readonly reading = new Map<string, Promise<unknown>>();

  /** Nothing is arriving or being read; documents may still be being embedded. */
  get quiet(): boolean {
    return this.arriving.size + this.reading.size === 0;
  }

  /** Resolves when all that is being read, and what came inside it, is searchable by words or has failed. */
  async settled(): Promise<void> {
    while (!this.quiet) await Promise.allSettled([...this.arriving, ...this.reading.values()]);
  }

  get isArriving(): boolean {
    return this.arriving.size > 0;
  }

  /** Resolves when no file is on its way into the list. */
  async arrived(): Promise<void> {
    while (this.isArriving) await Promise.allSettled(this.arriving);
  }

  /** The document is being read or embedded. */
  has(path: string): boolean {
    return this.working.has(path);
  }

  /** Whether this work is still the document's: no newer file under its path, and not its end, has taken over. */
  is(path: string, controller: AbortController): boolean {
    return this.working.get(path) === controller;
  }

  /** What was under way for this path ends. */
  begin(path: string, controller: AbortController): AbortController {
    this.stop(path);
    this.working.set(path, controller);
    return controller;
  }

  stop(path: string): void {
    this.working.get(path)?.abort();
  }

  end(path: string): void {
    this.working.delete(path);
    this.returning.delete(path);
  }

  /** When its reading is stopped it goes back to what it was; until `read`. */
  returns(path: string): void {
    this.returning.add(path);
  }

  read(path: string): void {
    this.returning.delete(path);
  }

  willReturn(path: string): boolean {
    return this.returning.has(path);
  }

  async whileArriving(work: Promise<unknown>): Promise<void> {
    this.arriving.add(work);
    try {
      await work;
    } finally {
      this.arriving.delete(work);
    }
  }

  async whileReading<T>(path: string, work: Promise<T>): Promise<T> {
    this.reading.set(path, work);
    try {
      return await work;
    } finally {
      if (this.reading.get(path) === work) this.reading.delete(path);
    }
  }

  /** All work on it is stopped, and nobody waits for it. */
  forget(path: string): void {
    this.stop(path);
    this.end(path);
    this.reading.delete(path);
  }
}
