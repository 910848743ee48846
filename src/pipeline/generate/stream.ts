/** Token ids to text while they come. */

/**
 * A byte-level token may hold part of a character. Ids are held back until they decode without a
 * replacement character, so that no broken sign is shown and nothing is decoded twice.
 */
export class TokenStream {
  private held: number[] = [];

  constructor(private readonly decode: (ids: number[]) => string) {}

  /** The text that this id completes, '' while a character is still open. */
  push(id: number): string {
    this.held.push(id);
    const text = this.decode(this.held);
    // Four bytes make a character at the most: a longer wait means that the bytes are broken anyway.
    if (text.endsWith('\uFFFD') && this.held.length < 4) return '';
    this.held = [];
    return text;
  }

  /** What is still held back. */
  end(): string {
    const text = this.held.length ? this.decode(this.held) : '';
    this.held = [];
    return text;
  }
}
