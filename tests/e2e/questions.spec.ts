/** Questions as people ask them: with slips, in another language, about two documents at once. No model writes here. */
import { join } from 'node:path';
import { ROOT } from '../../scripts/root.ts';
import type { Library } from '../../src/library/library.svelte.ts';
import { Desk, oneSpace } from './support/desk.ts';
import { expect, test, type Visit } from './support/fixtures.ts';

declare const carrel: Library;

test.describe.configure({ mode: 'serial', timeout: 240_000 });

let visit: Visit;
let desk: Desk;

test.beforeAll(async ({ openVisit, hollow }) => {
  visit = await openVisit('full', '', { root: hollow.root });
  desk = new Desk(visit.page);
  await desk.modelsReady();
  await visit.page.evaluate(() => carrel.change({ generator: 'off' }));
  const collection = join(ROOT, 'tests/fixtures/documents/collection');
  await desk.add(
    ['lease.pdf', 'brewing.txt', 'news.html', 'prices.csv', 'manual.md'].map((name) => join(collection, name)),
  );
  await desk.settled();
});

test('slips of the keyboard are put right, and it is said', async () => {
  const { answer, article } = await desk.ask('How much is the depsoit for the flat?');
  expect(answer?.trace.corrections).toEqual([{ from: 'depsoit', to: 'deposit' }]);
  await expect(article).toContainText('Searched for “deposit” in place of “depsoit”.');
  expect(oneSpace(answer!.sources[0]!.passage.text)).toContain('£1,575');

  const quoted = await desk.ask('Where does “depsoit” stand?');
  expect(quoted.answer?.trace.corrections).toEqual([]);
  await expect(quoted.article).not.toContainText('in place of');
});

test('a question in another language is refused with the reason', async () => {
  const { answer, article } = await desk.ask('Welche Batterie braucht das Messgerät, und warum keine Alkalizellen?');
  expect(answer?.refused).toBe(true);
  await expect(article).toContainText('seems to be in German');
  await expect(article).toContainText('multilingual-e5-small');
});

test('a question over two documents gets passages of both, one of them by the names in the other', async () => {
  const { answer } = await desk.ask('In which street is the bakery whose fridge supplied the yeast for the oat stout?');
  const read = answer!.sources.map(({ passage }) => oneSpace(passage.text)).join('\n');
  expect(read).toContain("Yeast: the Irish one from Nance's bakery fridge");
  expect(read).toContain('Bridget Nance');
  const second = answer!.trace.candidates.filter(({ fate }) => fate.kept && fate.note?.includes('second search'));
  expect(second.map(({ passage }) => passage.path)).toContain('news.html');
});

test('what stands around a passage is read with it, and its citation opens all of it', async () => {
  const { page } = visit;
  const question = 'When does the lamp of the logger blink five times?';
  const alone = (await desk.ask(question)).answer!;
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByLabel('With what stands around them').check();
  await page.getByRole('tab', { name: 'Ask' }).click();
  const { answer, article } = await desk.ask(question);
  const [before, after] = [alone, answer!].map(({ sources }) => sources[0]!.passage);
  expect(after!.text.length).toBeGreaterThan(before!.text.length);
  expect(after!.text).toContain(before!.text);
  const text = await page.evaluate(
    (path) => carrel.entries.find((entry) => entry.path === path)?.document?.text,
    after!.path,
  );
  expect(text?.slice(after!.start, after!.end)).toBe(after!.text);
  await article
    .getByRole('button', { name: /^Source 1/ })
    .first()
    .click();
  const marked = async () => oneSpace((await desk.viewer.locator('mark').allTextContents()).join(' ')).length;
  await expect.poll(marked).toBeGreaterThan(before!.text.length);
});
