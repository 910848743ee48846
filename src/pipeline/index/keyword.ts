import type { KeywordHit, KeywordIndex, QueryTerm } from './interface.ts';
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
  readonly #postings = new Map<string, Postings>();
  readonly #rowOf = new Map<number, number>();
  /** By row: the key, or -1; the number of terms in the fields. */
  readonly #keys: number[] = [];
  readonly #textLengths: number[] = [];
  readonly #contextLengths: number[] = [];
  readonly #free: number[] = [];
  /** Rows removed whose postings are still there. */
  #removed: number[] = [];
  #textTotal = 0;
  #contextTotal = 0;
  /** By row, all 0 between searches: the score so far, and the place among the hits asked for, from 1. */
  #scores = new Float64Array(0);
  #places = new Uint32Array(0);

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
    const row = this.#free.pop() ?? this.#keys.length;
    this.#keys[row] = key;
    this.#textLengths[row] = textLength;
    this.#contextLengths[row] = contextLength;
    this.#textTotal += textLength;
    this.#contextTotal += contextLength;
    this.#rowOf.set(key, row);
    for (const [term, { text, context }] of counts) {
      let postings = this.#postings.get(term);
      if (!postings) this.#postings.set(term, (postings = new Postings()));
      postings.push(row, text, context);
    }
  }

  /** Takes effect at once; the postings are swept, all removals together, by the next search. */
  remove(key: number): boolean {
    const row = this.#rowOf.get(key);
    if (row === undefined) return false;
    this.#rowOf.delete(key);
    this.#keys[row] = -1;
    this.#textTotal -= this.#textLengths[row]!;
    this.#contextTotal -= this.#contextLengths[row]!;
    this.#removed.push(row);
    return true;
  }

  search(query: string, k: number): KeywordHit[] {
    if (k < 1) return [];
    const terms = this.weigh(query);
    const rows = this.#accumulate(terms);
    const top = new TopHits(k);
    for (const row of rows) {
      top.offer(this.#keys[row]!, this.#scores[row]!);
      this.#scores[row] = 0;
    }
    const best = top.sorted().map(({ key }) => key);
    return this.#hits(terms, best);
  }

  scores(query: string, keys: readonly number[]): KeywordHit[] {
    return this.#hits(this.weigh(query), keys);
  }

  weigh(query: string): QueryTerm[] {
    this.#sweep();
    return [...new Set(words(query))].map((term) => {
      const content = isContent(term);
      const idf = Math.log((this.size + 1) / Math.max(0.5, this.#postings.get(term)?.length ?? 0));
      return { term, weight: idf * (content ? 1 : this.#askingWeight), content };
    });
  }

  /** Adds up `#scores` by row; returns the rows touched. */
  #accumulate(terms: readonly QueryTerm[]): number[] {
    if (this.#scores.length < this.#keys.length) this.#scores = new Float64Array(this.#keys.length * 2);
    const scores = this.#scores;
    const rows: number[] = [];
    const saturation = this.#saturation();
    for (const { term, weight } of terms) {
      if (weight === 0) continue;
      const postings = this.#postings.get(term);
      for (let i = 0; i < (postings?.length ?? 0); i++) {
        const row = postings!.row(i);
        const share = weight * saturation(row, postings!.text(i), postings!.context(i));
        const before = scores[row]!;
        if (before === 0 && share > 0) rows.push(row);
        scores[row] = before + share;
      }
    }
    return rows;
  }

  /** The share of each term in each of the keys, added up in the order of the terms as `#accumulate` does. */
  #hits(terms: readonly QueryTerm[], keys: readonly number[]): KeywordHit[] {
    if (this.#places.length < this.#keys.length) this.#places = new Uint32Array(this.#keys.length * 2);
    const places = this.#places;
    const hits = keys.map((key) => ({ key, score: 0, terms: [] as { term: string; share: number }[] }));
    const rows = keys.map((key) => this.#rowOf.get(key));
    rows.forEach((row, i) => row !== undefined && (places[row] = i + 1));
    const saturation = this.#saturation();
    for (const { term, weight } of terms) {
      const postings = weight === 0 ? undefined : this.#postings.get(term);
      for (let i = 0; i < (postings?.length ?? 0); i++) {
        const row = postings!.row(i);
        const place = places[row]!;
        if (place === 0) continue;
        const share = weight * saturation(row, postings!.text(i), postings!.context(i));
        // A word in a field of weight 0 only.
        if (share === 0) continue;
        const hit = hits[place - 1]!;
        hit.terms.push({ term, share });
        hit.score += share;
      }
    }
    for (const row of rows) if (row !== undefined) places[row] = 0;
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
    const textLengths = this.#textLengths;
    const contextLengths = this.#contextLengths;
    return (row, text, context) => {
      const tf = text + weight * context;
      if (tf === 0) return 0;
      const length = textLengths[row]! + weight * contextLengths[row]!;
      return delta + (most * tf) / (tf + fixed + byLength * length);
    };
  }

  #sweep(): void {
    if (this.#removed.length === 0) return;
    for (const [term, postings] of this.#postings) {
      postings.keep((row) => this.#keys[row] !== -1);
      if (postings.length === 0) this.#postings.delete(term);
    }
    this.#free.push(...this.#removed);
    this.#removed = [];
  }
}
