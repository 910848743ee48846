/** Door to the collection: passages and vectors in, candidates out. */
import voyUrl from 'voy-search/voy_search_bg.wasm?url';
import type { Passage } from '../pipeline/document.ts';
import { AutoIndex } from '../pipeline/index/auto.ts';
import { Collection } from '../pipeline/index/collection.ts';
import { FlatIndex } from '../pipeline/index/flat.ts';
import type { VectorIndex } from '../pipeline/index/interface.ts';
import { Bm25Index } from '../pipeline/index/keyword.ts';
import { VoyIndex } from '../pipeline/index/voy.ts';
import type { Found } from '../pipeline/answer.ts';
import { searchCollection, type SearchOptions } from '../pipeline/retrieve/search.ts';
import { serve } from './serve.ts';

export type IndexChoice = 'auto' | 'voy' | 'flat';

export type SearchRequest =
  | { readonly type: 'open'; readonly dimensions: number; readonly index: IndexChoice }
  | { readonly type: 'index'; readonly index: IndexChoice }
  | { readonly type: 'put'; readonly path: string; readonly passages: readonly Passage[] }
  | { readonly type: 'vector'; readonly path: string; readonly id: string; readonly vector: Float32Array }
  | { readonly type: 'remove'; readonly path: string }
  | {
      readonly type: 'search';
      readonly question: string;
      readonly vector: Float32Array | null;
      readonly options: SearchOptions;
    };

export type SearchReply =
  | { readonly type: 'done' }
  /** Ids of passages that lack a vector. */
  | { readonly type: 'missing'; readonly ids: readonly string[] }
  | { readonly type: 'found'; readonly found: Found };

let dimensions = 0;
let collection: Collection | null = null;

serve<SearchRequest, SearchReply>(async (request) => ({ reply: await answer(request) }));

async function answer(request: SearchRequest): Promise<SearchReply> {
  if (request.type === 'open') {
    dimensions = request.dimensions;
    collection = new Collection(new Bm25Index(), await createIndex(request.index));
    return { type: 'done' };
  }
  if (!collection) throw new Error('The collection has not been opened.');
  switch (request.type) {
    case 'index':
      collection.useIndex(await createIndex(request.index));
      return { type: 'done' };
    case 'put':
      return { type: 'missing', ids: collection.put(request.path, request.passages) };
    case 'vector':
      collection.addVector(request.path, request.id, request.vector);
      return { type: 'done' };
    case 'remove':
      collection.remove(request.path);
      return { type: 'done' };
    case 'search':
      return { type: 'found', found: searchCollection(collection, request.question, request.vector, request.options) };
  }
}

async function createIndex(choice: IndexChoice): Promise<VectorIndex> {
  if (choice === 'flat') return FlatIndex.create(dimensions);
  const voy = await voyBytes();
  if (choice === 'auto' || !voy) return AutoIndex.create(dimensions, voy);
  return VoyIndex.create(dimensions, new WebAssembly.Module(voy));
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
