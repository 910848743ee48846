/** Whole numbers from 0 to 2^32 - 1 in a row that grows, four bytes each. */
export class Column {
  #values = new Uint32Array(16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The numbers; may be longer. Replaced when the column grows: do not keep it. */
  get values(): Uint32Array {
    return this.#values;
  }

  get bytes(): number {
    return this.#values.byteLength;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      // An eighth more: each number is copied some eight times, and little is held in vain.
      const grown = new Uint32Array(this.#length + (this.#length >> 3) + 16);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }
}
