/** Door to the collection: passages and vectors in, candidates out. */
import voyUrl from 'voy-search/voy_search_bg.wasm?url';
import type { Found } from '../pipeline/answer.ts';
import type { Passage } from '../pipeline/document.ts';
import type { StampedVector, StampedVectors } from '../pipeline/embed/stamp.ts';
import { AutoIndex } from '../pipeline/index/auto.ts';
import { FlatIndex } from '../pipeline/index/flat.ts';
import type { ExplainedScore } from '../pipeline/index/interface.ts';
import { Bm25Index } from '../pipeline/index/keyword.ts';
import { StampedCollection, type CreateIndex } from '../pipeline/index/stamped.ts';
import { VoyIndex } from '../pipeline/index/voy.ts';
import { searchCollection, type SearchOptions } from '../pipeline/retrieve/search.ts';
import { seek, type Sought } from '../pipeline/retrieve/seek.ts';
import { lookUpWithVectors, type LookUpPart, type LookedUpWithVectors } from '../pipeline/retrieve/steps.ts';
import { speakingPassages } from '../pipeline/retrieve/speaking.ts';
import { correct, type Spelt } from '../pipeline/retrieve/spell.ts';
import type { Within } from '../pipeline/retrieve/within.ts';
import { serve } from './serve.ts';

export type IndexChoice = 'auto' | 'voy' | 'flat';

export type SearchRequest =
  | { readonly type: 'open'; readonly index: IndexChoice }
  | { readonly type: 'index'; readonly index: IndexChoice }
  | { readonly type: 'put'; readonly path: string; readonly passages: readonly Passage[] }
  | { readonly type: 'vector'; readonly path: string; readonly id: string; readonly vector: StampedVector }
  /** To be saved. */
  | { readonly type: 'vectors'; readonly path: string }
  /** Those that were saved; the reply names the passages that still lack one. */
  | { readonly type: 'restore'; readonly path: string; readonly vectors: StampedVectors }
  | { readonly type: 'remove'; readonly path: string }
  /** `unusual`: the words of the question that the embedder's vocabulary does not hold whole. */
  | { readonly type: 'correct'; readonly question: string; readonly unusual: readonly string[] }
  /** The keyword score of one passage, term by term. */
  | { readonly type: 'explain'; readonly question: string; readonly path: string; readonly id: string }
  /** All passages that speak of it. */
  | {
      readonly type: 'speaking';
      readonly about: string;
      readonly vector: StampedVector | null;
      readonly within: Within | null;
    }
  /** For a person who is looking; the text may still be being typed. */
  | {
      readonly type: 'seek';
      readonly text: string;
      readonly vector: StampedVector | null;
      readonly within: Within | null;
    }
  /** The first step of a search alone, for the lab. */
  | {
      readonly type: 'look-up';
      readonly words: string;
      readonly vector: StampedVector | null;
      readonly part: LookUpPart;
    }
  | {
      readonly type: 'search';
      readonly question: string;
      /** Not compared when it is of another embedder than the vectors here. */
      readonly vector: StampedVector | null;
      readonly options: SearchOptions;
    };

export type SearchReply =
  | { readonly type: 'sought'; readonly sought: Sought }
  | { readonly type: 'speaking'; readonly passages: readonly Passage[]; readonly searched: number }
  | { readonly type: 'done' }
  /** Ids of passages that lack a vector. */
  | { readonly type: 'missing'; readonly ids: readonly string[] }
  | { readonly type: 'vectors'; readonly vectors: StampedVectors | null }
  /** The vector is of another embedder than those here, and was not taken. */
  | { readonly type: 'refused' }
  | { readonly type: 'spelt'; readonly spelt: Spelt }
  /** Null if the document does not hold the passage any more. */
  | { readonly type: 'explained'; readonly explained: ExplainedScore | null }
  | { readonly type: 'looked-up'; readonly found: LookedUpWithVectors }
  | { readonly type: 'found'; readonly found: Found };

let stamped: StampedCollection | null = null;

serve<SearchRequest, SearchReply>(async (request) => ({ reply: await answer(request) }));

async function answer(request: SearchRequest): Promise<SearchReply> {
  if (request.type === 'open') {
    stamped = new StampedCollection(new Bm25Index(), await indexCreator(request.index));
    return { type: 'done' };
  }
  if (!stamped) throw new Error('The collection has not been opened.');
  const { collection } = stamped;
  switch (request.type) {
    case 'index':
      stamped.useIndex(await indexCreator(request.index));
      return { type: 'done' };
    case 'put':
      return { type: 'missing', ids: collection.put(request.path, request.passages) };
    case 'vector':
      return { type: stamped.addVector(request.path, request.id, request.vector) ? 'done' : 'refused' };
    case 'vectors':
      return { type: 'vectors', vectors: stamped.vectorsAt(request.path) };
    case 'restore':
      return { type: 'missing', ids: stamped.restore(request.path, request.vectors) };
    case 'remove':
      collection.remove(request.path);
      return { type: 'done' };
    case 'correct':
      return { type: 'spelt', spelt: correct(request.question, new Set(request.unusual), collection) };
    case 'explain':
      return { type: 'explained', explained: collection.explain(request.question, request.path, request.id) };
    case 'speaking': {
      const { about, vector, within } = request;
      const embedder = vector?.stamp.model ?? null;
      return { type: 'speaking', ...speakingPassages(collection, about, stamped.comparable(vector), embedder, within) };
    }
    case 'seek': {
      const { text, vector, within } = request;
      const embedder = vector?.stamp.model ?? null;
      return { type: 'sought', sought: seek(collection, text, stamped.comparable(vector), { within, embedder }) };
    }
    case 'look-up': {
      const { words, vector, part } = request;
      const query = { words, vector: stamped.comparable(vector) };
      return { type: 'looked-up', found: lookUpWithVectors(collection, query, part) };
    }
    case 'search': {
      const { question, vector, options } = request;
      const embedder = vector?.stamp.model ?? null;
      return {
        type: 'found',
        found: searchCollection(collection, question, stamped.comparable(vector), { ...options, embedder }),
      };
    }
  }
}

async function indexCreator(choice: IndexChoice): Promise<CreateIndex> {
  if (choice === 'flat') return FlatIndex.create;
  const voy = await voyBytes();
  if (choice === 'auto' || !voy) return (dimensions) => AutoIndex.create(dimensions, voy);
  return (dimensions) => VoyIndex.create(dimensions, voy);
}

/** Null when it cannot be fetched: the flat index serves then. */
async function voyBytes(): Promise<ArrayBuffer | null> {
  try {
    const response = await fetch(voyUrl);
    return response.ok ? await response.arrayBuffer() : null;
  } catch {
    return null;
  }
}
