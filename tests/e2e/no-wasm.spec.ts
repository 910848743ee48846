/** A browser with WebAssembly switched off, as a lockdown mode does it: no model runs, and words are searched all the same. */
import { CHROMIUM_FLAGS, chromiumPath } from '../../scripts/chromium.ts';
import type { Library } from '../../src/library/library.svelte.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, test } from './support/fixtures.ts';

declare const carrel: Library;

const executablePath = chromiumPath();
test.use({
  launchOptions: {
    args: [...CHROMIUM_FLAGS, '--js-flags=--noexpose-wasm'],
    ...(executablePath ? { executablePath } : {}),
  },
});
test.describe.configure({ timeout: 120_000 });

test('without WebAssembly documents are read, searched by words and quoted, no model is fetched, and it is said', async ({
  visit,
  hollow,
}) => {
  const { page, site, errors } = await visit('full', '', { root: hollow.root });
  const desk = new Desk(page);
  expect(await page.evaluate(() => typeof WebAssembly)).toBe('undefined');
  await expect(page.getByText('This browser has WebAssembly switched off')).toContainText('searched by words alone');
  await desk.add([
    textFile('keeper.txt', 'The lighthouse keeper of Skarness was called Ada Holm. She kept bees and a grey goat.'),
    textFile('ferry.txt', 'The ferry to Gorse Point sails at eight in the morning and costs four crowns.'),
  ]);
  await desk.settled();
  await expect(desk.document('keeper.txt')).toContainText('Ready by words only, 1 passage');
  const { answer, article } = await desk.ask('What was the lighthouse keeper of Skarness called?');
  expect(answer?.made).toBe('extractive');
  expect(answer?.text).toContain('Ada Holm');
  await expect(article).toContainText('WebAssembly switched off');
  await page.evaluate(() => navigator.serviceWorker.ready);
  const models = site.requests.map(({ url }) => url).filter((url) => /\/models\/[^/]+\//.test(url));
  expect(models).toEqual([]);
  expect(errors).toEqual([]);
  expect(await page.evaluate(() => carrel.models.state)).toBe('partly');
});
