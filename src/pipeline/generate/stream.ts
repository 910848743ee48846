/** Token ids to text while they come. */

/**
 * A byte-level token may hold part of a character: ids are held back until they decode without a replacement character,
 * so that no broken sign is shown. A SentencePiece token says by its place whether a space stands before it: ids are
 * decoded behind those of the piece before. So each id is decoded twice at the most.
 */
export class TokenStream {
  private before: number[] = [];
  private held: number[] = [];

  constructor(private readonly decode: (ids: number[]) => string) {}

  /** The text that this id completes, '' while a character is still open. */
  push(id: number): string {
    this.held.push(id);
    const text = this.heldText();
    // Four bytes make a character at the most: a longer wait means that the bytes are broken anyway.
    if (text.endsWith('\uFFFD') && this.held.length < 4) return '';
    // A control token has no text, so that nothing can be decoded behind it.
    if (text) this.before = this.held;
    this.held = [];
    return text;
  }

  /** What is still held back. */
  end(): string {
    const text = this.held.length ? this.heldText() : '';
    this.held = [];
    return text;
  }

  private heldText(): string {
    if (this.before.length === 0) return this.decode(this.held);
    const context = this.decode(this.before);
    const whole = this.decode([...this.before, ...this.held]);
    // Broken bytes may become another sign together with what comes behind them.
    return whole.startsWith(context) ? whole.slice(context.length) : this.decode(this.held);
  }
}
