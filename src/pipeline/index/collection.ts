/** The open collection as the search sees it: passages under keys, words at once, vectors as they come. */
import type { Passage } from '../document.ts';
import type { ExplainedScore, KeywordIndex, VectorIndex } from './interface.ts';

/** Passages that are looked into for the written forms of a term. */
const TEXTS = 12;

/**
 * Keeps both indexes in step. Passages are known by their id (equal text under equal context), so a vector
 * made once serves every document that holds the passage, and a replaced document only lacks what changed.
 */
export class Collection {
  private readonly passages = new Map<number, Passage>();
  private readonly keysByPath = new Map<string, readonly number[]>();
  /** Keys that have a vector, by the id of their passage. */
  private readonly keysById = new Map<string, Set<number>>();
  private nextKey = 0;

  constructor(
    private readonly words: KeywordIndex,
    private vectors: VectorIndex,
  ) {}

  /** Number of passages. */
  get size(): number {
    return this.passages.size;
  }

  /** Number of passages that have a vector. */
  get embedded(): number {
    return this.vectors.size;
  }

  get keywordIndex(): KeywordIndex {
    return this.words;
  }

  get vectorIndex(): VectorIndex {
    return this.vectors;
  }

  /** @throws RangeError if there is no passage under this key. */
  passage(key: number): Passage {
    const passage = this.passages.get(key);
    if (!passage) throw new RangeError(`There is no passage ${key}.`);
    return passage;
  }

  /** Number of documents. */
  get documents(): number {
    return this.keysByPath.size;
  }

  has(path: string): boolean {
    return this.keysByPath.has(path);
  }

  /** Keys of the passages of these documents that are wanted. */
  keysOf(paths: ReadonlySet<string>, wanted: (passage: Passage) => boolean): ReadonlySet<number> {
    const keys = [...paths].flatMap((path) => this.keysByPath.get(path) ?? []);
    return new Set(keys.filter((key) => wanted(this.passage(key))));
  }

  /** Whether the passage under this key has a vector. */
  isEmbedded(key: number): boolean {
    return this.keysById.get(this.passage(key).id)?.has(key) ?? false;
  }

  /** The keyword score of a document's passage, term by term; null if the document does not hold it any more. */
  explain(question: string, path: string, id: string): ExplainedScore | null {
    const key = this.keysByPath.get(path)?.find((one) => this.passages.get(one)?.id === id);
    return key === undefined ? null : this.words.explain(question, key);
  }

  /** Context and text of some passages that hold a term of `words`. */
  textsWith(term: string): readonly string[] {
    return this.words.holders(term, TEXTS).map((key) => {
      const { context, text } = this.passage(key);
      return `${context}\n${text}`;
    });
  }

  /** Puts a document's passages in place of what was there under its path. Returns the ids that lack a vector. */
  put(path: string, passages: readonly Passage[]): string[] {
    const before = this.keysByPath.get(path) ?? [];
    const missing = new Set<string>();
    const keys = passages.map((passage) => {
      const key = this.nextKey++;
      this.passages.set(key, passage);
      this.words.add(key, passage);
      const vector = this.vectorOf(passage.id);
      if (vector) this.attach(key, passage.id, vector);
      else missing.add(passage.id);
      return key;
    });
    // Only now, so that a vector shared by the old and the new version is there to be copied.
    this.drop(before);
    this.keysByPath.set(path, keys);
    return [...missing];
  }

  /** Gives every passage with this id its vector; the id may have gone meanwhile. */
  addVector(path: string, id: string, vector: Float32Array): void {
    for (const key of this.keysByPath.get(path) ?? []) {
      if (this.passages.get(key)?.id === id && !this.keysById.get(id)?.has(key)) this.attach(key, id, vector);
    }
  }

  /** The vector of passages with this id, if one of them has it. */
  vectorOf(id: string): Float32Array | undefined {
    const [key] = this.keysById.get(id) ?? [];
    return key === undefined ? undefined : this.vectors.vector(key);
  }

  /** Ids of a document's passages for which there is a vector, each once. */
  embeddedAt(path: string): readonly string[] {
    const ids = (this.keysByPath.get(path) ?? []).map((key) => this.passage(key).id);
    return [...new Set(ids)].filter((id) => this.keysById.has(id));
  }

  /** Ids of a document's passages that lack a vector, each once. */
  missingAt(path: string): readonly string[] {
    const lacking = (this.keysByPath.get(path) ?? []).filter((key) => {
      return !this.keysById.get(this.passage(key).id)?.has(key);
    });
    return [...new Set(lacking.map((key) => this.passage(key).id))];
  }

  /** False if no document has this path. */
  remove(path: string): boolean {
    const keys = this.keysByPath.get(path);
    if (!keys) return false;
    this.drop(keys);
    this.keysByPath.delete(path);
    return true;
  }

  /** Moves all vectors into another, empty index. */
  useIndex(vectors: VectorIndex): void {
    for (const key of this.vectors.keys()) vectors.add(key, this.vectors.vector(key)!);
    this.vectors = vectors;
  }

  private attach(key: number, id: string, vector: Float32Array): void {
    this.vectors.add(key, vector);
    const keys = this.keysById.get(id);
    if (keys) keys.add(key);
    else this.keysById.set(id, new Set([key]));
  }

  private drop(keys: readonly number[]): void {
    for (const key of keys) {
      const { id } = this.passage(key);
      this.passages.delete(key);
      this.words.remove(key);
      if (!this.vectors.remove(key)) continue;
      const holders = this.keysById.get(id);
      holders?.delete(key);
      if (holders?.size === 0) this.keysById.delete(id);
    }
  }
}
