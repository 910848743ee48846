/**
 * For each term the rows that hold it, with its frequencies, as bytes in one pool.
 *
 * An entry is the distance to the row before, less one, times two, as a varint (seven bits a byte, lowest first);
 * the last bit is 0 where the term stands once in the text and not in the context, which is most often so. Otherwise
 * a byte holds both frequencies, four bits each, or 255, and two varints follow.
 *
 * A list lies in slices that are chained, the next one larger, as in Lucene's ByteBlockPool: it grows in place,
 * and a term that stands in one passage takes no more than the first.
 */
import { Column } from './column.ts';

/** One list, decoded. The arrays may be longer, and are used again by the next call. */
export interface Entries {
  readonly length: number;
  /** Ascending. */
  readonly rows: Uint32Array;
  readonly text: Uint32Array;
  readonly context: Uint32Array;
}

const PAGE_BITS = 15;
const PAGE = 1 << PAGE_BITS;
/** Bytes of the first slice, the second and so on; of every further one the last. The last four name the next slice. */
const SLICES = [8, 12, 20, 28, 44, 68, 100, 148, 224, 336, 504, 756, 1024];
const LINK = 4;
const ESCAPE = 255;
/** Both frequencies where the term stands once in the text. */
const ONCE = 1;

const sliceSize = (level: number): number => SLICES[Math.min(level, SLICES.length - 1)]!;

export class Postings {
  readonly #pages: Uint8Array[] = [];
  /** Where the next slice begins; slices do not cross pages. */
  #next = 0;
  /** By term: its first slice, where the next byte goes, the end of that slice, its level, the last row, the length. */
  readonly #first = new Column();
  readonly #at = new Column();
  readonly #end = new Column();
  readonly #level = new Column();
  readonly #lastRow = new Column();
  readonly #length = new Column();
  #gathered = new Uint8Array(64);
  #rows = new Uint32Array(16);
  #text = new Uint32Array(16);
  #context = new Uint32Array(16);

  /** Number of terms. */
  get terms(): number {
    return this.#first.length;
  }

  get bytes(): number {
    const columns = [this.#first, this.#at, this.#end, this.#level, this.#lastRow, this.#length];
    const scratch = [this.#gathered, this.#rows, this.#text, this.#context];
    const sum = (parts: readonly { bytes: number }[]): number => parts.reduce((all, { bytes }) => all + bytes, 0);
    return this.#pages.length * PAGE + sum(columns) + sum(scratch.map(({ byteLength }) => ({ bytes: byteLength })));
  }

  /** The number of a new term, whose list is empty. */
  addTerm(): number {
    const start = this.#slice(sliceSize(0));
    this.#first.push(start);
    this.#at.push(start);
    this.#end.push(start + sliceSize(0) - LINK);
    this.#level.push(0);
    this.#lastRow.push(0);
    this.#length.push(0);
    return this.terms - 1;
  }

  /** How many rows hold the term. */
  length(term: number): number {
    return this.#length.values[term]!;
  }

  /** `row` lies above all rows of the term and below 2^30; one of the frequencies is not 0. */
  push(term: number, row: number, text: number, context: number): void {
    const distance = this.length(term) === 0 ? row : row - this.#lastRow.values[term]! - 1;
    const both = text < 16 && context < 16 ? text | (context << 4) : ESCAPE;
    this.#varint(term, (distance << 1) | (both === ONCE ? 0 : 1));
    if (both !== ONCE) this.#byte(term, both);
    if (both === ESCAPE) {
      this.#varint(term, text);
      this.#varint(term, context);
    }
    this.#lastRow.values[term] = row;
    this.#length.values[term]!++;
  }

  entries(term: number): Entries {
    const bytes = this.#gather(term);
    const length = this.length(term);
    if (this.#rows.length < length) {
      const room = length + (length >> 3);
      this.#rows = new Uint32Array(room);
      this.#text = new Uint32Array(room);
      this.#context = new Uint32Array(room);
    }
    const rows = this.#rows;
    const texts = this.#text;
    const contexts = this.#context;
    let at = 0;
    let row = -1;
    for (let i = 0; i < length; i++) {
      let head = bytes[at++]!;
      if (head > 127) {
        head &= 127;
        for (let shift = 7, byte = 128; byte > 127; shift += 7) {
          byte = bytes[at++]!;
          head |= (byte & 127) << shift;
        }
      }
      row += (head >>> 1) + 1;
      rows[i] = row;
      const both = (head & 1) === 0 ? ONCE : bytes[at++]!;
      if (both !== ESCAPE) {
        texts[i] = both & 15;
        contexts[i] = both >> 4;
        continue;
      }
      for (const frequencies of [texts, contexts]) {
        let value = 0;
        for (let shift = 0, byte = 128; byte > 127; shift += 7) {
          byte = bytes[at++]!;
          value |= (byte & 127) << shift;
        }
        frequencies[i] = value;
      }
    }
    return { length, rows, text: texts, context: contexts };
  }

  /** The bytes of a list one after the other; valid until the next call. */
  #gather(term: number): Uint8Array {
    let start = this.#first.values[term]!;
    let filled = 0;
    for (let level = 0; ; level++) {
      const last = level === this.#level.values[term]!;
      const end = last ? this.#at.values[term]! : start + sliceSize(level) - LINK;
      const page = this.#pages[start >>> PAGE_BITS]!;
      const from = start & (PAGE - 1);
      const to = from + end - start;
      if (filled + to - from > this.#gathered.length) {
        const grown = new Uint8Array((filled + to - from) * 2);
        grown.set(this.#gathered);
        this.#gathered = grown;
      }
      this.#gathered.set(page.subarray(from, to), filled);
      filled += to - from;
      if (last) return this.#gathered;
      start = linkAt(page, to);
    }
  }

  #varint(term: number, value: number): void {
    let rest = value;
    for (; rest > 127; rest >>>= 7) this.#byte(term, (rest & 127) | 128);
    this.#byte(term, rest);
  }

  #byte(term: number, byte: number): void {
    let at = this.#at.values[term]!;
    if (at === this.#end.values[term]!) {
      const level = ++this.#level.values[term]!;
      const next = this.#slice(sliceSize(level));
      setLink(this.#pages[at >>> PAGE_BITS]!, at & (PAGE - 1), next);
      this.#end.values[term] = next + sliceSize(level) - LINK;
      at = next;
    }
    this.#pages[at >>> PAGE_BITS]![at & (PAGE - 1)] = byte;
    this.#at.values[term] = at + 1;
  }

  #slice(size: number): number {
    const left = this.#pages.length * PAGE - this.#next;
    if (left < size) {
      this.#next += left;
      this.#pages.push(new Uint8Array(PAGE));
    }
    const start = this.#next;
    this.#next += size;
    return start;
  }
}

function setLink(page: Uint8Array, at: number, to: number): void {
  for (let i = 0; i < LINK; i++) page[at + i] = (to >>> (8 * i)) & 255;
}

function linkAt(page: Uint8Array, at: number): number {
  return page[at]! + page[at + 1]! * 2 ** 8 + page[at + 2]! * 2 ** 16 + page[at + 3]! * 2 ** 24;
}
