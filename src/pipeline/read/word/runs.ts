/** Runs of equal properties, in pages of 512 bytes that an index lists ([MS-DOC] 2.8.5, 2.8.6). */
import { readModifiers } from './properties.ts';
import type { Properties } from './properties.ts';

export interface PropertyRun {
  /** Offsets in the stream. */
  readonly from: number;
  readonly to: number;
  /** Number of the paragraph's style; 0 for characters. */
  readonly style: number;
  readonly properties: Properties;
}

const PAGE = 512;
const NONE: Properties = new Map();

export class PropertyRuns {
  readonly #runs: PropertyRun[] = [];
  #last = 0;

  /** @throws RangeError where the index is broken */
  constructor(
    table: DataView,
    { at, length }: { at: number; length: number },
    word: DataView,
    of: 'paragraphs' | 'characters',
  ) {
    const count = Math.max(0, Math.floor((length - 4) / 8));
    const seen = new Set<number>();
    for (let i = 0; i < count; i++) {
      const page = (table.getUint32(at + (count + 1) * 4 + i * 4, true) & 0x3fffff) * PAGE;
      if (page + PAGE > word.byteLength || seen.has(page)) continue;
      seen.add(page);
      this.#read(word, page, of);
    }
    this.#runs.sort((a, b) => a.from - b.from);
  }

  /** The run at an offset; one without properties where there is none. */
  at(offset: number): PropertyRun {
    const near = this.#runs[this.#last];
    if (near !== undefined && near.from <= offset && offset < near.to) return near;
    let [low, high] = [0, this.#runs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#runs[middle]!.to <= offset) low = middle + 1;
      else high = middle;
    }
    const run = this.#runs[low];
    if (run !== undefined && run.from <= offset) {
      this.#last = low;
      return run;
    }
    return { from: offset, to: run?.from ?? Infinity, style: 0, properties: NONE };
  }

  #read(word: DataView, page: number, of: 'paragraphs' | 'characters'): void {
    const count = word.getUint8(page + PAGE - 1);
    const places = page + (count + 1) * 4;
    const step = of === 'paragraphs' ? 13 : 1;
    if (places + count * step > page + PAGE) return;
    for (let i = 0; i < count; i++) {
      const from = word.getUint32(page + i * 4, true);
      const to = word.getUint32(page + i * 4 + 4, true);
      const at = page + word.getUint8(places + i * step) * 2;
      if (to > from)
        this.#runs.push({ from, to, ...(at === page ? { style: 0, properties: NONE } : modifiers(word, at, of)) });
    }
  }
}

function modifiers(
  word: DataView,
  at: number,
  of: 'paragraphs' | 'characters',
): Pick<PropertyRun, 'style' | 'properties'> {
  const size = word.getUint8(at);
  if (of === 'characters') return { style: 0, properties: readModifiers(word, at + 1, at + 1 + size) };
  const isLong = size === 0;
  if (at + 4 > word.byteLength) return { style: 0, properties: NONE };
  const start = isLong ? at + 2 : at + 1;
  const end = isLong ? start + word.getUint8(at + 1) * 2 : start + size * 2 - 1;
  return { style: word.getUint16(start, true), properties: readModifiers(word, start + 2, end) };
}
