/** A collection whose vectors all bear one stamp: what another embedder made is refused, not mixed in. */
import { sameStamp, type EmbeddingStamp, type StampedVector, type StampedVectors } from '../embed/stamp.ts';
import { Collection } from './collection.ts';
import type { KeywordIndex, VectorIndex } from './interface.ts';
import { NoVectors } from './no-vectors.ts';

/** An empty vector index for vectors of this length. */
export type CreateIndex = (dimensions: number) => VectorIndex;

export class StampedCollection {
  readonly collection: Collection;

  /** @param known the stamp of a saved index; without it, that of the first vector */
  constructor(
    words: KeywordIndex,
    private create: CreateIndex,
    private known: EmbeddingStamp | null = null,
  ) {
    this.collection = new Collection(words, known ? create(known.dimensions) : new NoVectors());
  }

  /** Null until the first vector has come. */
  get stamp(): EmbeddingStamp | null {
    return this.known;
  }

  /** Moves all vectors into an index of another kind. */
  useIndex(create: CreateIndex): void {
    this.create = create;
    if (this.known) this.collection.useIndex(create(this.known.dimensions));
  }

  /**
   * False, and nothing has changed, if the vector bears another stamp: its passage is to be embedded again.
   * @throws RangeError on a vector that is not as long as its stamp says
   */
  addVector(path: string, id: string, { vector, stamp }: StampedVector): boolean {
    if (vector.length !== stamp.dimensions) {
      const said = `${stamp.model} gave a vector of ${vector.length} numbers`;
      throw new RangeError(`${said}, where the list of models says ${stamp.dimensions}.`);
    }
    if (!this.known) this.begin(stamp);
    else if (!sameStamp(this.known, stamp)) return false;
    this.collection.addVector(path, id, vector);
    return true;
  }

  /** A copy of the vectors of a document's passages, to be saved; null while there are none. */
  vectorsAt(path: string): StampedVectors | null {
    const ids = this.collection.embeddedAt(path);
    if (!this.known || ids.length === 0) return null;
    const { dimensions } = this.known;
    const values = new Float32Array(ids.length * dimensions);
    ids.forEach((id, i) => values.set(this.collection.vectorOf(id)!, i * dimensions));
    return { ids, values, stamp: this.known };
  }

  /**
   * Gives a document's passages the vectors that were saved with it; those of another embedder are not taken.
   * Returns the ids that lack a vector after it.
   */
  restore(path: string, { ids, values, stamp }: StampedVectors): readonly string[] {
    ids.forEach((id, i) => {
      const vector = values.slice(i * stamp.dimensions, (i + 1) * stamp.dimensions);
      this.addVector(path, id, { vector, stamp });
    });
    return this.collection.missingAt(path);
  }

  /** The question's vector, if it can be compared with those here; null to go by words alone. */
  comparable(question: StampedVector | null): Float32Array | null {
    return question && this.known && sameStamp(this.known, question.stamp) ? question.vector : null;
  }

  private begin(stamp: EmbeddingStamp): void {
    this.known = stamp;
    this.collection.useIndex(this.create(stamp.dimensions));
  }
}
