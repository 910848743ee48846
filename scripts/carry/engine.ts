/** An engine that passages are carried into, whatever it is. */
import { TopHits } from '../../src/pipeline/index/top.ts';
import { cosine } from '../../src/pipeline/index/vector.ts';
import type { PassageRow } from '../../src/library/carried/rows.ts';

/** What made the vectors of a table. */
export interface Embedder {
  readonly model: string;
  /** SHA-256. */
  readonly weights: string;
  readonly dimensions: number;
}

export interface Found extends Pick<PassageRow, 'row' | 'document' | 'part' | 'start' | 'end' | 'text'> {
  /** In [-1, 1]. */
  readonly cosine: number;
}

export interface Engine {
  /**
   * Makes the table of them: all of it is there, or nothing.
   * @throws Error with a sentence when there is one of this name, or a vector is of another length; resolves with the number of rows
   */
  load(batches: AsyncIterable<readonly PassageRow[]>, embedder: Embedder): Promise<number>;
  embedder(): Promise<Embedder>;
  /** The exact top k by cosine, equal ones in the order of their rows. @param vector L2-normalised */
  search(vector: Float32Array, k: number): Promise<readonly Found[]>;
  close(): Promise<void>;
}

/** What an engine offers is more than is wanted by this: its sums are rounded otherwise, and its order of equals is its own. */
export const slack = 54;

/** The cosines of the page, and its order, over what an engine found with its own. */
export function ranked(
  query: Float32Array,
  found: readonly (Omit<Found, 'cosine'> & { readonly vector: Float32Array })[],
  k: number,
): readonly Found[] {
  const top = new TopHits(k);
  const byRow = new Map(found.map((one) => [one.row, one]));
  for (const { row, vector } of found) top.offer(row, cosine(query, vector));
  return top.sorted().map(({ key, score }) => {
    const { vector: _vector, ...one } = byRow.get(key)!;
    return { ...one, cosine: score };
  });
}

export const taken = (table: string): Error =>
  new Error(`There is a table ${table} already. Drop it, or give another name with --table.`);
export const missing = (table: string): Error => new Error(`There is no table ${table} yet: give a FILE to load.`);

/** A name that needs no quotes anywhere. @throws Error */
export function tableName(name: string): string {
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(name)) return name;
  throw new Error(`“${name}” cannot be the name of a table: small letters, digits and _ only, at most 63.`);
}
