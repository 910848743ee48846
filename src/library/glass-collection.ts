/** The desk's documents as they are cut one way, in a collection beside it: cut, put, given vectors, each by itself. */
import type { ChunkSettings } from '../pipeline/chunk/chunk.ts';
import type { Passage } from '../pipeline/document.ts';
import type { StampedVectors } from '../pipeline/embed/stamp.ts';
import type { StageSettings } from '../lab/stages.ts';
import { embedMissing } from './indexing.ts';
import type { Shelf } from './shelf.ts';
import type { Entry } from './state.ts';

/** What of a shelf the glass box works with. */
export type GlassShelf = Pick<
  Shelf,
  'put' | 'vectors' | 'restore' | 'passage' | 'addVector' | 'useIndex' | 'lookUp' | 'explain' | 'close'
> &
  Pick<Shelf, 'embedder' | 'embedders'>;

/** Of distinct passages. */
export interface VectorsGiven {
  /** Had one already, here or on the desk. */
  readonly reused: number;
  /** Were embedded now. */
  readonly made: number;
}

const nothing = { text: '', parts: [], blocks: [], shown: { as: 'text' }, omitted: [], inner: [] } as const;

/** Starts the workers that cut and search, where they have to be. */
export async function startWorkers(
  shelf: Pick<GlassShelf, 'useIndex'>,
  reader: Pick<Shelf['reader'], 'rechunk'>,
  entries: readonly Entry[],
  cut: ChunkSettings,
  signal: AbortSignal,
): Promise<void> {
  const some = entries.find(({ document }) => document)?.document;
  if (some) await reader.rechunk({ ...some, ...nothing }, cut, signal);
  await shelf.useIndex('flat');
  signal.throwIfAborted();
}

export class GlassCollection {
  private index: StageSettings['index'] | null = null;
  private missing: ReadonlyMap<string, readonly string[]> = new Map();

  private constructor(
    readonly shelf: GlassShelf,
    /** With the passages of this cut. */
    readonly entries: readonly Entry[],
  ) {}

  /** @param shelf empty; closed with the collection, or when it comes to none */
  static async cut(
    shelf: GlassShelf,
    reader: Pick<Shelf['reader'], 'rechunk'>,
    documents: readonly Entry[],
    cut: ChunkSettings,
    signal: AbortSignal,
  ): Promise<GlassCollection> {
    try {
      const entries: Entry[] = [];
      for (const entry of documents) {
        if (!entry.document) continue;
        entries.push({ ...entry, passages: await reader.rechunk(entry.document, cut, signal) });
        signal.throwIfAborted();
      }
      return new GlassCollection(shelf, entries);
    } catch (error) {
      shelf.close();
      throw error;
    }
  }

  get passages(): readonly Passage[] {
    return this.entries.flatMap(({ passages }) => passages);
  }

  /** Makes all passages searchable by words. */
  async put(signal: AbortSignal): Promise<void> {
    const missing = new Map<string, readonly string[]>();
    for (const { path, passages } of this.entries) {
      missing.set(path, await this.shelf.put(path, passages));
      signal.throwIfAborted();
    }
    this.missing = missing;
  }

  /**
   * Gives every passage its vector: from where there is one for the same words, else from the embedder.
   * @param there collections that may have them, the first of them first
   * @param embedding false where there is no embedder: then none is made
   */
  async fill(
    there: readonly Pick<Shelf, 'vectors'>[],
    embedding: boolean,
    signal: AbortSignal,
    onEmbedded: (done: number, total: number) => void,
  ): Promise<VectorsGiven> {
    const lacking: { readonly entry: Entry; readonly ids: readonly string[] }[] = [];
    for (const entry of this.entries) {
      let ids = this.missing.get(entry.path) ?? [];
      for (const other of there) {
        const had = ids.length > 0 ? wanted(await other.vectors(entry.path), ids) : null;
        if (had) ids = await this.shelf.restore(entry.path, had);
        signal.throwIfAborted();
      }
      if (ids.length > 0) lacking.push({ entry, ids });
    }
    const total = lacking.reduce((sum, { ids }) => sum + ids.length, 0);
    let before = 0;
    for (const { entry, ids } of embedding ? lacking : []) {
      await embedMissing(this.shelf, entry.passages, ids, signal, (done) => onEmbedded(before + done, total));
      before += ids.length;
    }
    const distinct = this.entries.reduce((sum, { passages }) => sum + new Set(passages.map(({ id }) => id)).size, 0);
    return { reused: distinct - total, made: before };
  }

  /** All vectors move into an index of this kind; nothing is done where they are in one. */
  async useIndex(index: StageSettings['index']): Promise<void> {
    if (this.index === index) return;
    await this.shelf.useIndex(index);
    this.index = index;
  }

  close(): void {
    this.shelf.close();
  }
}

/** Those of these ids; null for none. */
function wanted(vectors: StampedVectors | null, ids: readonly string[]): StampedVectors | null {
  if (!vectors) return null;
  const { dimensions } = vectors.stamp;
  const asked = new Set(ids);
  const places = vectors.ids.flatMap((id, i) => (asked.has(id) ? [i] : []));
  if (places.length === 0) return null;
  const values = new Float32Array(places.length * dimensions);
  places.forEach((place, i) =>
    values.set(vectors.values.subarray(place * dimensions, (place + 1) * dimensions), i * dimensions),
  );
  return { ids: places.map((place) => vectors.ids[place]!), values, stamp: vectors.stamp };
}
