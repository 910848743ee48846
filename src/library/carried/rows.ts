/** A collection as a table, one passage a row: what other engines take. */
import { unpackPassages } from '../kept/pack.ts';
import type { Part, Span } from '../../pipeline/document.ts';
import type { Carriable } from './collection.ts';

/** `text` is `document.text.slice(start, end)`, in UTF-16 units. */
export interface PassageRow {
  /** Its place in the table, from 0: unlike `id` never twice. */
  readonly row: number;
  /** Path of the document, and what it says of itself; '' where it does not. */
  readonly document: string;
  readonly title: string;
  readonly kind: string;
  readonly author: string;
  readonly date: string;
  /** Hash of context and text. */
  readonly id: string;
  readonly start: number;
  readonly end: number;
  /** `page 4`, `Animals`; '' if the document has no parts. */
  readonly part: string;
  readonly context: string;
  readonly text: string;
  /** What the embedder was given. */
  readonly embedded: string;
  /** Id of the embedder, and SHA-256 of its weights; '' without a vector. */
  readonly model: string;
  readonly weights: string;
  /** L2-normalised; null where the passage has none. */
  readonly vector: Float32Array | null;
}

/** @param onProgress documents so far */
export async function* rowsOf(
  collection: Pick<Carriable, 'documents'>,
  onProgress: (done: number) => void = () => undefined,
): AsyncGenerator<PassageRow> {
  let row = 0;
  let done = 0;
  for await (const { document: record, text, vectors } of collection.documents()) {
    onProgress(done++);
    if (!text || record.state.state !== 'read') continue;
    const { path: document, title, kind, author, date, parts } = text.document;
    const { stamp } = record.state;
    const places = new Map(vectors?.ids.map((id, i) => [id, i]));
    for (const { id, start, end, context, lead, text: slice } of unpackPassages(text)) {
      const at = stamp ? places.get(id) : undefined;
      const vector =
        vectors && stamp && at !== undefined
          ? vectors.values.subarray(at * stamp.dimensions, (at + 1) * stamp.dimensions)
          : null;
      yield {
        ...{ row: row++, document, title, kind, author, date, id, start, end, part: partAt(parts, { start, end }) },
        ...{ context, text: slice, embedded: lead ? `${lead}\n${slice}` : slice },
        ...{ model: vector && stamp ? stamp.model : '', weights: vector && stamp ? stamp.weights : '', vector },
      };
    }
  }
}

/** The innermost part that the passage begins in. */
function partAt(parts: readonly Part[], { start }: Span): string {
  return parts.findLast((part) => part.start <= start && start < part.end)?.label ?? '';
}
