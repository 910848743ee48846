/** Pages whose generators write answers side by side. */
import { availableParallelism } from 'node:os';
import type { Page } from '@playwright/test';
import type { Site } from '../../built-page.ts';
import type { Library } from '../../../src/library/library.svelte.ts';
import type { Generated } from '../../../src/pipeline/generate/generator.ts';
import type { ReadAs } from '../../../src/pipeline/generate/reading.ts';
import type { Model } from '../../../src/pipeline/pipeline.ts';
import { promptIds, type Prompt } from '../../../src/pipeline/prompt/prompt.ts';
import { asTrained, type Asking } from '../../../src/pipeline/prompt/wording.ts';
import type { Weighed } from '../../../src/pipeline/generate/weigh.ts';
import { openPage } from '../desk.ts';
import type { KeptAnswers } from './kept.ts';

declare const carrel: Library;

export const generators = ['base', 'adapter'] as const;
/** The model without its adapter, or with it. */
export type GeneratorName = (typeof generators)[number];

/** Whether the model was asked, and for how long: null if its answer was kept from an earlier run. */
export interface Asked {
  readonly milliseconds: number | null;
  /** Of these, to read the prompt. */
  readonly reading: number | null;
}

export class Writer {
  private constructor(
    private readonly page: Page,
    private readonly kept: KeptAnswers,
  ) {}

  /** One after the other: the second finds the models in the store of the first. */
  static async open({ browser, address }: Site, count: number, kept: KeptAnswers): Promise<Writer[]> {
    const context = await browser.newContext();
    const writers: Writer[] = [];
    while (writers.length < count) writers.push(new Writer(await openPage(context, address), kept));
    return writers;
  }

  /** No more pages than there are cores or questions. */
  static openFor(tasks: readonly unknown[], site: Site, most: number, kept: KeptAnswers): Promise<Writer[]> {
    return Writer.open(site, Math.max(1, Math.min(most, availableParallelism(), tasks.length)), kept);
  }

  /** The page's model; what it has written before for the same prompt is not asked for again. */
  model(readAs: ReadAs, onAsked: (asked: Asked) => void = () => undefined, asking: Asking = asTrained): Model {
    return {
      prompt: (passages, question) =>
        this.page.evaluate(
          async ([given, asked, as, worded]) => {
            const { signal } = new AbortController();
            return (await carrel.engine.model(as, signal, worded)).prompt(given, asked);
          },
          [passages, question, readAs, asking] as const,
        ),
      // Answers are asked for one after the other: nothing is known ahead.
      readAhead: () => Promise.resolve(),
      generate: async (prompt) => {
        const asked = { ...readAs, ids: promptIds(prompt.pieces), maxTokens: asking.maxTokens };
        const known = this.kept.get(asked);
        if (known) {
          onAsked({ milliseconds: null, reading: null });
          return known;
        }
        const began = performance.now();
        const { generated, reading } = await this.write(prompt, readAs, asking);
        this.kept.add(asked, generated);
        onAsked({ milliseconds: performance.now() - began, reading });
        return generated;
      },
    };
  }

  /** How likely each continuation is to follow a text. It takes a moment, and is not kept. */
  weigh(text: string, continuations: readonly string[], adapterScale: number): Promise<readonly Weighed[]> {
    return this.page.evaluate(
      ([before, after, scale]) => carrel.engine.weigh(before, after, scale, new AbortController().signal),
      [text, continuations, adapterScale] as const,
    );
  }

  private write(
    prompt: Prompt,
    readAs: ReadAs,
    asking: Asking,
  ): Promise<{ readonly generated: Generated; readonly reading: number }> {
    return this.page.evaluate(
      async ([given, as, worded]) => {
        const { signal } = new AbortController();
        const model = await carrel.engine.model(as, signal, worded);
        const began = performance.now();
        let reading = 0;
        const onRead = () => void (reading = performance.now() - began);
        const generated = await model.generate(given, signal, onRead, () => undefined);
        return { generated, reading };
      },
      [prompt, readAs, asking] as const,
    );
  }
}

/** Each page takes the next question when it has done one; what came stands in the order of the questions. */
export async function shareOut<Task, Done>(
  tasks: readonly Task[],
  writers: readonly Writer[],
  write: (task: Task, writer: Writer) => Promise<Done>,
): Promise<readonly Done[]> {
  const done: Done[] = [];
  let next = 0;
  const work = async (writer: Writer): Promise<void> => {
    while (next < tasks.length) {
      const at = next++;
      done[at] = await write(tasks[at]!, writer);
    }
  };
  await Promise.all(writers.map(work));
  return done;
}
