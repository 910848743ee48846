/** Browsers that lack something: WASM SIMD, threads, or an answer about their storage. They answer the same. */
import { CHROMIUM_FLAGS, chromiumPath } from '../../scripts/chromium.ts';
import type { Library } from '../../src/library/library.svelte.ts';
import { hasSimd } from '../../src/service-worker/files.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, PREFIX, test } from './support/fixtures.ts';

declare const carrel: Library;

const executablePath = chromiumPath();
test.use({
  launchOptions: {
    // V8 compiles WASM SIMD to SSE 4.1 and refuses it without.
    args: [...CHROMIUM_FLAGS, '--js-flags=--no-enable-sse4-1 --no-enable-ssse3'],
    ...(executablePath ? { executablePath } : {}),
  },
});
test.describe.configure({ timeout: 120_000 });

const documents = [
  textFile('keeper.txt', 'The lighthouse keeper of Skarness was called Ada Holm. She kept bees and a grey goat.'),
  textFile('ferry.txt', 'The ferry to Gorse Point sails at eight in the morning and costs four crowns.'),
];

test('without WASM SIMD and without threads the plain runtime and the plain scan serve, and the page answers', async ({
  visit,
  hollow,
}) => {
  // No headers: the page is not cross-origin isolated before the service worker is in control.
  const { page, site } = await visit('none', '', {
    root: hollow.root,
    // As in Firefox, where the person has not answered yet.
    before: () => Object.defineProperty(navigator.storage, 'persist', { value: () => new Promise(() => undefined) }),
  });
  const desk = new Desk(page);
  expect(await page.evaluate(`(${hasSimd.toString()})()`)).toBe(false);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expect(await page.evaluate(() => typeof SharedArrayBuffer)).toBe('undefined');
  await page.evaluate(() => carrel.change({ generator: 'off', index: 'flat' }));
  await desk.add(documents);
  await desk.settled(90_000);
  await expect(desk.document('keeper.txt')).toContainText('Ready, 1 passage');
  const { answer } = await desk.ask('Who looked after the lighthouse of Skarness?');
  expect(answer?.text).toContain('Ada Holm');
  // Found by meaning, too: the vectors were made and compared.
  expect(answer?.trace.candidates[0]?.cosine).toBeGreaterThan(0.3);
  const runtimes = site.requests.map(({ url }) => url).filter((url) => url.includes('/ort/'));
  expect(new Set(runtimes)).toEqual(new Set([`${PREFIX}ort/ort-wasm.wasm`]));
  // What is kept for working offline is the runtime that this browser loads.
  await expect(page.getByText('Ready to work offline').first()).toBeAttached({ timeout: 60_000 });
  await site.end();
  await page.reload();
  await desk.add(documents);
  await desk.settled(90_000);
  expect((await desk.ask('Who looked after the lighthouse of Skarness?')).answer?.text).toContain('Ada Holm');
});
