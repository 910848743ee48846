/** The vector of a question, made by the page itself: vectors of another program would not be the same. */
import { withBuiltPage } from '../built-page.ts';
import { openPage, shippedModel } from '../evaluate/desk.ts';
import type { Library } from '../../src/library/library.svelte.ts';
import type { Embedder } from './engine.ts';

declare const carrel: Library;

/** @throws Error with a sentence where the table's vectors are of another embedder than the page's own */
export async function questionVector(question: string, { model, weights }: Embedder): Promise<Float32Array> {
  const own = await shippedModel('embedding');
  if (model !== own.id || weights !== own.sha256)
    throw new Error(
      `The vectors of the table were made by ${model}, the page makes them with ${own.id}, or another version of it: ` +
        'they have nothing to say to each other. Give a vector of that embedder with --vector.',
    );
  return withBuiltPage(async ({ browser, address }) => {
    const page = await openPage(browser, address);
    const values = await page.evaluate(
      async (asked) => [...(await carrel.engine.embedders.question(asked)).vector],
      question,
    );
    return Float32Array.from(values);
  });
}
