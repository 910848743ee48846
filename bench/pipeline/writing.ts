/** How fast the built page's own generator writes. */
import type { Page } from '@playwright/test';
import type { Library } from '../../src/library/library.svelte.ts';
import { promptIds } from '../../src/pipeline/prompt/prompt.ts';
import { text } from './page.ts';

declare const carrel: Library;

/** Four passages of so many words nearly fill the prompt. */
const PROMPT_WORDS = 105;
const QUESTION = 'Tell everything that the passages say about the drains and the levels.';

/** What one answer took. */
export interface Written {
  readonly promptTokens: number;
  /** Seconds from the question to the first text. */
  readonly first: number;
  /** Tokens a second after it. */
  readonly rate: number;
  readonly text: string;
}

/** The passages of the prompt's four and fewer. @param from others for other numbers, ten apart */
export function promptPassages(count: number, from = 50): string[] {
  return Array.from({ length: count }, (_, i) => text(from + i, PROMPT_WORDS));
}

/**
 * Writes so many tokens and stops. The base model is asked: it runs through the same graph as the adapter and does not
 * end after a few words.
 */
export async function writes(
  page: Page,
  passages: readonly string[],
  tokens: number,
): Promise<Written & { readonly prompt: string }> {
  const { pieces, ...written } = await page.evaluate(
    async ({ passages, question, tokens }) => {
      const stop = new AbortController();
      const model = await carrel.engine.model({ adapterScale: 0, reading: 'together' }, new AbortController().signal);
      const prompt = await model.prompt(
        passages.map((text, i) => ({ number: i + 1, context: '', text })),
        question,
      );
      const came: number[] = [];
      let text = '';
      const began = performance.now();
      await model.generate(
        prompt,
        stop.signal,
        () => undefined,
        (piece) => {
          text += piece;
          if (came.push(performance.now()) === tokens) stop.abort();
        },
      );
      const [earliest = NaN] = came;
      const rate = (came.length - 1) / (((came.at(-1) ?? NaN) - earliest) / 1000);
      return { prompt: prompt.text, pieces: prompt.pieces, first: (earliest - began) / 1000, rate, text };
    },
    { passages, question: QUESTION, tokens },
  );
  return { ...written, promptTokens: promptIds(pieces).length };
}
