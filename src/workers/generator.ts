/** Door to the generator: passages and a question in, text out as it comes. One model for as long as the worker lives. */
import { env } from '@xenova/transformers';
import { configureTransformers } from '../models/transformers.ts';
import { AdaptedGenerator } from '../pipeline/generate/adapted.ts';
import { chosenToken, type ChosenToken, type Likely } from '../pipeline/generate/alternatives.ts';
import type { Generated, GenerateOptions } from '../pipeline/generate/generator.ts';
import type { KeyValueBlock } from '../pipeline/generate/key-values.ts';
import { memoryError } from '../pipeline/generate/memory.ts';
import { OtherGenerator } from '../pipeline/generate/other.ts';
import type { PassageApart, Unread } from '../pipeline/generate/read-once.ts';
import type { ReadAs } from '../pipeline/generate/reading.ts';
import type { Sampling } from '../pipeline/generate/sampling.ts';
import type { Prompt, PromptPassage, PromptPieces } from '../pipeline/prompt/prompt.ts';
import type { Wording } from '../pipeline/prompt/wording.ts';
import type { Weighed } from '../pipeline/generate/weigh.ts';
import type { ModelForWorker } from './model.ts';
import { hasSimd } from '../service-worker/files.ts';
import { serve, type Handler } from './serve.ts';

export type GeneratorRequest =
  /** The page's own model. */
  | { readonly type: 'load'; readonly model: ModelForWorker }
  | { readonly type: 'load-other'; readonly model: ModelForWorker }
  /** Answered once the model is loaded. */
  | { readonly type: 'ready' }
  | {
      readonly type: 'prompt';
      readonly passages: readonly PromptPassage[];
      readonly question: string;
      /** Of the page's own model; another has its own. */
      readonly wording: Wording;
    }
  /** The prompt's passages are read before it is asked for. By the page's own model alone. */
  | { readonly type: 'read-ahead'; readonly prompt: PromptPieces; readonly readAs: ReadAs }
  /** Which passages have not been read. This and the next two: of the page's own model alone. */
  | { readonly type: 'unread'; readonly prompt: PromptPieces; readonly adapterScale: number }
  /** For another worker. */
  | { readonly type: 'read-apart'; readonly passage: PassageApart }
  /** From another worker. */
  | { readonly type: 'take'; readonly passage: PassageApart; readonly block: KeyValueBlock }
  | {
      readonly type: 'generate';
      readonly prompt: PromptPieces;
      /** Null for another model: it has one way of reading. */
      readonly readAs: ReadAs | null;
      readonly maxTokens: number;
    }
  /** As `generate`, by the page's own model alone, likeliest or by lot, and of each token so many that were likeliest. */
  | {
      readonly type: 'generate-shown';
      readonly prompt: PromptPieces;
      readonly readAs: ReadAs;
      readonly maxTokens: number;
      readonly likeliest: number;
      readonly sampling: Sampling;
    }
  /** How likely each continuation is to follow a text. By the page's own model alone. */
  | {
      readonly type: 'weigh';
      readonly text: string;
      readonly continuations: readonly string[];
      readonly adapterScale: number;
    };

/** A token that was written, or ended the answer, among those that were likeliest in its place. */
export interface ShownToken extends ChosenToken, TokenText {
  readonly likeliest: readonly (Likely & TokenText)[];
}

export interface TokenText {
  /** '' of a control token. */
  readonly text: string;
  /** It is the one that ends an answer. */
  readonly ends: boolean;
}

export type GeneratorReply =
  | { readonly type: 'loaded' }
  | { readonly type: 'prompt'; readonly prompt: Prompt }
  | { readonly type: 'read' }
  | { readonly type: 'unread'; readonly unread: Unread }
  /** Its memory is given away. */
  | { readonly type: 'read-apart'; readonly block: KeyValueBlock }
  | { readonly type: 'weighed'; readonly weighed: readonly Weighed[] }
  | { readonly type: 'generated'; readonly generated: Generated }
  | { readonly type: 'generated-shown'; readonly generated: Generated; readonly tokens: readonly ShownToken[] };

export type GeneratorProgress = { readonly type: 'read' } | { readonly type: 'text'; readonly piece: string };

let generator: AdaptedGenerator | OtherGenerator | null = null;

type Answer = Handler<GeneratorRequest, GeneratorReply, GeneratorProgress>;

serve<GeneratorRequest, GeneratorReply, GeneratorProgress>((...given) =>
  answer(...given).catch((error: unknown) => {
    throw memoryError(error);
  }),
);

async function answer(...[request, progress, signal]: Parameters<Answer>): ReturnType<Answer> {
  if (request.type === 'load' || request.type === 'load-other') {
    generator = await (request.type === 'load' ? loadOwn(request.model) : loadOther(request.model));
    return { reply: { type: 'loaded' } };
  }
  if (request.type === 'ready') return { reply: { type: 'loaded' } };
  if (!generator) throw new Error('The generator has not been loaded.');
  if (request.type === 'prompt') {
    return { reply: { type: 'prompt', prompt: generator.prompt(request.passages, request.question, request.wording) } };
  }
  if (request.type === 'weigh') {
    const { text, continuations, adapterScale } = request;
    const weighed = await own(generator).weigh(text, continuations, adapterScale, signal);
    return { reply: { type: 'weighed', weighed } };
  }
  if (request.type === 'read-ahead') {
    await own(generator).readAhead(request.prompt, request.readAs, signal);
    return { reply: { type: 'read' } };
  }
  if (request.type === 'unread') {
    return { reply: { type: 'unread', unread: own(generator).unread(request.prompt, request.adapterScale) } };
  }
  if (request.type === 'read-apart') {
    const block = own(generator).readApart(request.passage);
    return { reply: { type: 'read-apart', block }, transfer: [block.values.buffer as ArrayBuffer] };
  }
  if (request.type === 'take') {
    own(generator).take(request.passage, request.block);
    return { reply: { type: 'read' } };
  }
  const heard = {
    signal,
    onRead: () => progress({ type: 'read' }),
    onText: (piece: string) => progress({ type: 'text', piece }),
  };
  if (request.type === 'generate-shown') return { reply: await generateShown(own(generator), request, heard) };
  const { prompt, readAs, maxTokens } = request;
  const options = { ...heard, maxTokens };
  const generated = await (readAs
    ? own(generator).generate(prompt, { ...options, ...readAs })
    : other(generator).generate(prompt, options));
  return { reply: { type: 'generated', generated } };
}

async function generateShown(
  model: AdaptedGenerator,
  { prompt, readAs, maxTokens, likeliest, sampling }: Extract<GeneratorRequest, { type: 'generate-shown' }>,
  heard: Pick<GenerateOptions, 'signal' | 'onRead' | 'onText'>,
): Promise<GeneratorReply> {
  const tokens: ShownToken[] = [];
  const onChosen = (id: number, scores: Float32Array) => {
    const chosen = chosenToken(id, scores, likeliest);
    const asText = (one: number) => ({ text: model.textOf(one), ends: model.isEnd(one) });
    const texts = chosen.likeliest.map((one) => ({ ...one, ...asText(one.id) }));
    tokens.push({ ...chosen, ...asText(id), likeliest: texts });
  };
  const generated = await model.generate(prompt, { ...heard, ...readAs, maxTokens, sampling, onChosen });
  return { type: 'generated-shown', generated, tokens };
}

async function loadOwn(model: ModelForWorker): Promise<AdaptedGenerator> {
  configureTransformers(env, model);
  return AdaptedGenerator.load(model, await runtimeAt(model.wasmPaths));
}

function loadOther(model: ModelForWorker): Promise<OtherGenerator> {
  configureTransformers(env, model);
  return OtherGenerator.load(model);
}

function own(loaded: AdaptedGenerator | OtherGenerator): AdaptedGenerator {
  if (loaded instanceof AdaptedGenerator) return loaded;
  throw new Error('Another model than the page’s own was asked to read as that one does.');
}

function other(loaded: AdaptedGenerator | OtherGenerator): OtherGenerator {
  if (loaded instanceof OtherGenerator) return loaded;
  throw new Error('The page’s own model was asked without being told how to read.');
}

/** ONNX Runtime in the build for this engine. @throws Error if it cannot be had */
async function runtimeAt(folder: string): Promise<ArrayBuffer> {
  const file = hasSimd() ? 'ort-wasm-simd.wasm' : 'ort-wasm.wasm';
  const response = await fetch(folder + file);
  if (!response.ok) throw new Error(`ONNX Runtime could not be fetched (${file}: ${response.status}).`);
  return response.arrayBuffer();
}
