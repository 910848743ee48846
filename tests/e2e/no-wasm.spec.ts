/** A browser with WebAssembly switched off, as a lockdown mode does it: no model runs, and words are searched all the same. */
import type { Library } from '../../src/library/library.svelte.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, test } from './support/fixtures.ts';

declare const carrel: Library;

test.describe.configure({ timeout: 120_000 });

test('without WebAssembly documents are read, searched by words and quoted, no model is fetched, and it is said', async ({
  visit,
  hollow,
}) => {
  // No switch of Chromium takes it away any more; what the page finds missing it does not try in its workers.
  const before = () => void Reflect.deleteProperty(globalThis, 'WebAssembly');
  const { page, site, errors } = await visit('full', '', { root: hollow.root, before });
  const desk = new Desk(page);
  expect(await page.evaluate(() => typeof WebAssembly)).toBe('undefined');
  const notices = page.getByRole('region', { name: 'Notices' });
  await expect(notices).toContainText('This browser has WebAssembly switched off');
  await expect(notices).toContainText('searched by words alone');
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
