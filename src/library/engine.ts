/** The workers behind the page, and what the library asks of them: one shelf in use, a second while it is being filled. */
import type { ChunkSettings } from '../pipeline/chunk/chunk.ts';
import type { Document, Passage } from '../pipeline/document.ts';
import type { Found } from '../pipeline/answer.ts';
import type { EmbeddingStamp } from '../pipeline/embed/stamp.ts';
import type { ReadAs } from '../pipeline/generate/reading.ts';
import type { Model } from '../pipeline/pipeline.ts';
import type { PromptPieces } from '../pipeline/prompt/prompt.ts';
import type { Asking } from '../pipeline/prompt/wording.ts';
import type { SearchOptions } from '../pipeline/retrieve/search.ts';
import type { Spelt } from '../pipeline/retrieve/spell.ts';
import type { ModelForWorker } from '../workers/model.ts';
import type { IndexChoice } from '../workers/search.ts';
import type { EmbedderPool } from './embedder-pool.ts';
import {
  generatorWorker,
  modelIn,
  secondReaderWorker,
  weighIn,
  writeShown,
  type GeneratorBridge,
  type ShownOptions,
} from './generator-worker.ts';
import { openGenerator, type EmbedderModel } from './models.ts';
import type { Reading } from './reader.ts';
import { SecondReader } from './second-reader.ts';
import { Shelf } from './shelf.ts';
import { stillThere } from './still-there.ts';

/** The models that the page starts with. */
export interface EngineModels {
  readonly embedder: Promise<EmbedderModel>;
  readonly generator: Promise<ModelForWorker>;
  /** The embedder as the reader needs it for counting tokens; null when it is to estimate. */
  counter(): Promise<ModelForWorker | null>;
}

export interface EngineOptions {
  /** The promises reject with a sentence when a model cannot be had. */
  readonly models: EngineModels;
  /** The machine has room for the page's own generator twice. */
  readonly hasRoomForTwo: boolean;
  /** The index a new collection starts with. */
  index(): IndexChoice;
  /** The collection's worker has died, and the next one is empty: everything must be put into it again. */
  onCollectionLost(): void;
}

export class Engine {
  private current: Shelf;
  private next: Shelf | null = null;
  private generator: GeneratorSeat;

  constructor(private readonly options: EngineOptions) {
    const { models } = options;
    this.current = this.shelfOf(models.embedder, () => models.counter());
    this.generator = this.ownSeat();
  }

  /** The one in use. What goes on for longer than a call keeps it, so that nothing of another is mixed in. */
  get shelf(): Shelf {
    return this.current;
  }

  get embedders(): EmbedderPool {
    return this.current.embedders;
  }

  read(reading: Reading) {
    return this.current.reader.read(reading);
  }

  rechunk(document: Document, settings: ChunkSettings, signal: AbortSignal): Promise<readonly Passage[]> {
    return this.current.reader.rechunk(document, settings, signal);
  }

  put(path: string, passages: readonly Passage[]): Promise<readonly string[]> {
    return this.current.put(path, passages);
  }

  /** @param stamp of the embedder that made it, if it may be another than the one in use: then false, and not taken */
  async addVector(path: string, id: string, vector: Float32Array, stamp?: EmbeddingStamp): Promise<boolean> {
    const { current } = this;
    return current.addVector(path, id, { vector, stamp: stamp ?? (await current.embedder).stamp });
  }

  remove(path: string): Promise<void> {
    return this.current.remove(path);
  }

  correct(question: string, signal: AbortSignal): Promise<Spelt> {
    return this.current.correct(question, signal);
  }

  search(question: string, vector: Float32Array | null, options: SearchOptions, signal: AbortSignal): Promise<Found> {
    return this.current.search(question, vector, options, signal);
  }

  async useIndex(index: IndexChoice): Promise<void> {
    // One that is given up meanwhile needs none.
    const next = this.next?.useIndex(index).catch(() => undefined);
    await Promise.all([this.current.useIndex(index), next]);
  }

  /** An empty shelf for another embedder, beside the one in use. One that was being filled before is given up. */
  prepare(embedder: EmbedderModel, onLost: () => void): Shelf {
    this.next?.close();
    const next = this.shelfOf(
      Promise.resolve(embedder),
      () => Promise.resolve(embedder),
      () => {
        if (this.next === next) onLost();
      },
    );
    this.next = next;
    return next;
  }

  /** An empty collection for a trial of another cut, with the embedder in use and its workers. The caller closes it. */
  apart(onLost: () => void): Shelf {
    const { embedder, embedders } = this.current;
    return this.shelfOf(embedder, () => embedder.catch(() => null), onLost, embedders);
  }

  /** Takes a prepared shelf into use; the old one's workers end when no answer needs them any more. */
  adopt(shelf: Shelf): void {
    const old = this.current;
    this.current = shelf;
    this.next = null;
    shelf.embedders.calls += old.embedders.calls;
    old.retire();
  }

  /** Gives up a prepared shelf that is not in use. */
  abandon(shelf: Shelf): void {
    if (shelf === this.current) return;
    shelf.close();
    if (this.next === shelf) this.next = null;
  }

  /** The page's own generator; takes the worker if need be. @param asking as the desk asks unless it is given */
  async model(readAs: ReadAs, signal: AbortSignal, asking?: Asking): Promise<Model> {
    await this.options.models.generator;
    signal.throwIfAborted();
    if (this.generator.holds !== null) this.seat(this.ownSeat());
    const { bridge, second } = this.generator;
    return modelIn(bridge, { readAs, asking, signal, second });
  }

  /** How likely each continuation is to follow a text, to the page's own model. @throws the signal's reason */
  async weigh(text: string, continuations: readonly string[], adapterScale: number, signal: AbortSignal) {
    await this.model({ adapterScale, reading: 'together' }, signal);
    return weighIn(this.generator.bridge, text, continuations, adapterScale, signal);
  }

  /** The page's own model writes, and tells of each token what was likeliest. @throws the signal's reason */
  async writeShown(prompt: PromptPieces, readAs: ReadAs, signal: AbortSignal, options: ShownOptions = {}) {
    await this.model(readAs, signal);
    return writeShown(this.generator.bridge, prompt, readAs, signal, options);
  }

  /**
   * Another generator, loaded. Not to be called while an answer is being made.
   * @param open is asked for its files unless it is in the worker already
   * @throws Error with a sentence; the one before then keeps the worker, if the files could not be had
   */
  async otherModel(id: string, open: () => Promise<ModelForWorker>, signal?: AbortSignal): Promise<Model> {
    if (this.generator.holds !== id) {
      const model = await open();
      const bridge = generatorWorker(() => Promise.resolve({ type: 'load-other', model }));
      this.seat({ holds: id, bridge, second: null });
    }
    const { bridge } = this.generator;
    await bridge.call({ type: 'ready' }, signal ? { signal } : {});
    return modelIn(bridge, { readAs: null, signal });
  }

  private ownSeat(): GeneratorSeat {
    const { models, hasRoomForTwo } = this.options;
    const load = async () =>
      ({ type: 'load', model: await stillThere(await models.generator, openGenerator) }) as const;
    const second = hasRoomForTwo ? new SecondReader(secondReaderWorker(load)) : null;
    return { holds: null, bridge: generatorWorker(load), second };
  }

  /** Two models would take the memory of both: the one before goes, with its worker. */
  private seat(next: GeneratorSeat): void {
    this.generator.bridge.close();
    this.generator.second?.close();
    this.generator = next;
  }

  private shelfOf(
    embedder: Promise<EmbedderModel>,
    counter: () => Promise<ModelForWorker | null>,
    onLostBefore: () => void = () => undefined,
    embedders?: EmbedderPool,
  ): Shelf {
    const { index, onCollectionLost } = this.options;
    const shelf: Shelf = new Shelf({
      ...{ embedder, counter, index, ...(embedders && { embedders }) },
      onLost: () => (shelf === this.current ? onCollectionLost() : onLostBefore()),
    });
    return shelf;
  }
}

/** The generator's worker and which model it holds. */
interface GeneratorSeat {
  /** Null for the page's own, else an id. */
  readonly holds: string | null;
  readonly bridge: GeneratorBridge;
  /** Null for another model, and where there is no room. */
  readonly second: SecondReader | null;
}
