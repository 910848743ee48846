/** One embedder at work: it counts when documents are cut, makes their vectors, and its collection is searched. */
import type { Found } from '../pipeline/answer.ts';
import type { Passage } from '../pipeline/document.ts';
import type { StampedVector, StampedVectors } from '../pipeline/embed/stamp.ts';
import type { ExplainedScore } from '../pipeline/index/interface.ts';
import type { SearchOptions } from '../pipeline/retrieve/search.ts';
import type { Sought } from '../pipeline/retrieve/seek.ts';
import type { LookedUpWithVectors, LookUpPart } from '../pipeline/retrieve/steps.ts';
import type { Spelt } from '../pipeline/retrieve/spell.ts';
import type { Within } from '../pipeline/retrieve/within.ts';
import { WorkerBridge } from '../workers/bridge.ts';
import type { EmbedderReply, EmbedderRequest } from '../workers/embedder.ts';
import embedderUrl from '../workers/embedder.ts?worker&url';
import type { ModelForWorker } from '../workers/model.ts';
import type { IndexChoice, SearchReply, SearchRequest } from '../workers/search.ts';
import searchUrl from '../workers/search.ts?worker&url';
import { startWorker } from '../workers/start.ts';
import { EmbedderPool, type PassageOptions } from './embedder-pool.ts';
import { embedderCount, thisMachine } from './machine.ts';
import { openEmbedder, type EmbedderModel } from './models.ts';
import { Reader } from './reader.ts';
import { stillThere } from './still-there.ts';

const minute = 60_000;

export interface ShelfOptions {
  /** Never another one: what a shelf holds is of one embedder. Rejects with a sentence when it cannot be had. */
  readonly embedder: Promise<EmbedderModel>;
  /** The embedder as the reader needs it for counting tokens; null when it is to estimate. */
  counter(): Promise<ModelForWorker | null>;
  /** The index that a new collection starts with. */
  index(): IndexChoice;
  /** The collection's worker has ended, with all that was put into it; the next call finds a new, empty one. */
  onLost(): void;
  /** Workers of the same embedder that are at work already; without them it has its own. */
  readonly embedders?: EmbedderPool;
}

export class Shelf {
  readonly embedder: Promise<EmbedderModel>;
  readonly embedders: EmbedderPool;
  readonly reader: Reader;
  private readonly collection: WorkerBridge<SearchRequest, SearchReply>;
  private readonly doors: readonly WorkerBridge<EmbedderRequest, EmbedderReply>[];
  private users = 0;
  private retired = false;

  constructor({ embedder, counter, index, onLost, embedders }: ShelfOptions) {
    this.embedder = embedder;
    this.reader = new Reader({
      // Out of reach, tokens are estimated.
      counter: async () => {
        const model = await counter();
        return model && stillThere(model, openEmbedder).catch(() => null);
      },
      embedSentences: (...given) => this.sentenceVectors(...given),
    });
    this.collection = new WorkerBridge({
      name: 'search',
      start: () => startWorker(searchUrl, 'search'),
      // At once, not with the next call: that one would be a question to an empty collection.
      onEnded: onLost,
      prepare: () => Promise.resolve({ type: 'open', index: index() }),
      idleMilliseconds: Infinity,
      // A search is short: it is let run to its end.
      graceMilliseconds: minute,
    });
    const workers = embedders ? 0 : embedderCount(thisMachine());
    this.doors = Array.from(
      { length: workers },
      () =>
        new WorkerBridge<EmbedderRequest, EmbedderReply>({
          name: 'embedder',
          start: () => startWorker(embedderUrl, 'embedder'),
          prepare: async () => ({ type: 'load', model: await stillThere(await embedder, openEmbedder) }),
          idleMilliseconds: 2 * minute,
          graceMilliseconds: minute,
        }),
    );
    this.embedders = embedders ?? new EmbedderPool(this.doors);
  }

  /** None where the embedder cannot be had, which the document's status tells. */
  private async sentenceVectors(sentences: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]> {
    try {
      return await Promise.all(sentences.map((sentence) => this.embedders.passage(sentence, { signal })));
    } catch {
      signal.throwIfAborted();
      return [];
    }
  }

  /** The vector of a passage's text, with what it depends on. */
  async passage(text: string, options?: PassageOptions): Promise<StampedVector> {
    const vector = await this.embedders.passage(text, options);
    return { vector, stamp: (await this.embedder).stamp };
  }

  /** Makes a document searchable by words at once; returns the ids of passages that lack a vector. */
  async put(path: string, passages: readonly Passage[]): Promise<readonly string[]> {
    // What is being put when the worker dies is not in the list yet, from which the next one is filled.
    const reply = await this.collection.call({ type: 'put', path, passages }, { again: true });
    return reply.type === 'missing' ? reply.ids : [];
  }

  /** False if the vector is of another embedder: it was not taken, and the passage still lacks one. */
  async addVector(path: string, id: string, vector: StampedVector): Promise<boolean> {
    const request = { type: 'vector', path, id, vector } as const;
    const reply = await this.collection.call(request, { transfer: [vector.vector.buffer] });
    return reply.type !== 'refused';
  }

  /** The vectors of a document's passages, to be saved; null while there are none. */
  async vectors(path: string): Promise<StampedVectors | null> {
    const reply = await this.collection.call({ type: 'vectors', path });
    return reply.type === 'vectors' ? reply.vectors : null;
  }

  /** Gives a document's passages the vectors that were saved with it; returns the ids that still lack one. */
  async restore(path: string, vectors: StampedVectors): Promise<readonly string[]> {
    const reply = await this.collection.call({ type: 'restore', path, vectors });
    return reply.type === 'missing' ? reply.ids : [];
  }

  async remove(path: string): Promise<void> {
    await this.collection.call({ type: 'remove', path });
  }

  async useIndex(index: IndexChoice): Promise<void> {
    await this.collection.call({ type: 'index', index });
  }

  /** The question with slips of the keyboard put right, from the words of the documents. */
  async correct(question: string, signal: AbortSignal): Promise<Spelt> {
    const unusual = await this.embedders.unusualWords(question, signal);
    if (unusual.length === 0) return { text: question, corrections: [] };
    const reply = await this.collection.call({ type: 'correct', question, unusual }, { signal });
    if (reply.type !== 'spelt') throw new Error('The search gave no spelling.');
    return reply.spelt;
  }

  /** @param vector of the question, by this shelf's embedder; null to go by words alone */
  async search(
    question: string,
    vector: Float32Array | null,
    options: SearchOptions,
    signal: AbortSignal,
  ): Promise<Found> {
    const stamped = vector && { vector, stamp: (await this.embedder).stamp };
    const reply = await this.collection.call({ type: 'search', question, vector: stamped, options }, { signal });
    if (reply.type !== 'found') throw new Error('The search gave no answer.');
    return reply.found;
  }

  /** What both indexes say, before anything is made of it. `vector` as for `search`. @throws the signal's reason */
  async lookUp(
    words: string,
    vector: Float32Array | null,
    part: LookUpPart,
    signal: AbortSignal,
  ): Promise<LookedUpWithVectors> {
    const stamped = vector && { vector, stamp: (await this.embedder).stamp };
    const reply = await this.collection.call({ type: 'look-up', words, vector: stamped, part }, { signal });
    if (reply.type !== 'looked-up') throw new Error('The search gave no hits.');
    return reply.found;
  }

  /** The keyword score of a passage, term by term; null if its document does not hold it any more. */
  async explain(question: string, { path, id }: Pick<Passage, 'path' | 'id'>): Promise<ExplainedScore | null> {
    const reply = await this.collection.call({ type: 'explain', question, path, id });
    return reply.type === 'explained' ? reply.explained : null;
  }

  /** All passages that speak of something, best first, and how many were searched. `vector` as for `search`. */
  async speaking(
    about: string,
    vector: Float32Array | null,
    within: Within | null,
    signal: AbortSignal,
  ): Promise<{ readonly passages: readonly Passage[]; readonly searched: number }> {
    const stamped = vector && { vector, stamp: (await this.embedder).stamp };
    const reply = await this.collection.call({ type: 'speaking', about, vector: stamped, within }, { signal });
    if (reply.type !== 'speaking') throw new Error('The search gave no passages.');
    return reply;
  }

  /** Passages for a person who is looking. `vector` as for `search`. @throws the signal's reason on abort */
  async seek(text: string, vector: Float32Array | null, within: Within | null, signal: AbortSignal): Promise<Sought> {
    const stamped = vector && { vector, stamp: (await this.embedder).stamp };
    const reply = await this.collection.call({ type: 'seek', text, vector: stamped, within }, { signal });
    if (reply.type !== 'sought') throw new Error('The search gave no passages.');
    return reply.sought;
  }

  /** Work that needs one embedder from its start to its end, as an answer does: a retired shelf outlives it. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.users++;
    try {
      return await work();
    } finally {
      this.users--;
      if (this.retired) this.retire();
    }
  }

  /** Ends its workers once nobody needs them any more. */
  retire(): void {
    this.retired = true;
    if (this.users === 0) this.close();
  }

  /** Ends its workers at once and for good. */
  close(): void {
    for (const one of [this.reader, this.collection, ...this.doors]) one.close();
  }
}
