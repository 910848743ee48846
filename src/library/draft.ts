/** A question that is still being written. */

/** Milliseconds without a keystroke after which it counts as resting: longer than between the letters of a word. */
const REST = 400;
/** With fewer words hardly anything is asked yet. */
const LEAST_WORDS = 2;

export class Draft {
  private stopping = new AbortController();

  /** @param prepare called with a question that rests; stopped by its signal when the question changes */
  constructor(private readonly prepare: (question: string, signal: AbortSignal) => Promise<void>) {}

  change(question: string): void {
    this.stop();
    const text = question.trim();
    if (text.split(/\s+/u).length < LEAST_WORDS) return;
    const { signal } = (this.stopping = new AbortController());
    setTimeout(() => {
      // What fails here fails again when it is asked, and is told then.
      if (!signal.aborted) this.prepare(text, signal).catch(() => undefined);
    }, REST);
  }

  stop(): void {
    this.stopping.abort(new Error('The question has changed.'));
  }
}
