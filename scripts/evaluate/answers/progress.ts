/** How far a long run is, said on standard error. */

const EVERY = 10;

export class Progress {
  private readonly began = performance.now();
  private done = 0;
  private asked = 0;

  constructor(
    private readonly what: string,
    private readonly total: number,
  ) {}

  /** @param asked whether the model was, or its answer was there from an earlier run or not wanted */
  one(asked: boolean): void {
    this.done++;
    if (asked) this.asked++;
    if (this.done % EVERY === 0 || this.done === this.total) console.error(this.line());
  }

  private line(): string {
    const { done, total, asked } = this;
    const seconds = (performance.now() - this.began) / 1000;
    const minutes = asked > 0 ? Math.ceil((((total - done) / asked) * seconds) / 60) : 0;
    const pace = asked > 0 ? `, ${(seconds / asked).toFixed(1)} s each, at most ${minutes} min left` : '';
    return `${this.what}: ${done} of ${total} answers, the model asked for ${asked}${pace}`;
  }
}
