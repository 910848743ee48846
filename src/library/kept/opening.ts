/** Documents of a collection come onto the desk: by words at once, with their vectors when the embedder is known. */
import { sameCut, type ChunkSettings } from '../../pipeline/chunk/chunk.ts';
import type { EmbeddingStamp } from '../../pipeline/embed/stamp.ts';
import type { Documents, Vectors } from '../documents.svelte.ts';
import { isOf, loadDocument, loadVectors, type Records } from './loading.ts';
import type { KeptDocument } from './schema.ts';
import type { Writer } from './writer.ts';

/** So many documents come onto the desk at a time. */
const atOnce = 25;

export interface OpeningOptions {
  readonly store: Records;
  readonly writer: Pick<Writer, 'knows'>;
  readonly documents: Pick<Documents, 'restore'>;
  /** False for a tab that only follows: it makes no vectors. */
  readonly isOurs: boolean;
  /** Of the embedder in use; null when it cannot be had. */
  stamp(): Promise<EmbeddingStamp | null>;
}

export class Opening {
  constructor(private readonly options: OpeningOptions) {}

  /** Resolves when all of them can be searched by words; with the paths of those that were cut otherwise. */
  async restore(
    records: readonly KeptDocument[],
    settings: ChunkSettings,
    onProgress: (done: number) => void = () => undefined,
  ): Promise<ReadonlySet<string>> {
    const cutOtherwise = new Set<string>();
    for (let at = 0; at < records.length; at += atOnce) {
      onProgress(at);
      for (const { path, cut } of await this.batch(records.slice(at, at + atOnce)))
        if (cut && !sameCut(cut, settings)) cutOtherwise.add(path);
    }
    return cutOtherwise;
  }

  private async batch(records: readonly KeptDocument[]) {
    const { store, writer, documents, isOurs, stamp } = this.options;
    const why = isOurs ? undefined : 'another tab is reading it.';
    const loaded = await Promise.all(records.map((record) => loadDocument(store, record, why)));
    for (const { restored, known, cut } of loaded) writer.knows(restored.path, known, cut);
    const byPath = new Map(loaded.map((one, i) => [one.restored.path, { ...one, record: records[i]! }]));
    const vectorsOf = async (path: string): Promise<Vectors> => {
      const { record, known, cut } = byPath.get(path)!;
      const inUse = await stamp();
      const vectors = await loadVectors(store, record, inUse);
      // What is made in their place is to be written.
      if (!vectors && inUse && isOurs) writer.knows(path, { ...known, has: 'text' }, cut);
      return { vectors, elsewhere: isOurs ? '' : 'Another tab is making its vectors.' };
    };
    await documents.restore(
      loaded.map(({ restored }) => restored),
      vectorsOf,
    );
    return loaded.map(({ restored, cut }) => ({ path: restored.path, cut }));
  }
}

/** Why vectors of a collection are made anew, as sentences; none if all are taken as they are. */
export function remade(
  name: string,
  records: readonly KeptDocument[],
  stamp: EmbeddingStamp | null,
  cutOtherwise: number,
): readonly string[] {
  const others = records.filter((record) => {
    return stamp && record.state.state === 'read' && record.state.stamp && !isOf(record, stamp);
  }).length;
  const embedder =
    `The vectors of ${documentsOf(others)} of “${name}” are of another embedder, or of another version of it. ` +
    `They are made again with ${stamp?.model}; by words everything is found meanwhile.`;
  const cut = `${documentsOf(cutOtherwise)} of “${name}” were cut with other settings. They are cut and embedded again.`;
  return [...(others > 0 ? [embedder] : []), ...(cutOtherwise > 0 ? [cut] : [])];
}

function documentsOf(n: number): string {
  return n === 1 ? '1 document' : `${n.toLocaleString('en')} documents`;
}
