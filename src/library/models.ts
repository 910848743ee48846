/** The models: the two that the page ships, and others of this site or stored on models.html. */
import { modelBytes, type ModelEntry } from '../models/manifest.ts';
import {
  loadManifest,
  missingBytes,
  openModel,
  storedModels,
  type ModelFiles,
  type OpenOptions,
} from '../models/store.ts';
import type { EmbeddingForm, EmbeddingStamp } from '../pipeline/embed/stamp.ts';
import type { ModelForWorker } from '../workers/model.ts';
import { sentenceOf } from './sentence.ts';
import type { GeneratorChoice } from './state.ts';

export const embedderId = 'all-MiniLM-L6-v2';
export const generatorId = 'smollm2-135m-grounded';

/** What it means that a model cannot be had, and what to do; in the order in which they are opened. */
const withoutIt = [
  'Until it is here documents are searched by words alone. Reload the page to try again.',
  'Until it is here answers are sentences taken from your documents. Reload the page to try again.',
] as const;

/** Documents wait so many milliseconds for the embedder's tokenizer; after that they are cut by estimate. */
const patience = 10_000;

const base = () => new URL('models/', document.baseURI);

/** Ids of the page's own models that are opened at the start. */
export function neededModels(withGenerator: boolean): readonly string[] {
  return withGenerator ? [embedderId, generatorId] : [embedderId];
}

/** Bytes that opening the models would fetch; 0 when they are stored or the list of models is out of reach. */
export async function bytesToFetch(needed: readonly string[]): Promise<number> {
  const missing = await Promise.all((await neededEntries(needed)).map((entry) => missingBytes(entry)));
  return missing.reduce((sum, bytes) => sum + bytes, 0);
}

/** Empty when the list of models is out of reach: opening a model then says so, or finds it in the store. */
async function shippedModels(): Promise<readonly ModelEntry[]> {
  try {
    return (await loadManifest({ base: base() })).models;
  } catch {
    return [];
  }
}

async function neededEntries(needed: readonly string[]): Promise<ModelEntry[]> {
  return (await shippedModels()).filter(({ id }) => needed.includes(id));
}

/** What can be chosen: the models on this site, and those that models.html has stored. */
export interface ModelChoices {
  /** Ids, the page's own first. */
  readonly embedders: readonly string[];
  /** Beside the page's own. */
  readonly generators: readonly GeneratorChoice[];
}

export async function modelChoices(): Promise<ModelChoices> {
  const [shipped, stored] = await Promise.all([shippedModels(), storedModels().catch(() => [])]);
  const all = [...shipped, ...stored];
  const embedders = all.filter(({ task }) => task === 'embedding').map(({ id }) => id);
  const generators = all
    .filter(({ id, task }) => task === 'generation' && id !== generatorId)
    .map((entry) => [entry.id, { id: entry.id, bytes: modelBytes(entry) }] as const);
  return { embedders: [...new Set([embedderId, ...embedders])], generators: [...new Map(generators).values()] };
}

/**
 * A generator of this site, or one that models.html has stored.
 * @throws Error with a sentence when it cannot be had; the signal's reason when it is aborted
 */
export async function openGenerator(
  id: string,
  options: Pick<OpenOptions, 'signal' | 'onProgress'> = {},
): Promise<ModelForWorker> {
  return forWorker(await openModel(id, { ...options, base: base() }));
}

/** A model for the embedding workers. */
export interface EmbedderModel extends ModelForWorker {
  /** What its vectors depend on. */
  readonly stamp: EmbeddingStamp;
}

export interface ModelsOptions {
  /** Nothing of the page's own models is fetched before. */
  readonly allowed: Promise<void>;
  /** Id of the embedder to start with. */
  readonly embedder: string;
  /** Why this machine gets no generator, as a sentence: then it is not fetched. '' if it does. */
  readonly tooSmall: string;
  /** Why no model runs here at all, as a sentence: then none is fetched. '' if they do. */
  readonly impossible: string;
  /** The generator is not fetched before `addGenerator` is called. */
  readonly leftOut: boolean;
  /** Bytes of both of the page's own models. */
  onProgress(done: number, total: number): void;
  /** Called with sentences as soon as one of the page's own models cannot be had. */
  onFailure(reason: string): void;
  /** Another embedder was to be started with, and cannot be had; the page's own takes its place. */
  onReplaced(reason: string): void;
}

/**
 * An embedder of this site, or one that models.html has stored.
 * @throws Error with a sentence when it cannot be had; the signal's reason when it is aborted
 */
export async function openEmbedder(
  id: string,
  options: Pick<OpenOptions, 'signal' | 'onProgress'> = {},
): Promise<EmbedderModel> {
  return forEmbedding(await openModel(id, { ...options, base: base() }));
}

export class OpenedModels {
  /** The one to start with. */
  readonly embedder: Promise<EmbedderModel>;
  readonly generator: Promise<ModelForWorker>;
  /** Whether all files outlive the page; rejects with a sentence when one cannot be had. */
  readonly kept: Promise<'stored' | 'memory'>;
  private readonly generatorFiles: Promise<ModelFiles>;
  private want: () => void = () => undefined;
  private readonly failures: string[] = [];
  private toldAsked: (nothing: null) => void = () => undefined;
  private readonly asked = new Promise<null>((resolve) => (this.toldAsked = resolve));
  private readonly began = performance.now();
  private readonly progress = [
    { done: 0, total: 0 },
    { done: 0, total: 0 },
  ];

  /** The embedder comes first: documents can be read while the generator is still on its way. */
  constructor(private readonly options: ModelsOptions) {
    const { allowed, embedder: chosen, impossible, tooSmall, leftOut, onReplaced } = options;
    const wanted = leftOut ? new Promise<void>((resolve) => (this.want = resolve)) : Promise.resolve();
    const embedder = impossible
      ? Promise.reject(new Error(impossible))
      : allowed.then(() => this.announce()).then(() => this.open(0, embedderId));
    const generator = embedder
      .catch(() => null)
      .then(() => wanted)
      .then(() => (tooSmall ? Promise.reject(new Error(tooSmall)) : this.open(1, generatorId)));
    const own = embedder.then(forEmbedding);
    this.embedder =
      chosen === embedderId || impossible
        ? own
        : openEmbedder(chosen).catch((error: unknown) => {
            onReplaced(sentenceOf(error));
            return own;
          });
    this.generatorFiles = generator;
    this.generator = generator.then(forWorker);
    const { failures } = this;
    const opened = (tooSmall || leftOut ? [embedder] : [embedder, generator]).map((model, i) =>
      model.catch((error: unknown) => {
        this.fail(i, error);
        return null;
      }),
    );
    // Both are waited for: the second may fail as well, or go on arriving.
    this.kept = Promise.all(opened).then((models) => {
      if (failures.length > 0) throw new Error(failures.join(' '));
      return models.every((model) => model?.kept === 'stored') ? 'stored' : 'memory';
    });
    // Whoever needs a model hears of its failure; without a listener the browser would report it as unhandled.
    for (const promise of [own, this.embedder, this.generator, this.kept]) promise.catch(() => undefined);
  }

  /**
   * The embedder for counting tokens. Null when it cannot be had or is not here soon, and at once when the person is
   * being asked: reading and searching by words must not wait for either.
   */
  counter(): Promise<ModelForWorker | null> {
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patience));
    return Promise.race([this.embedder.catch(() => null), this.asked, late]);
  }

  /** The person has been asked whether the models may be downloaded. */
  ask(): void {
    this.toldAsked(null);
  }

  /** Fetches the generator that was left out. @returns as `kept`, of the generator alone; rejects as that does */
  async addGenerator(): Promise<'stored' | 'memory'> {
    await this.size(1, generatorId);
    this.want();
    try {
      return (await this.generatorFiles).kept;
    } catch (error) {
      throw new Error(this.fail(1, error), { cause: error });
    }
  }

  /** Seconds until the generator is here at the rate so far; Infinity when that cannot be told. */
  secondsLeft(): number {
    const done = this.progress.reduce((sum, one) => sum + one.done, 0);
    const left = this.progress.reduce((sum, one) => sum + one.total - one.done, 0);
    const seconds = (performance.now() - this.began) / 1000;
    return done > 0 ? (left / done) * seconds : Infinity;
  }

  /** The sizes of both models, so that progress is of the whole from the start. */
  private async announce(): Promise<void> {
    const { tooSmall, leftOut } = this.options;
    const needed = neededModels(!tooSmall && !leftOut);
    await Promise.all(needed.map((id, i) => this.size(i, id)));
  }

  private async size(i: number, id: string): Promise<void> {
    const [entry] = await neededEntries([id]);
    if (entry) this.progress[i] = { done: 0, total: modelBytes(entry) };
  }

  /** @returns the sentences that it was told with */
  private fail(i: number, error: unknown): string {
    const sentences = this.options.impossible || `${sentenceOf(error)} ${withoutIt[i]}`;
    this.failures.push(sentences);
    this.options.onFailure(this.failures.join(' '));
    return sentences;
  }

  private open(i: number, id: string): Promise<ModelFiles> {
    return openModel(id, {
      base: base(),
      onProgress: (done, total) => {
        this.progress[i] = { done, total };
        this.options.onProgress(
          this.progress.reduce((sum, one) => sum + one.done, 0),
          this.progress.reduce((sum, one) => sum + one.total, 0),
        );
      },
    });
  }
}

function forWorker({ id, entry, files }: ModelFiles): ModelForWorker {
  return { modelId: id, files, wasmPaths: new URL('ort/', document.baseURI).href, form: formOf(entry) };
}

/** How an embedder wants its texts; what its entry leaves out is as most want it. */
export function formOf(entry: Pick<ModelEntry, 'pooling' | 'queryPrefix' | 'passagePrefix'>): EmbeddingForm {
  return {
    pooling: entry.pooling ?? 'mean',
    queryPrefix: entry.queryPrefix ?? '',
    passagePrefix: entry.passagePrefix ?? '',
  };
}

function forEmbedding(model: ModelFiles): EmbedderModel {
  const forAny = forWorker(model);
  const { dimensions, files } = model.entry;
  const hashOf = (path: string) => files.find((file) => file.path === path)?.sha256;
  const [weights, tokenizer] = [hashOf('onnx/model_quantized.onnx'), hashOf('tokenizer.json')];
  if (dimensions === undefined || weights === undefined || tokenizer === undefined) {
    throw new Error(
      `${model.id} cannot embed: the list of models says nothing of its weights, its tokenizer, or how long its vectors are.`,
    );
  }
  return { ...forAny, stamp: { model: model.id, weights, tokenizer, dimensions, ...forAny.form } };
}
