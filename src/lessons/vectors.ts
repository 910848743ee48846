/**
 * Vectors that lessons begin with, so that they work before the embedder is here. They were computed beforehand by the
 * page itself in a browser (`npm run lesson-vectors` wrote vectors.json), and the page says so where it shows them.
 */
import type { EmbeddingStamp } from '../pipeline/embed/stamp.ts';
import type { Course } from './lesson.ts';

/** A question and a passage of the same words may have other vectors. */
export interface TextToEmbed {
  readonly kind: 'passage' | 'question';
  readonly text: string;
}

/** The file: each vector is L2-normalised, its little-endian 32-bit floats in base64. */
export interface VectorsFile {
  readonly made: string;
  readonly stamp: EmbeddingStamp;
  readonly texts: readonly (TextToEmbed & { readonly vector: string })[];
}

/** What the live views of a course need vectors of, each text once. */
export function textsToEmbed({ lessons }: Course): readonly TextToEmbed[] {
  const all = lessons.flatMap((lesson): readonly TextToEmbed[] => {
    if (lesson.id !== 'meaning' && lesson.id !== 'both' && lesson.id !== 'evidence') return [];
    const { passages, questions } = lesson.material;
    return textsFor(
      passages,
      questions.map((one) => (typeof one === 'string' ? one : one.question)),
    );
  });
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}

export function textsFor(passages: readonly string[], questions: readonly string[]): readonly TextToEmbed[] {
  return [
    ...passages.map((text) => ({ kind: 'passage' as const, text })),
    ...questions.map((text) => ({ kind: 'question' as const, text })),
  ];
}

export function keyOf({ kind, text }: TextToEmbed): string {
  return `${kind}\n${text}`;
}

export function vectorsOf({ texts }: Pick<VectorsFile, 'texts'>): ReadonlyMap<string, Float32Array> {
  return new Map(texts.map((one) => [keyOf(one), decoded(one.vector)]));
}

function decoded(base64: string): Float32Array {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}
