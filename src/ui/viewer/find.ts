/** Search inside one document: case, accents, ligatures and the kind of white space make no difference. */
import type { Span } from '../../pipeline/document.ts';

interface Folded {
  readonly text: string;
  /** Offset in the original of each folded character, then the original's length. */
  readonly origin: Uint32Array;
}

const SOFT_HYPHEN = 0xad;
const SINGLE_QUOTES = /[\u2018\u2019\u201a\u201b\u2032]/g;
const DOUBLE_QUOTES = /[\u201c\u201d\u201e\u201f\u2033]/g;
const DASHES = /[\u2010-\u2015\u2212]/g;

/** Compatibility forms decomposed, marks removed, lower case, typographic signs as on a keyboard. */
function foldCharacter(character: string): string {
  return character
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(SINGLE_QUOTES, "'")
    .replace(DOUBLE_QUOTES, '"')
    .replace(DASHES, '-')
    .replace(/\s/g, ' ');
}

/** Original characters folded between two pauses: about 20 ms of work. */
const SLICE = 1 << 18;

/** Folds slice by slice; every run of white space becomes one space. */
function* folding(text: string): Generator<void, Folded> {
  const known = new Map<number, string>();
  const slices: string[] = [];
  let origin = new Uint32Array(text.length + 1);
  let length = 0;
  let afterSpace = false;
  for (let at = 0; at < text.length;) {
    const units: number[] = [];
    const put = (unit: number, from: number): void => {
      if (unit === 32 && afterSpace) return;
      afterSpace = unit === 32;
      if (length + 1 >= origin.length) origin = longer(origin);
      units.push(unit);
      origin[length] = from;
      length += 1;
    };
    const stop = Math.min(text.length, at + SLICE);
    while (at < stop) {
      const code = text.codePointAt(at) ?? 0;
      if (code < 128) {
        put(code >= 65 && code <= 90 ? code + 32 : code <= 32 ? 32 : code, at);
      } else if (code !== SOFT_HYPHEN) {
        const folded = known.get(code) ?? foldCharacter(String.fromCodePoint(code));
        known.set(code, folded);
        for (let index = 0; index < folded.length; index += 1) put(folded.charCodeAt(index), at);
      }
      at += code > 0xffff ? 2 : 1;
    }
    slices.push(decode(units));
    yield;
  }
  origin[length] = text.length;
  return { text: slices.join(''), origin: origin.subarray(0, length + 1) };
}

function longer(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const copy = new Uint32Array(2 * array.length + 16);
  copy.set(array);
  return copy;
}

/** `fromCharCode` takes its arguments from the stack: a piece at a time. */
function decode(units: readonly number[]): string {
  let text = '';
  for (let at = 0; at < units.length; at += 8192) text += String.fromCharCode(...units.slice(at, at + 8192));
  return text;
}

async function fold(text: string): Promise<Folded> {
  const steps = folding(text);
  let step = steps.next();
  while (!step.done) {
    // Only a long text has a second slice to wait for.
    if (text.length > SLICE) await new Promise((resume) => setTimeout(resume));
    step = steps.next();
  }
  return step.value;
}

/** Folds its text at the first search, letting the page breathe, and keeps the folded form. */
export class Finder {
  readonly #original: string;
  #folded: Promise<Folded> | null = null;

  constructor(text: string) {
    this.#original = text;
  }

  /** All matches, in order, not overlapping; none for a query that is empty or white space. */
  async find(query: string): Promise<Span[]> {
    const needle = (await fold(query)).text.trim();
    if (needle === '') return [];
    this.#folded ??= fold(this.#original);
    const { text, origin } = await this.#folded;
    const matches: Span[] = [];
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
      const start = origin[at] ?? 0;
      let last = at + needle.length;
      // A match that ends inside a ligature takes the whole ligature.
      while (last < text.length && origin[last] === origin[last - 1]) last += 1;
      const end = origin[last] ?? this.#original.length;
      const previous = matches[matches.length - 1];
      if (!previous || start >= previous.end) matches.push({ start, end });
    }
    return matches;
  }
}

/** The first match that ends behind `offset`, else the first; -1 if there are none. */
export function firstFrom(matches: readonly Span[], offset: number): number {
  if (matches.length === 0) return -1;
  const index = matches.findIndex((match) => match.end > offset);
  return index < 0 ? 0 : index;
}
