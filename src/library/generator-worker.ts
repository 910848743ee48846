/** The page's end of the generator's worker. */
import type { Generated } from '../pipeline/generate/generator.ts';
import type { ReadAs } from '../pipeline/generate/reading.ts';
import { greedy, type Sampling } from '../pipeline/generate/sampling.ts';
import type { Model } from '../pipeline/pipeline.ts';
import { answerBudget } from '../pipeline/prompt/format.ts';
import type { Prompt, PromptPieces } from '../pipeline/prompt/prompt.ts';
import { asTrained, type Asking } from '../pipeline/prompt/wording.ts';
import type { Weighed } from '../pipeline/generate/weigh.ts';
import { WorkerBridge } from '../workers/bridge.ts';
import type { GeneratorProgress, GeneratorReply, GeneratorRequest, ShownToken } from '../workers/generator.ts';
import generatorUrl from '../workers/generator.ts?worker&url';
import { startWorker } from '../workers/start.ts';
import type { SecondReader } from './second-reader.ts';

const minute = 60_000;

export type GeneratorBridge = WorkerBridge<GeneratorRequest, GeneratorReply, GeneratorProgress>;

/** @param load the model that every worker of this bridge begins with */
export function generatorWorker(load: () => Promise<GeneratorRequest>): GeneratorBridge {
  return bridgeTo('generator', load, 5 * minute);
}

/** It is missed less than the first, and its memory more. */
export function secondReaderWorker(load: () => Promise<GeneratorRequest>): GeneratorBridge {
  return bridgeTo('second reader', load, minute);
}

function bridgeTo(name: string, load: () => Promise<GeneratorRequest>, idleMilliseconds: number): GeneratorBridge {
  return new WorkerBridge({
    name: 'language model',
    start: () => startWorker(generatorUrl, name),
    prepare: load,
    idleMilliseconds,
    graceMilliseconds: 5000,
  });
}

/** How many of the likeliest tokens are told. */
const likeliest = 8;

/** How an answer is to be written whose tokens are shown, and who hears of it. */
export interface ShownOptions {
  readonly sampling?: Sampling;
  /** The prompt has been read. */
  onRead?(): void;
  onText?(piece: string): void;
}

export interface WrittenShown {
  readonly generated: Generated;
  /** In their order; the last may be the one that ended it. */
  readonly tokens: readonly ShownToken[];
}

/** @throws the signal's reason, and then nothing of it is told */
export async function writeShown(
  bridge: GeneratorBridge,
  prompt: PromptPieces,
  readAs: ReadAs,
  signal: AbortSignal,
  { sampling = greedy, onRead, onText }: ShownOptions = {},
): Promise<WrittenShown> {
  const onProgress = (event: GeneratorProgress) => (event.type === 'read' ? onRead?.() : onText?.(event.piece));
  const request = { type: 'generate-shown', prompt, readAs, maxTokens: answerBudget, likeliest, sampling } as const;
  const reply = await bridge.call(request, { signal, onProgress });
  if (reply.type !== 'generated-shown') throw new Error('The generator showed no tokens.');
  return reply;
}

/** @throws the signal's reason */
export async function weighIn(
  bridge: GeneratorBridge,
  text: string,
  continuations: readonly string[],
  adapterScale: number,
  signal: AbortSignal,
): Promise<readonly Weighed[]> {
  const reply = await bridge.call({ type: 'weigh', text, continuations, adapterScale }, { signal });
  if (reply.type !== 'weighed') throw new Error('The generator weighed nothing.');
  return reply.weighed;
}

export interface ModelOptions {
  /** Null for a model that is not the page's own: it reads nothing ahead. */
  readonly readAs: ReadAs | null;
  /** As the desk asks unless it is said otherwise; of the page's own model alone. */
  readonly asking?: Asking | undefined;
  /** Of the answer that it is for; undefined if for none. */
  readonly signal?: AbortSignal | undefined;
  /** Reads beside the worker, where passages are read once. */
  readonly second?: SecondReader | null;
}

export function modelIn(
  bridge: GeneratorBridge,
  { readAs, asking = asTrained, signal, second = null }: ModelOptions,
): Model {
  const { wording, maxTokens } = asking;
  const once = readAs?.reading === 'once' ? readAs : null;
  const readByTwo = ({ pieces }: Prompt, stopped: AbortSignal) =>
    once && second ? second.read(bridge, pieces, once.adapterScale, stopped) : null;
  return {
    async prompt(passages, question) {
      const given = passages.map(({ number, context, text, header }) => ({
        ...{ number, context, text },
        ...(header ? { header } : {}),
      }));
      const reply = await bridge.call({ type: 'prompt', passages: given, question, wording }, signal ? { signal } : {});
      if (reply.type !== 'prompt') throw new Error('The generator gave no prompt.');
      return reply.prompt;
    },
    async readAhead(prompt, stopped) {
      await readByTwo(prompt, stopped);
      if (once) await bridge.call({ type: 'read-ahead', prompt: prompt.pieces, readAs: once }, { signal: stopped });
    },
    async generate(prompt, stopped, onRead, onText) {
      let text = '';
      const onProgress = (event: GeneratorProgress) => {
        if (event.type === 'read') return onRead();
        text += event.piece;
        onText(event.piece);
      };
      const request = { type: 'generate', prompt: prompt.pieces, readAs, maxTokens } as const;
      try {
        const readBefore = await readByTwo(prompt, stopped);
        const reply = await bridge.call(request, { signal: stopped, onProgress });
        if (reply.type !== 'generated') throw new Error('The generator gave no answer.');
        return readBefore === null ? reply.generated : { ...reply.generated, readBefore };
      } catch (error) {
        // Stop takes effect at once; the worker hears of it after its current step.
        if (stopped.aborted && text) return { text, ids: [], ended: 'stopped', readBefore: 0 };
        throw error;
      }
    },
  };
}
