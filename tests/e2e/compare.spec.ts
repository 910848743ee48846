/** A question set made in the page, and two settings of the search compared on it, with the real embedder. */
import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import type { Library } from '../../src/library/library.svelte.ts';
import { Desk } from './support/desk.ts';
import { expect, test, type Visit } from './support/fixtures.ts';

declare const carrel: Library;

test.describe.configure({ mode: 'serial', timeout: 240_000 });

let visit: Visit;
let desk: Desk;

test.beforeAll(async ({ openVisit, hollow }) => {
  test.setTimeout(240_000);
  visit = await openVisit('full', '', { root: hollow.root });
  desk = new Desk(visit.page);
  await visit.page.getByRole('button', { name: 'Try the sample documents' }).click();
  await desk.settled();
});

const questions = () => visit.page.getByRole('list', { name: 'Questions of the set' }).getByRole('listitem');
const figure = (name: string) => visit.page.getByRole('row', { name: new RegExp(`^${name}`) });

async function saved(button: string): Promise<string> {
  const [download] = await Promise.all([
    visit.page.waitForEvent('download'),
    visit.page.getByRole('button', { name: button }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

test('words selected in a document become a question of the set, once they are there only once', async () => {
  const { page } = visit;
  await page.getByRole('button', { name: 'Open house-rules.md' }).click();
  const select = (words: string) =>
    desk.viewer.getByText('Members may borrow').evaluate((element, wanted) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.textContent?.indexOf(wanted) ?? -1;
        if (at >= 0) document.getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
      }
    }, words);
  const begin = desk.viewer.getByRole('button', { name: 'This answers…' });
  await begin.click();
  await expect(desk.viewer).toContainText('Select the words that answer a question first');
  await select('the house');
  await begin.click();
  await expect(desk.viewer).toContainText('These words stand more than once');
  await select('up to six books');
  await begin.click();
  await desk.viewer.getByRole('textbox', { name: 'answers' }).fill('How many books?');
  await desk.viewer.getByRole('button', { name: 'Add it' }).click();
  await expect(desk.viewer).toContainText('Added to the question set');
  expect(await page.evaluate(() => carrel.questionSet.questions)).toEqual([
    {
      id: 'q1',
      question: 'How many books?',
      wanted: { by: 'quotes', quotes: [{ document: 'house-rules.md', quote: 'up to six books' }] },
    },
  ]);
});

test('a set is opened beside what is there, saved as it is, and refused with the line that is wrong', async () => {
  const { page } = visit;
  await page.getByRole('tab', { name: 'Lab' }).click();
  await page.getByLabel('A question that must be refused').fill('Is there a swimming pool?');
  await page.getByRole('button', { name: 'Add it' }).click();
  await page.getByRole('button', { name: 'Take the questions for the samples' }).click();
  await expect(page.getByText('34 questions added from questions.jsonl.')).toBeVisible();
  await expect(page.getByText('36 questions, 7 of them to be refused')).toBeVisible();
  const text = await saved('Save the set');
  expect(text.trim().split('\n')).toHaveLength(36);

  const give = (name: string, content: string) =>
    page
      .getByLabel('Open a question set')
      .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
  await give('wrong.jsonl', `${text}{"id":"x"}\n`);
  await expect(page.getByRole('alert')).toContainText('Line 37 of wrong.jsonl: it needs an id and a question.');
  await give('again.jsonl', text);
  await expect(page.getByText('36 questions added from again.jsonl.')).toBeVisible();
  await page.getByText('36 questions, 7 of them to be refused').click();
  await expect(questions()).toHaveCount(36);
});

test('two settings are told apart by figures that the report bears out, the same bytes on two runs', async () => {
  const { page } = visit;
  await page.getByRole('button', { name: 'Compare them' }).click();
  await expect(figure('nDCG at 10')).toBeVisible({ timeout: 120_000 });
  const first = await saved('Save the report');
  const { a, b, figures, leftOut } = JSON.parse(first) as {
    a: { rows: { ndcg: number | null }[]; settings: { search: string } };
    b: { rows: { ndcg: number | null }[]; settings: { search: string } };
    figures: { measure: string; a: number; b: number; n: number; p: number }[];
    leftOut: unknown[];
  };
  expect(leftOut).toEqual([]);
  expect([a.settings.search, b.settings.search]).toEqual(['both', 'words']);
  const meanOf = ({ rows }: typeof a) => {
    const values = rows.flatMap(({ ndcg }) => (ndcg === null ? [] : [ndcg]));
    return [values.length, values.reduce((sum, value) => sum + value, 0) / values.length] as const;
  };
  const ndcg = figures.find(({ measure }) => measure === 'ndcg')!;
  expect(meanOf(a)).toEqual([29, expect.closeTo(ndcg.a, 5)]);
  expect(meanOf(b)).toEqual([29, expect.closeTo(ndcg.b, 5)]);
  // Words alone miss what is asked in other words: that is what the set is for.
  expect(ndcg.a).toBeGreaterThan(ndcg.b);
  await expect(figure('nDCG at 10')).toContainText(`${ndcg.a.toFixed(3).replace(/^0/, '')}`);
  await expect(page.getByRole('img', { name: 'What B changes against A' })).toBeVisible();
  const { data } = Papa.parse<Record<string, string>>(await saved('Save as CSV of A and B in numbers'), {
    header: true,
  });
  expect(data.find((row) => row['of'] === 'nDCG at 10')).toMatchObject({ a: String(ndcg.a), b: String(ndcg.b) });
  expect(await saved('Save as SVG of A and B in numbers')).toContain('nDCG at 10');
  await expect(
    page.getByRole('list', { name: 'Questions that fare differently' }).getByRole('listitem'),
  ).not.toHaveCount(0);
  await page.getByRole('button', { name: 'Compare them' }).click();
  await expect(page.getByRole('button', { name: 'Compare them' })).toBeVisible({ timeout: 120_000 });
  expect(await saved('Save the report')).toBe(first);
});

test('another cut is tried beside the desk, which stays as it is; a question whose document is gone is told', async () => {
  const { page } = visit;
  const passages = () => page.evaluate(() => carrel.entries.map((entry) => entry.passages.map(({ id }) => id)));
  await page.evaluate(() => carrel.remove('instruments.csv'));
  await page.evaluate(() => carrel.questionSet.add('Which lute?', { document: 'instruments.csv', quote: 'Lute' }));
  const before = await passages();
  const side = page.getByRole('group', { name: 'B', exact: true });
  await side.getByLabel('Cut by').selectOption('fixed');
  await side.getByLabel('Tokens').fill('64');
  await side.getByLabel('Search by').selectOption('both');
  await page.getByRole('button', { name: 'Compare them' }).click();
  await expect(page.getByText(/B: Fixed length, 64 tokens/)).toBeVisible({ timeout: 120_000 });
  await page.getByText('1 question left out').click();
  await expect(page.getByText('Which lute?: “instruments.csv” is not on the desk.')).toBeVisible();
  expect(await passages()).toEqual(before);
  const { a, b } = JSON.parse(await saved('Save the report')) as Record<'a' | 'b', { passages: number }>;
  expect(a.passages).toBe(before.flat().length);
  expect(b.passages).toBeGreaterThan(a.passages);

  await side.getByLabel('Tokens').fill('48');
  await page.getByRole('button', { name: 'Compare them' }).click();
  await page.getByRole('button', { name: 'Stop comparing' }).click();
  await expect(page.getByText('Stopped. What stood here before stays.')).toBeVisible();
  await expect(page.getByText(/B: Fixed length, 64 tokens/)).toBeVisible();
  expect(visit.errors).toEqual([]);
});
