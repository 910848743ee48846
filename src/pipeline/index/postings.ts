/** The rows that hold one term, with its frequencies, in one typed array of three numbers an entry. */
export class Postings {
  #entries = new Uint32Array(3);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  row(i: number): number {
    return this.#entries[3 * i]!;
  }

  text(i: number): number {
    return this.#entries[3 * i + 1]!;
  }

  context(i: number): number {
    return this.#entries[3 * i + 2]!;
  }

  push(row: number, text: number, context: number): void {
    const at = 3 * this.#length;
    if (at === this.#entries.length) {
      const grown = new Uint32Array(3 * Math.ceil(this.#length * 1.5 + 1));
      grown.set(this.#entries);
      this.#entries = grown;
    }
    this.#entries[at] = row;
    this.#entries[at + 1] = text;
    this.#entries[at + 2] = context;
    this.#length++;
  }

  /** Drops every entry whose row does not pass. */
  keep(passes: (row: number) => boolean): void {
    const entries = this.#entries;
    let to = 0;
    for (let at = 0; at < 3 * this.#length; at += 3) {
      if (!passes(entries[at]!)) continue;
      if (to !== at) entries.copyWithin(to, at, at + 3);
      to += 3;
    }
    this.#length = to / 3;
  }
}
