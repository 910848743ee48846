/** Answers that are lists of points from many passages: summaries, lists, comparisons, stopped and whole. */
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
  test.setTimeout(240_000);
  visit = await openVisit('full', '', { root: hollow.root });
  desk = new Desk(visit.page);
  await desk.modelsReady();
  const collection = join(ROOT, 'tests/fixtures/documents/collection');
  await desk.add(['lease.pdf', 'bylaw.docx', 'thesis-chapter.pdf'].map((name) => join(collection, name)));
  await desk.settled();
});

test('a document is summarised from its menu: points, each cited, and how much was read', async () => {
  await desk.documents.getByRole('button', { name: 'Summarise bylaw.docx' }).click();
  const article = desk.answers.first();
  await expect(article).toHaveAttribute('aria-busy', 'false', { timeout: 120_000 });
  const answer = (await visit.page.evaluate(() => carrel.turns.at(-1)!.answer))!;
  expect(answer.made).toBe('extractive');
  expect(answer.survey).toMatchObject({ kind: 'summarise', of: 'bylaw.docx' });
  expect(answer.survey!.read).toBe(answer.survey!.fitting);
  const items = article.locator('[data-answer-text] li');
  expect(await items.count()).toBeGreaterThanOrEqual(5);
  for (const item of await items.all())
    await expect(item.getByRole('button', { name: /^Source \d+: bylaw\.docx/ })).not.toHaveCount(0);
  await expect(article).toContainText(`Read ${answer.survey!.read} of ${answer.survey!.read} passages of bylaw.docx.`);
  for (const { support } of answer.sentences) expect(support).toEqual({ supported: true });
});

test('stopped, it keeps what came and says what was not read', async () => {
  await desk.begin('Summarise thesis-chapter.pdf');
  await expect(desk.answers.last()).toContainText(/Reading \d+ of \d+ passages/, { timeout: 60_000 });
  await visit.page.waitForFunction(() => carrel.turns.at(-1)!.streamed.includes('[1]'), null, { timeout: 60_000 });
  await visit.page.getByRole('button', { name: 'Stop' }).click();
  await expect(desk.answers.last()).toHaveAttribute('aria-busy', 'false', { timeout: 2000 });
  const answer = (await visit.page.evaluate(() => carrel.turns.at(-1)!.answer))!;
  expect(answer.stopped).toBe(true);
  expect(answer.survey!.read).toBeLessThan(answer.survey!.fitting);
  await expect(desk.answers.last()).toContainText(
    /Read \d+ of \d+ passages of thesis-chapter\.pdf; \d+ were not read\./,
  );
});

test('a list takes passages of all documents, a comparison has two headings', async () => {
  const listed = await desk.ask('List all the animals that may be kept', 120_000);
  const text = oneSpace(listed.answer!.text);
  expect(text).toContain('hens');
  expect(text).toContain('cat');
  const compared = await desk.ask('Compare the deposit for the flat and the security for the allotment', 120_000);
  expect(compared.answer!.survey!.kind).toBe('compare');
  await expect(compared.article.getByRole('heading', { name: 'the deposit for the flat' })).toBeVisible();
  await expect(compared.article).toContainText('£1,575');
});
