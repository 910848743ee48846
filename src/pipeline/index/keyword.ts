import { Column } from './column.ts';
import type { ExplainedScore, KeywordHit, KeywordIndex, QueryTerm } from './interface.ts';
import { Postings } from './postings.ts';
import { TopHits } from './top.ts';
import { isContent, words } from './words.ts';

export interface Bm25Options {
  /** How soon repeats of a term stop to count (Robertson and Zaragoza 2009: 1.2 to 2). */
  readonly k1?: number;
  /** How much a long passage is held against it, 0 to 1 (ibid.: 0.5 to 0.8). */
  readonly b?: number;
  /** What holding a term is worth however long the passage is (Lv and Zhai 2011: 1). */
  readonly delta?: number;
  /** How many times a word of the context (title, headings) counts as one of the text. */
  readonly contextWeight?: number;
  /** What is left of the idf of a question's words that only ask (`what`, `the`). */
  readonly askingWeight?: number;
}

/**
 * BM25+ (Lv and Zhai 2011, "Lower-bounding term frequency normalization") over two fields, whose term
 * frequencies and lengths are added by weight before the formula (Robertson, Zaragoza and Taylor 2004):
 *
 *     share(t) = ln((N + 1) / df) · (delta + (k1 + 1) tf / (tf + k1 (1 - b + b length / mean length)))
 *
 * All it keeps are whole-number counts, so scores do not depend on what was once added and removed.
 */
export class Bm25Index implements KeywordIndex {
  readonly #k1: number;
  readonly #b: number;
  readonly #delta: number;
  readonly #contextWeight: number;
  readonly #askingWeight: number;
  /** The number of each term among the postings. */
  #terms = new Map<string, number>();
  #postings = new Postings();
  readonly #rowOf = new Map<number, number>();
  /** By row, in the order of addition: the key, or -1 once removed; the number of terms in the fields. */
  #keys: number[] = [];
  #textLengths = new Column();
  #contextLengths = new Column();
  #textTotal = 0;
  #contextTotal = 0;
  /** How many rows that are still there hold a term: counted when asked for, while some are not. */
  readonly #frequencies = new Map<number, number>();
  /** By row, all 0 between searches: the score so far. */
  #scores = new Float64Array(0);

  constructor(options: Bm25Options = {}) {
    this.#k1 = options.k1 ?? 1.2;
    this.#b = options.b ?? 0.75;
    this.#delta = options.delta ?? 1;
    this.#contextWeight = options.contextWeight ?? 1;
    this.#askingWeight = options.askingWeight ?? 0.2;
  }

  get size(): number {
    return this.#rowOf.size;
  }

  add(key: number, fields: { readonly context: string; readonly text: string }): void {
    if (this.#rowOf.has(key)) throw new RangeError(`The index already holds a passage under key ${key}.`);
    const counts = new Map<string, { text: number; context: number }>();
    const count = (field: 'text' | 'context'): number => {
      const terms = words(fields[field]);
      for (const term of terms) {
        const known = counts.get(term);
        if (known) known[field]++;
        else counts.set(term, { text: 0, context: 0, [field]: 1 });
      }
      return terms.length;
    };
    const textLength = count('text');
    const contextLength = count('context');
    const row = this.#keys.length;
    this.#keys.push(key);
    this.#textLengths.push(textLength);
    this.#contextLengths.push(contextLength);
    this.#textTotal += textLength;
    this.#contextTotal += contextLength;
    this.#rowOf.set(key, row);
    for (const [term, { text, context }] of counts) this.#postings.push(this.#numberOf(term), row, text, context);
    this.#frequencies.clear();
  }

  /** The row stays until a quarter of all are such; then the postings are written anew without them. */
  remove(key: number): boolean {
    const row = this.#rowOf.get(key);
    if (row === undefined) return false;
    this.#rowOf.delete(key);
    this.#keys[row] = -1;
    this.#textTotal -= this.#textLengths.values[row]!;
    this.#contextTotal -= this.#contextLengths.values[row]!;
    this.#frequencies.clear();
    if ((this.#keys.length - this.size) * 4 > this.#keys.length) this.#compact();
    return true;
  }

  search(query: string, k: number, within?: ReadonlySet<number>): KeywordHit[] {
    if (k < 1) return [];
    const terms = this.weigh(query);
    this.#accumulate(terms);
    const scores = this.#scores;
    const top = new TopHits(k);
    for (let row = 0; row < this.#keys.length; row++) {
      const key = this.#keys[row]!;
      if (scores[row]! > 0 && key !== -1 && (within?.has(key) ?? true)) top.offer(key, scores[row]!);
    }
    scores.fill(0);
    const best = top.sorted().map(({ key }) => key);
    return this.#hits(terms, best);
  }

  scores(query: string, keys: readonly number[]): KeywordHit[] {
    return this.#hits(this.weigh(query), keys);
  }

  explain(query: string, key: number): ExplainedScore {
    const row = this.#rowOf.get(key);
    if (row === undefined) throw new RangeError(`The index holds no passage under key ${key}.`);
    const saturation = this.#saturation();
    let score = 0;
    const terms = this.weigh(query).map((weighed) => {
      const { inText, inContext } = this.#counts(weighed.term, row);
      const factor = saturation(row, inText, inContext);
      const share = weighed.weight * factor;
      score += share;
      const { term } = weighed;
      const rarity = { frequency: this.frequency(term), idf: this.#idf(term) };
      return { ...weighed, ...rarity, inText, inContext, saturation: factor, share };
    });
    return {
      ...{ score, terms },
      length: this.#textLengths.values[row]! + this.#contextWeight * this.#contextLengths.values[row]!,
      meanLength: (this.#textTotal + this.#contextWeight * this.#contextTotal) / this.size,
      passages: this.size,
    };
  }

  weigh(query: string): QueryTerm[] {
    return [...new Set(words(query))].map((term) => {
      const content = isContent(term);
      return { term, weight: this.#idf(term) * (content ? 1 : this.#askingWeight), content };
    });
  }

  #idf(term: string): number {
    return Math.log((this.size + 1) / Math.max(0.5, this.frequency(term)));
  }

  /** How often a row holds a term, by field. */
  #counts(term: string, row: number): { inText: number; inContext: number } {
    const number = this.#terms.get(term);
    if (number === undefined) return { inText: 0, inContext: 0 };
    const { length, rows, text, context } = this.#postings.entries(number);
    const i = placeOf(row, rows, length);
    return i < 0 ? { inText: 0, inContext: 0 } : { inText: text[i]!, inContext: context[i]! };
  }

  /** The number of a term; a new one is copied, as a piece cut from a text would keep the whole text in memory. */
  #numberOf(term: string): number {
    let number = this.#terms.get(term);
    if (number === undefined) {
      number = this.#postings.addTerm();
      this.#terms.set(term.length < SHORTEST_CUT ? term : String.fromCharCode(...utf16(term)), number);
    }
    return number;
  }

  holders(term: string, most: number): readonly number[] {
    const number = this.#terms.get(term);
    if (number === undefined) return [];
    const { length, rows } = this.#postings.entries(number);
    const keys: number[] = [];
    for (let i = 0; i < length && keys.length < most; i++) {
      const key = this.#keys[rows[i]!]!;
      if (key !== -1) keys.push(key);
    }
    return keys;
  }

  terms(): Iterable<string> {
    return this.#terms.keys();
  }

  frequency(term: string): number {
    const number = this.#terms.get(term);
    if (number === undefined) return 0;
    if (this.size === this.#keys.length) return this.#postings.length(number);
    let frequency = this.#frequencies.get(number);
    if (frequency === undefined) {
      const { length, rows } = this.#postings.entries(number);
      frequency = 0;
      for (let i = 0; i < length; i++) if (this.#keys[rows[i]!] !== -1) frequency++;
      this.#frequencies.set(number, frequency);
    }
    return frequency;
  }

  /** Adds up `#scores` by row. */
  #accumulate(terms: readonly QueryTerm[]): void {
    if (this.#scores.length < this.#keys.length) {
      this.#scores = new Float64Array(this.#keys.length + (this.#keys.length >> 3));
    }
    const scores = this.#scores;
    const saturation = this.#saturation();
    for (const { term, weight } of terms) {
      const number = weight === 0 ? undefined : this.#terms.get(term);
      if (number === undefined) continue;
      const { length, rows, text, context } = this.#postings.entries(number);
      for (let i = 0; i < length; i++) {
        const row = rows[i]!;
        scores[row]! += weight * saturation(row, text[i]!, context[i]!);
      }
    }
  }

  /** The share of each term in each of the keys, added up in the order of the terms as `#accumulate` does. */
  #hits(terms: readonly QueryTerm[], keys: readonly number[]): KeywordHit[] {
    const hits = keys.map((key) => ({ key, score: 0, terms: [] as { term: string; share: number }[] }));
    const saturation = this.#saturation();
    for (const { term, weight } of terms) {
      const number = weight === 0 ? undefined : this.#terms.get(term);
      if (number === undefined) continue;
      const { length, rows, text, context } = this.#postings.entries(number);
      for (const hit of hits) {
        const row = this.#rowOf.get(hit.key);
        const i = row === undefined ? -1 : placeOf(row, rows, length);
        const share = i < 0 ? 0 : weight * saturation(row!, text[i]!, context[i]!);
        // Also 0 for a word in a field of weight 0 only.
        if (share === 0) continue;
        hit.terms.push({ term, share });
        hit.score += share;
      }
    }
    return hits;
  }

  /** The factor beside the idf. */
  #saturation(): (row: number, text: number, context: number) => number {
    const weight = this.#contextWeight;
    const total = this.#textTotal + weight * this.#contextTotal;
    const fixed = this.#k1 * (1 - this.#b);
    const byLength = total > 0 ? (this.#k1 * this.#b * this.size) / total : 0;
    const most = this.#k1 + 1;
    const delta = this.#delta;
    const textLengths = this.#textLengths.values;
    const contextLengths = this.#contextLengths.values;
    return (row, text, context) => {
      const tf = text + weight * context;
      if (tf === 0) return 0;
      const length = textLengths[row]! + weight * contextLengths[row]!;
      return delta + (most * tf) / (tf + fixed + byLength * length);
    };
  }

  /** Writes rows and postings anew, without what was removed. */
  #compact(): void {
    const before = this.#postings;
    const keys = this.#keys;
    const kept = new Int32Array(keys.length).fill(-1);
    const textLengths = new Column();
    const contextLengths = new Column();
    this.#keys = [];
    keys.forEach((key, row) => {
      if (key === -1) return;
      kept[row] = this.#keys.length;
      this.#rowOf.set(key, this.#keys.length);
      this.#keys.push(key);
      textLengths.push(this.#textLengths.values[row]!);
      contextLengths.push(this.#contextLengths.values[row]!);
    });
    this.#textLengths = textLengths;
    this.#contextLengths = contextLengths;
    const terms = this.#terms;
    this.#terms = new Map();
    this.#postings = new Postings();
    for (const [term, number] of terms) {
      const { length, rows, text, context } = before.entries(number);
      let anew = -1;
      for (let i = 0; i < length; i++) {
        const row = kept[rows[i]!]!;
        if (row < 0) continue;
        if (anew < 0) this.#terms.set(term, (anew = this.#postings.addTerm()));
        this.#postings.push(anew, row, text[i]!, context[i]!);
      }
    }
    this.#scores = new Float64Array(0);
  }
}

/** From this length on V8 does not copy a piece of a string. */
const SHORTEST_CUT = 13;

function utf16(term: string): number[] {
  return Array.from({ length: term.length }, (_, i) => term.charCodeAt(i));
}

/** Where `row` stands among the first `length` of the ascending `rows`, or -1. */
function placeOf(row: number, rows: Uint32Array, length: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return low < length && rows[low] === row ? low : -1;
}
