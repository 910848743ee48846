/** The page's end of the generator's worker. */
import type { ReadAs } from '../pipeline/generate/reading.ts';
import type { Model } from '../pipeline/pipeline.ts';
import { answerBudget } from '../pipeline/prompt/format.ts';
import { WorkerBridge } from '../workers/bridge.ts';
import type { GeneratorProgress, GeneratorReply, GeneratorRequest } from '../workers/generator.ts';
import generatorUrl from '../workers/generator.ts?worker&url';
import { startWorker } from '../workers/start.ts';

const minute = 60_000;

export type GeneratorBridge = WorkerBridge<GeneratorRequest, GeneratorReply, GeneratorProgress>;

/** @param load the model that every worker of this bridge begins with */
export function generatorWorker(load: () => Promise<GeneratorRequest>): GeneratorBridge {
  return new WorkerBridge({
    start: () => startWorker(generatorUrl, 'generator'),
    prepare: load,
    idleMilliseconds: 5 * minute,
    graceMilliseconds: 5000,
  });
}

/**
 * @param readAs null for a model that is not the page's own: it reads nothing ahead
 * @param signal of the answer that it is for; undefined if for none
 */
export function modelIn(bridge: GeneratorBridge, readAs: ReadAs | null, signal: AbortSignal | undefined): Model {
  return {
    async prompt(passages, question) {
      const given = passages.map(({ number, context, text, header }) => ({
        ...{ number, context, text },
        ...(header ? { header } : {}),
      }));
      const reply = await bridge.call({ type: 'prompt', passages: given, question }, signal ? { signal } : {});
      if (reply.type !== 'prompt') throw new Error('The generator gave no prompt.');
      return reply.prompt;
    },
    async readAhead({ pieces }, stopped) {
      if (readAs) await bridge.call({ type: 'read-ahead', prompt: pieces, readAs }, { signal: stopped });
    },
    async generate(prompt, stopped, onRead, onText) {
      let text = '';
      const onProgress = (event: GeneratorProgress) => {
        if (event.type === 'read') return onRead();
        text += event.piece;
        onText(event.piece);
      };
      const request = { type: 'generate', prompt: prompt.pieces, readAs, maxTokens: answerBudget } as const;
      try {
        const reply = await bridge.call(request, { signal: stopped, onProgress });
        if (reply.type !== 'generated') throw new Error('The generator gave no answer.');
        return reply.generated;
      } catch (error) {
        // Stop takes effect at once; the worker hears of it after its current step.
        if (stopped.aborted && text) return { text, ids: [], ended: 'stopped', readBefore: 0 };
        throw error;
      }
    },
  };
}
