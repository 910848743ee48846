/** How long the page's own generator is until its first token. */
import type { Page } from '@playwright/test';
import type { Library } from '../../src/library/library.svelte.ts';
import type { Reading } from '../../src/pipeline/generate/reading.ts';
import { promptIds } from '../../src/pipeline/prompt/prompt.ts';

declare const carrel: Library;

const QUESTION = 'What do the passages say about the drains?';

export interface First {
  readonly milliseconds: number;
  readonly tokens: number;
}

/** Milliseconds until the first token is known; then it is stopped. */
export async function firstToken(page: Page, passages: readonly string[], reading: Reading): Promise<First> {
  const { pieces, milliseconds } = await page.evaluate(
    async ([texts, question, reading]) => {
      const stop = new AbortController();
      const model = await carrel.engine.model({ adapterScale: 1, reading }, new AbortController().signal);
      const given = texts.map((text, i) => ({ number: i + 1, context: '', text }));
      const prompt = await model.prompt(given, question);
      const began = performance.now();
      let milliseconds = NaN;
      await model
        .generate(
          prompt,
          stop.signal,
          () => {
            milliseconds = performance.now() - began;
            stop.abort();
          },
          () => undefined,
        )
        .catch(() => undefined);
      // The worker hears of the stop after its current step: it must not count for the next.
      await model.prompt([], question);
      return { milliseconds, pieces: prompt.pieces };
    },
    [passages, QUESTION, reading] as const,
  );
  return { milliseconds, tokens: promptIds(pieces).length };
}
