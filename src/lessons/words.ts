/** Lesson “Finding by words”: sentences searched by BM25, with the page's own index. */
import type { KeywordHit, QueryTerm } from '../pipeline/index/interface.ts';
import { Bm25Index } from '../pipeline/index/keyword.ts';
import { words } from '../pipeline/index/words.ts';
import type { Checks } from './checks.ts';
import type { Materials } from './lesson.ts';

export interface WordsState {
  /** Of the question, as the index weighs them. */
  readonly terms: readonly QueryTerm[];
  /** Best first; `key` is the place of the sentence. */
  readonly hits: readonly KeywordHit[];
  readonly wanted: number;
  /** Stems that may not be asked with. */
  readonly without: readonly string[];
}

export function indexOf(texts: readonly string[]): Bm25Index {
  const index = new Bm25Index();
  texts.forEach((text, key) => index.add(key, { context: '', text }));
  return index;
}

export function wordsState(index: Bm25Index, question: string, material: Materials['words']): WordsState {
  return {
    terms: index.weigh(question),
    hits: index.search(question, material.sentences.length),
    wanted: material.wanted,
    without: words(material.without),
  };
}

export const wordsChecks = {
  none: ({ terms, hits }) => {
    const content = terms.filter((term) => term.content).map(({ term }) => term);
    return content.length >= 2 && !hits.some((hit) => hit.terms.some(({ term }) => content.includes(term)));
  },
  single: ({ terms, hits }) => terms.length === 1 && hits.length === 1,
  roundabout: ({ terms, hits, wanted, without }) =>
    terms.length >= 3 && hits[0]?.key === wanted && !terms.some(({ term }) => without.includes(term)),
} satisfies Checks<WordsState>;
