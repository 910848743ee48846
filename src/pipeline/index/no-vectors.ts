import type { Scored, VectorIndex } from './interface.ts';

/** The vector index of a collection that no embedder has come to yet: its documents are found by words alone. */
export class NoVectors implements VectorIndex {
  readonly dimensions = 0;
  readonly size = 0;

  /** @throws RangeError always: without an embedder it is not known how long a vector is. */
  add(key: number): void {
    throw new RangeError(`Passage ${key} got a vector before the collection got an embedder.`);
  }

  remove(): boolean {
    return false;
  }

  search(): Scored[] {
    return [];
  }

  scores(_query: Float32Array, keys: readonly number[]): null[] {
    return keys.map(() => null);
  }

  vector(): undefined {
    return undefined;
  }

  keys(): readonly number[] {
    return [];
  }
}
