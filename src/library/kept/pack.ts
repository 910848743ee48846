/** Between a document as the page has it and its records. */
import type { Document, Passage } from '../../pipeline/document.ts';
import type { StampedVectors } from '../../pipeline/embed/stamp.ts';
import type { DocumentState, KeptPassage, KeptText, KeptVectors } from './schema.ts';

/** A document that has been read, with the vectors that there are. */
export interface ReadDocument {
  readonly document: Document;
  readonly passages: readonly Passage[];
  readonly vectors: StampedVectors | null;
}

export function packPassages(passages: readonly Passage[]): readonly KeptPassage[] {
  return passages.map(({ path: _path, text: _text, ...kept }) => kept);
}

export function unpackPassages({ document, passages }: Pick<KeptText, 'document' | 'passages'>): readonly Passage[] {
  return passages.map((passage) => ({
    ...passage,
    path: document.path,
    text: document.text.slice(passage.start, passage.end),
  }));
}

export function unpackVectors(
  { ids, values }: KeptVectors,
  state: Extract<DocumentState, { state: 'read' }>,
): StampedVectors | null {
  return state.stamp && { stamp: state.stamp, ids, values };
}

/** About so many bytes a document takes beside its original. */
export function packedBytes({ document, passages, vectors }: ReadDocument): number {
  const shown = document.shown.as === 'html' ? document.shown.html.length : 0;
  // A passage's record, its id and offsets, takes some hundred bytes.
  return document.text.length + shown + passages.length * 100 + (vectors?.values.byteLength ?? 0);
}
