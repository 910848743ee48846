/** Whether the records of a document are whole and belong together. */
import { hash64 } from '../../pipeline/chunk/hash.ts';
import { checkVector } from '../../pipeline/index/vector.ts';
import { unpackPassages } from './pack.ts';
import type { KeptDocument, KeptOriginal, KeptText, KeptVectors } from './schema.ts';

/** All records of one document, as they were found. */
export interface DocumentRecords {
  readonly document: KeptDocument;
  readonly original: KeptOriginal | undefined;
  readonly text: KeptText | undefined;
  readonly vectors: KeptVectors | undefined;
}

/** '' if the original is there, of the right size and version; else why not. */
export function originalFault({ document, original }: Pick<DocumentRecords, 'document' | 'original'>): string {
  if (!original) return 'its original is missing';
  if (original.version !== document.version) return 'its original is of another version';
  return original.blob.size === document.bytes ? '' : 'its original has another size';
}

/**
 * '' if the text is that which was read, and every passage a slice of it; else why not.
 * A passage's id is the hash of its context and text, so that it tells a damaged text.
 */
export function textFault({ document, text }: Pick<DocumentRecords, 'document' | 'text'>): string {
  if (document.state.state !== 'read') return 'it has not been read to the end';
  if (!text) return 'its text is missing';
  if (text.version !== document.version) return 'its text is of another version';
  if (text.passages.length !== document.state.passages) return 'some of its passages are missing';
  const isWrong = unpackPassages(text).some(({ id, context, text: slice }) => hash64(`${context}\n${slice}`) !== id);
  return isWrong ? 'its text is damaged' : '';
}

/** '' if each id has a vector of the right length and norm; else why not. */
export function vectorsFault({ document, vectors }: Pick<DocumentRecords, 'document' | 'vectors'>): string {
  const { state } = document;
  if (state.state !== 'read') return 'it has not been read to the end';
  if (!state.stamp) return '';
  if (!vectors) return 'its vectors are missing';
  if (vectors.version !== document.version) return 'its vectors are of another version';
  const { dimensions } = state.stamp;
  if (vectors.values.length !== vectors.ids.length * dimensions) return 'some of its vectors are missing';
  try {
    vectors.ids.forEach((_, i) =>
      checkVector(vectors.values.subarray(i * dimensions, (i + 1) * dimensions), dimensions),
    );
    return '';
  } catch {
    return 'its vectors are damaged';
  }
}
