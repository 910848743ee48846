/** Finding on the desk: search while typing, filters, questions asked of some documents, order, pins, undo. */
import type { Library } from '../../src/library/library.svelte.ts';
import { smallFiles } from '../support/small-files.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, test, type Visit } from './support/fixtures.ts';
import { calibration, watchTasks } from './support/long-tasks.ts';

declare const carrel: Library;

// One page for the file.
test.describe.configure({ timeout: 240_000 });

const DOCUMENTS = {
  'letters/2024/landlord.md':
    '# Letter of the landlord\n\nThe deposit of 1,575 pounds is returned when the tenancy ends.\n',
  'letters/2025/neighbour.md': '# Letter of the neighbour\n\nThe key of the boathouse hangs behind the clock.\n',
  'rules.txt': 'Dogs and cats may live in the flat with written consent.',
} as const;
const QUESTION = 'Where does the key of the boathouse hang?';
/** As for files that arrive (bad-input.spec.ts). */
const MOST_SORTINGS = 3;

let visit: Visit;
let desk: Desk;

test.beforeAll(async ({ openVisit, hollow }) => {
  test.setTimeout(240_000);
  visit = await openVisit('full', '', { root: hollow.root });
  desk = new Desk(visit.page);
  await desk.modelsReady();
  await visit.page.evaluate(async (documents) => {
    await carrel.change({ generator: 'off' });
    const files = Object.entries(documents).map(([path, text]) => ({ path, file: new File([text], path) }));
    await carrel.add(files);
  }, DOCUMENTS);
  await desk.settled();
});

const field = () => visit.page.getByRole('searchbox', { name: 'Search the documents' });
const found = () => visit.page.getByRole('group', { name: 'Found passages' });
const names = () => desk.documents.getByRole('button', { name: /^Open / }).allTextContents();
const limitLine = () => visit.page.getByText(/^Asked only of/).last();

test('passages are found while they are typed: by words at once, by meaning after, and opened by keyboard', async () => {
  const { page } = visit;
  await field().pressSequentially('depos');
  const passage = found().getByRole('button').filter({ hasText: '1,575 pounds' });
  await expect(passage).toContainText('by words');
  await expect(passage.locator('mark')).toHaveText('deposit');
  await expect(desk.documents).toHaveCount(0);

  await field().fill('pets');
  const byMeaning = found().getByRole('button').filter({ hasText: 'Dogs and cats' });
  await expect(byMeaning).toContainText('by meaning');
  await expect(page.getByText(/by words and by meaning$/)).toBeVisible();

  await field().press('Enter');
  // nothing that is there for screen readers alone makes the page itself scroll
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThanOrEqual(0);
  await expect(desk.viewer.locator('mark').filter({ hasText: 'Dogs and cats' })).toBeVisible();
  await field().press('ArrowDown');
  await expect(found().getByRole('button', { name: 'Open rules.txt' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(byMeaning).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(field()).toBeFocused();

  await field().fill('xqzzy');
  await expect(page.getByText('Nothing here holds “xqzzy”, and nothing comes near it in meaning.')).toBeVisible();
  await field().press('Escape');
  await expect(field()).toHaveValue('');
  expect(await names()).toEqual(['landlord.md', 'neighbour.md', 'rules.txt']);
});

test('a question is asked only of the documents that were filtered or ticked, and it is said', async () => {
  const { page } = visit;
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('combobox', { name: 'Folder' }).selectOption('letters/2024');
  expect(await names()).toEqual(['landlord.md']);
  await field().fill('key boathouse');
  await page.waitForFunction(
    () => carrel.listing.found?.text === 'key boathouse' && carrel.listing.found.meaning === 'searched',
  );
  await expect(found().getByText('boathouse')).toHaveCount(0);
  await field().press('Escape');
  await page.getByRole('button', { name: 'Ask only this document' }).click();
  await expect(limitLine()).toHaveText('Asked only of landlord.md');
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(page.getByRole('checkbox', { name: 'Ask only landlord.md' })).toBeChecked();

  const refused = await desk.ask(QUESTION);
  expect(refused.answer?.refused).toBe(true);
  expect(refused.answer?.trace.candidates.map(({ passage }) => passage.path)).not.toContain(
    'letters/2025/neighbour.md',
  );
  await expect(refused.article).toContainText('It was looked for only in the one document');

  await page.getByRole('checkbox', { name: 'Ask only neighbour.md' }).check();
  await expect(limitLine()).toHaveText('Asked only of landlord.md and 1 other document');
  const { answer } = await desk.ask(QUESTION);
  expect(answer?.text).toContain('behind the clock');
  expect(answer?.trace.searched).toMatchObject({ documents: 2 });

  await page.getByRole('button', { name: 'Ask all documents' }).click();
  await page.evaluate(() => carrel.askAgain(carrel.turns[0]!.id));
  const again = await page.evaluate(() => carrel.turns[0]!);
  expect(again.answer?.refused).toBe(true);
  expect(again.askedWith?.within).toEqual({ paths: ['letters/2024/landlord.md'], heading: '' });
  await page.evaluate(() => {
    const { id, askedWith } = carrel.turns[0]!;
    return carrel.askAgain(id, { ...askedWith!, within: null });
  });
  expect(await page.evaluate(() => carrel.turns[0]!.answer?.text)).toContain('behind the clock');
});

test('documents are moved, pinned and brought back when they were removed; a kept desk keeps how they stand', async () => {
  const { page } = visit;
  const rules = desk.documents.getByRole('button', { name: 'Open rules.txt' });
  await rules.press('Alt+ArrowUp');
  expect(await names()).toEqual(['landlord.md', 'rules.txt', 'neighbour.md']);
  await expect(rules).toBeFocused();
  await desk
    .document('landlord.md')
    .dragTo(desk.document('neighbour.md'), { targetPosition: { x: 60, y: 60 }, steps: 8 });
  await expect.poll(names).toEqual(['rules.txt', 'neighbour.md', 'landlord.md']);
  await page.getByRole('button', { name: 'More for neighbour.md' }).click();
  await page.getByRole('button', { name: 'Pin to the top neighbour.md' }).click();
  const arranged = ['neighbour.md', 'rules.txt', 'landlord.md'];
  expect(await names()).toEqual(arranged);

  const calls = await desk.calls();
  for (const name of ['rules.txt', 'neighbour.md']) await page.getByRole('button', { name: `Remove ${name}` }).click();
  expect(await names()).toEqual(['landlord.md']);
  for (const name of ['neighbour.md', 'rules.txt'])
    await page.getByRole('button', { name: `Put back “${name}”` }).click();
  await desk.settled();
  expect(await names()).toEqual(arranged);
  expect(await desk.calls()).toBe(calls);
  const { answer } = await desk.ask(QUESTION);
  expect(answer?.trace.searched).toMatchObject({ passages: 3, embedded: 3 });
  await expect(page.getByText('A source of this answer has changed since')).toHaveCount(0);

  await page.getByRole('button', { name: 'Keep this desk…' }).click();
  await page.getByLabel('Name of the collection').fill('Letters');
  await page.getByRole('button', { name: 'Keep it', exact: true }).click();
  await page.waitForFunction(() => carrel.kept.state.state === 'kept' && carrel.kept.state.pending === 0);
  await page.reload();
  await page.waitForFunction(() => carrel.kept.open !== null && carrel.kept.state.state === 'kept');
  await desk.settled();
  expect(await names()).toEqual(arranged);
  expect(await page.evaluate(() => [...carrel.listing.pinned])).toEqual(['letters/2025/neighbour.md']);
  expect(await desk.calls()).toBe(0);
  await page.evaluate(async () => carrel.kept.remove(carrel.kept.open!.id));
});

/**
 * Types, filters, scrolls and pins in a long list while its documents are embedded. Without looking for names: on a list
 * of 300, looking is work that holds the page itself.
 */
async function useList(text: string): Promise<void> {
  const { page } = visit;
  await page.waitForFunction(
    () => carrel.entries.length === 300 && carrel.entries.every(({ passages }) => passages.length > 0),
    null,
    { timeout: 300_000 },
  );
  await page.locator('[data-search]').pressSequentially(text, { delay: 60 });
  await page.waitForFunction(
    (sought) => carrel.listing.found?.text === sought && carrel.listing.found.hits.length > 0,
    text,
  );
  await page.locator('[data-search]').press('Escape');
  await page.locator('[data-search] + button').click();
  const name = page.locator('form input[type="text"]').first();
  await name.pressSequentially('1', { delay: 60 });
  await page.waitForFunction(() => document.querySelectorAll('ul[aria-label="Documents"] > li').length === 138);
  await name.press('Backspace');
  await page.waitForFunction(() => document.querySelectorAll('ul[aria-label="Documents"] > li').length === 300);
  await page.evaluate(() => {
    document.querySelector('ul[aria-label="Documents"] > li:last-child')?.scrollIntoView();
    carrel.listing.pin(carrel.entries.at(-1)!.path, true);
  });
  await page.waitForFunction(() =>
    document.querySelector('ul[aria-label="Documents"] > li')?.textContent?.includes('Pinned'),
  );
}

async function unfrozen(during: () => Promise<void>): Promise<void> {
  const before = await calibration(visit.page);
  const longestTask = await watchTasks(visit.page);
  await during();
  const longest = await longestTask();
  const sorting = Math.max(before, await calibration(visit.page));
  console.log(`    longest task ${longest.toFixed(0)} ms; sorting 200,000 numbers ${sorting.toFixed(0)} ms`);
  expect(longest).toBeLessThan(MOST_SORTINGS * sorting);
}

test('300 documents are searched, filtered and moved without a task that is felt, and how long they will take is said @long', async () => {
  const { page } = visit;
  await desk.clear();
  await unfrozen(async () => {
    await desk.add(smallFiles(300).map(({ name, text }) => textFile(name, text)));
    await page.waitForFunction(() =>
      /^\d+ of 300 documents ready/.test(
        document
          .querySelector('progress[aria-label="Reading and embedding"]')
          ?.previousElementSibling?.textContent?.trim() ?? '',
      ),
    );
    await useList('moored at berth');
  });
  await desk.clear();
});

test('10,000 passages of 300 documents are no slower to the hand @long', async () => {
  test.setTimeout(600_000);
  const { page } = visit;
  await desk.clear();
  await page.evaluate(() => carrel.change({ passageTokens: 48 }));
  const sentence = (i: number, j: number) =>
    `Entry ${j} of log ${i}: the lamp of pier ${(i * 7 + j) % 97} was lit at dusk, the wind came from the west and the ferry went at ${j % 24}.`;
  const files = Array.from({ length: 300 }, (_, i) =>
    textFile(`log-${i}.txt`, Array.from({ length: 36 }, (_, j) => sentence(i, j)).join('\n\n')),
  );
  await unfrozen(async () => {
    await desk.add(files);
    await useList('the lamp of pier');
    expect(
      await page.evaluate(() => carrel.entries.reduce((sum, { passages }) => sum + passages.length, 0)),
    ).toBeGreaterThanOrEqual(10_000);
  });
  await desk.clear();
});
