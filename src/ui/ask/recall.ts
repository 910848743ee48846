/** Earlier questions brought back into the question box, as a shell does it. */

export class Recall {
  /** How far back one is: 0 is the box's own text, 1 the newest question. */
  #back = 0;
  #shown = '';

  /**
   * The question before the one in the box; null where the key is the text's own: something else has been written
   * there, or there is no earlier one.
   * @param asked the questions so far, oldest first
   */
  older(text: string, asked: readonly string[]): string | null {
    if (!this.#isOurs(text)) return null;
    return this.#at(this.#back + 1, asked);
  }

  /** The one after it; '' after the newest; null where the key is the text's own. */
  newer(text: string, asked: readonly string[]): string | null {
    if (this.#back === 0 || !this.#isOurs(text)) return null;
    return this.#at(this.#back - 1, asked);
  }

  /** True where an earlier question stands in the box as it was. */
  recalls(text: string): boolean {
    return this.#back > 0 && this.#isOurs(text);
  }

  reset(): void {
    this.#back = 0;
    this.#shown = '';
  }

  #isOurs(text: string): boolean {
    if (text === this.#shown) return true;
    this.reset();
    return text === '';
  }

  #at(back: number, asked: readonly string[]): string | null {
    // asked twice in a row or far apart, a question comes once
    const list = [...new Set(asked.toReversed())];
    if (back > list.length) return null;
    this.#back = back;
    this.#shown = list[back - 1] ?? '';
    return this.#shown;
  }
}
