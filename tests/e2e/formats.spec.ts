/**
 * Every kind of document in the built page: read, listed, opened, and a passage marked in it. Locked files take a password,
 * pictures are recognised when asked, files inside files stand beside them. One browser and one loaded page for all of it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Library } from '../../src/library/library.svelte.ts';
import { wrongRequests } from './support/build.ts';
import { Desk, oneSpace } from './support/desk.ts';
import { expect, PREFIX, test, type Visit } from './support/fixtures.ts';

declare const carrel: Library;

const fixtures = join(import.meta.dirname, '../fixtures/documents');
const formats = join(fixtures, 'formats');

/** A file of each kind, with words that stand in it. */
const files: readonly (readonly [string, string])[] = [
  ['plain/desk.py', 'def total(values)'],
  ['plain/rules.yaml', ''],
  ['plain/rules.tex', ''],
  ['plain/flats.json', ''],
  ['plain/flats.jsonl', ''],
  ['plain/countries.xml', ''],
  ['plain/film.srt', ''],
  ['plain/rents.ipynb', ''],
  ['office/accounts.xlsx', ''],
  ['office/accounts.xls', ''],
  ['office/accounts.ods', ''],
  ['office/rowing.pptx', ''],
  ['office/rowing.odp', ''],
  ['mail/rich.eml', 'The costs are below'],
  ['mail/plain.msg', ''],
  ['mail/box.mbox', ''],
  ['mail/page.mhtml', ''],
  ['columns.pdf', ''],
];

test.describe.configure({ mode: 'serial', timeout: 90_000 });

let visit: Visit;
let desk: Desk;

test.beforeAll(async ({ openVisit }) => {
  visit = await openVisit('none');
  desk = new Desk(visit.page);
});

/** Waits until nothing is being read; vectors may still be on their way. */
async function read(): Promise<void> {
  await visit.page.waitForFunction(
    () =>
      carrel.entries.length > 0 &&
      carrel.entries.every(({ status }) => !['waiting', 'reading', 'recognising'].includes(status.state)),
    null,
    { timeout: 60_000 },
  );
}

const paths = () => visit.page.evaluate(() => carrel.entries.map(({ path }) => path));

test('one file of each kind is searchable, opens, and shows a passage marked', async () => {
  await desk.add(files.map(([path]) => join(formats, path)));
  await read();
  for (const [path, words] of files) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const found = await visit.page.evaluate(
      ([own, wanted]) => {
        const entry = carrel.entries.find((one) => one.name === own && one.outer === null);
        const span = wanted ? { start: entry?.document?.text.indexOf(wanted) ?? -1 } : entry?.passages.at(-1);
        if (!entry?.document || !span || span.start < 0) return { state: entry?.status, text: '' };
        const end = wanted ? span.start + wanted.length : (entry.passages.at(-1)?.end ?? 0);
        carrel.open(entry.path, { start: span.start, end });
        return { state: entry.status, text: entry.document.text.slice(span.start, end) };
      },
      [name, words] as const,
    );
    expect(found, name).toMatchObject({ state: { state: expect.stringMatching(/^(?:embedding|ready|words-only)$/) } });
    const marks = desk.viewer.locator('mark.cited');
    await expect(marks.first(), name).toBeAttached();
    // A row's text may name its columns, which stand above the cells on the page.
    const marked = (await marks.allTextContents()).map((piece) => piece.replace(/\s/g, '')).filter(Boolean);
    const wanted = found.text.replace(/\s/g, '');
    for (const piece of marked) expect(wanted, name).toContain(piece);
    expect(marked.length, name).toBeGreaterThan(0);
  }
});

test('code stands with numbered lines, a mail under its headers, and the report says how each was read', async () => {
  await visit.page.evaluate(() => carrel.open(carrel.entries.find(({ name }) => name === 'desk.py')!.path));
  await expect(desk.viewer.locator('.numbers').first()).toContainText('1\n2\n3');
  await desk.viewer.getByText('How this file was read').click();
  await expect(desk.viewer.locator('.report')).toContainText(/Source code.*characters.*passage/s);
  await visit.page.evaluate(() => carrel.open(carrel.entries.find(({ name }) => name === 'rich.eml')!.path));
  await expect(desk.viewer).toContainText('Anna Berg');
});

test('a locked PDF asks for its password, says when it is wrong, and opens with the right one', async () => {
  await desk.clear();
  await desk.add([join(fixtures, 'readers/locked.pdf')]);
  await read();
  const item = desk.document('locked.pdf');
  const password = item.getByLabel('Password for locked.pdf');
  await password.fill('wrong');
  await item.getByRole('button', { name: 'Unlock locked.pdf' }).click();
  await expect(item).toContainText('is not the right one');
  await password.fill('carrel');
  await password.press('Enter');
  await expect(item.getByRole('button', { name: 'Open locked.pdf' })).toBeVisible();
  await item.getByRole('button', { name: 'Open locked.pdf' }).click();
  await expect(desk.viewer.locator('canvas').first()).toBeVisible();
});

test('a picture and a scan are recognised when asked, and their lines are marked on the page', async () => {
  await desk.clear();
  await desk.add([join(formats, 'viewer/letter.png'), join(formats, 'viewer/scan.pdf')]);
  await read();
  for (const name of ['letter.png', 'scan.pdf']) {
    const item = desk.document(name);
    await item.getByRole('button', { name: `Recognise text in ${name}` }).click();
    await expect(item.getByRole('button', { name: `Open ${name}` })).toBeVisible({ timeout: 45_000 });
  }
  const text = await visit.page.evaluate(() => {
    const { path, document } = carrel.entries[0]!;
    const start = document!.text.indexOf('two goats');
    carrel.open(path, { start, end: start + 9 });
    return document!.text;
  });
  expect(oneSpace(text)).toContain('lit for the first time on 4 October 1871');
  const mark = desk.viewer.locator('mark.cited');
  await expect(mark).toHaveText(/two goats/);
  await expect(desk.viewer.locator('canvas').first()).toBeVisible();
  const [box, page] = [await mark.boundingBox(), await desk.viewer.locator('.sheet').boundingBox()];
  expect(box!.y).toBeGreaterThan(page!.y);
  expect(box!.x + box!.width).toBeLessThan(page!.x + page!.width);
});

test('what a zip and a mail hold stands under them, is replaced with them and goes with them', async () => {
  await desk.clear();
  const zip = join(formats, 'viewer/desk.zip');
  await desk.add([zip]);
  await expect
    .poll(paths)
    .toEqual([
      'desk.zip',
      'desk.zip/notes/keeper.txt',
      'desk.zip/oil.eml',
      'desk.zip/oil.eml/oil.csv',
      'desk.zip/older.zip',
      'desk.zip/older.zip/log/1888.txt',
    ]);
  await read();
  await expect(desk.document('oil.csv')).toContainText(/Embedding|Ready|Searchable/);
  await desk.add([zip]);
  await expect(desk.document('desk.zip').first()).toContainText('Unchanged');
  const bytes = readFileSync(zip);
  // The same archive with a comment at its end: other bytes, the same files.
  const commented = Buffer.concat([bytes, Buffer.from('!')]);
  commented.writeUInt16LE(1, bytes.length - 2);
  await desk.add([{ name: 'desk.zip', mimeType: 'application/zip', buffer: commented }]);
  // Until the new version has been read, what is taken out of the old one would come back with it.
  await expect(desk.document('desk.zip').first()).toContainText('Replaced');
  await read();
  await expect(desk.documents.getByRole('listitem')).toHaveCount(6);
  await visit.page.evaluate(() => carrel.remove('desk.zip/oil.eml'));
  await expect(desk.documents.getByRole('listitem')).toHaveCount(4);
  await desk.documents.getByRole('button', { name: 'Remove desk.zip', exact: true }).click();
  await expect(desk.documents).toHaveCount(0);
});

test('nothing but the page’s own files was asked for', () => {
  expect(readdirSync(formats).length).toBeGreaterThan(0);
  expect(wrongRequests(visit.site.requests, PREFIX)).toEqual([]);
  expect(visit.sent.filter(({ host }) => host !== `localhost:${visit.site.port}`)).toEqual([]);
});
