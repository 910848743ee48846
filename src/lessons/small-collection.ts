/** A handful of texts with their vectors, searched as the desk is: by words, by meaning, and by both together. */
import type { EvidenceFeatures } from '../pipeline/answer.ts';
import type { Passage } from '../pipeline/document.ts';
import { FlatIndex } from '../pipeline/index/flat.ts';
import type { Bm25Index } from '../pipeline/index/keyword.ts';
import { features } from '../pipeline/retrieve/evidence.ts';
import { findHits } from '../pipeline/retrieve/hits.ts';
import { rank, type Ranked } from '../pipeline/retrieve/rank.ts';
import { indexOf } from './words.ts';

/** A text as it was found; `at` is its place among the texts. */
export interface FoundText extends Pick<Ranked, 'keywordScore' | 'terms' | 'fused'> {
  readonly at: number;
  readonly text: string;
  readonly cosine: number;
}

export class SmallCollection {
  private readonly words: Bm25Index;
  private readonly vectors: FlatIndex;
  private readonly passages: ReadonlyMap<number, Passage>;

  /** @param vectors L2-normalised, one for each text */
  constructor(texts: readonly string[], vectors: readonly Float32Array[]) {
    this.words = indexOf(texts);
    this.vectors = FlatIndex.create(vectors[0]!.length, { scan: 'plain' });
    vectors.forEach((vector, key) => this.vectors.add(key, vector));
    this.passages = new Map(
      texts.map((text, key) => {
        const id = String(key);
        return [key, { id, path: id, start: 0, end: text.length, context: '', text, tokens: 0 }];
      }),
    );
  }

  /** All texts, best first. @param vectorWeight share of the vectors in the sum, 0 to 1 */
  search(question: string, vector: Float32Array, vectorWeight = 0.5): readonly FoundText[] {
    return this.ranked(question, vector, vectorWeight).map(({ passage, cosine, keywordScore, terms, fused }) => ({
      ...{ at: Number(passage.id), text: passage.text, keywordScore, terms, fused },
      // Each text has a vector.
      cosine: cosine!,
    }));
  }

  /** What the evidence for an answer is computed from. */
  features(question: string, vector: Float32Array): EvidenceFeatures {
    return features(this.ranked(question, vector, 0.5), this.words.weigh(question), this.passages.size);
  }

  /** The words of a question that say what it is about, as stems. */
  contentOf(question: string): readonly string[] {
    return this.words.weigh(question).flatMap(({ term, content }) => (content ? [term] : []));
  }

  private ranked(question: string, vector: Float32Array, vectorWeight: number): readonly Ranked[] {
    return rank(findHits(question, vector, this.words, this.vectors, this.passages.size), this.passages, {
      vectorWeight,
    });
  }
}
