/** A collection travels as one file: saved, opened by drop, under a passphrase, damaged, of another embedder, hostile. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { altered, flipped, replace } from '../../src/library/carried/fake-collection.ts';
import type { Library } from '../../src/library/library.svelte.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, test, type Visit } from './support/fixtures.ts';

declare const carrel: Library;

// Each test opens what the first has saved, in one loaded page.
test.describe.configure({ mode: 'serial', timeout: 180_000 });

const KEYS = textFile('keys.txt', 'The key of the boathouse hangs behind the clock in the hall.');
const RULES = textFile(
  'rules.html',
  '<h1>Rules</h1><p>The lamp of the jetty is lit at dusk, every day of the year.</p>',
);
const PDF = join(import.meta.dirname, '../fixtures/documents/formats/script.pdf');
const PHRASE = 'nine blue lamps by the jetty';

let visit: Visit;
let desk: Desk;
let saved: Buffer;

test.beforeAll(async ({ openVisit, hollow }) => {
  visit = await openVisit('full', '', { root: hollow.root });
  desk = new Desk(visit.page);
});

/** Saves what is on the desk, as a person does. */
async function save(passphrase = '', originals = true): Promise<Buffer> {
  const { page } = visit;
  await page.getByRole('button', { name: 'Save to a file…' }).click();
  const tick = page.getByLabel(/With the original files/);
  if (!originals) await tick.uncheck();
  if (passphrase) {
    await page.getByLabel('Passphrase, if it is to be encrypted').fill(passphrase);
    await expect(page.getByRole('button', { name: 'Save the file' })).toBeDisabled();
    await page.getByLabel('The passphrase once more').fill(passphrase);
  }
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the file' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/\.carrel$/);
  await expect(page.getByText(/^Saved as “.+\.carrel”/)).toBeVisible();
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  return readFile(await download.path());
}

/** Lets a file fall on the page. */
async function drop(content: Buffer, name = 'Harbour.carrel'): Promise<void> {
  await visit.page.evaluate(
    ([base64, called]) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], called));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    },
    [content.toString('base64'), name] as const,
  );
}

const dialog = () => visit.page.getByRole('dialog');
const bufferOf = async (blob: Blob): Promise<Buffer> => Buffer.from(await blob.arrayBuffer());

async function emptied(): Promise<void> {
  await visit.page.reload();
  await desk.modelsReady();
  await visit.page.evaluate(() => carrel.change({ generator: 'off', promptPassages: 1 }));
  expect(await visit.page.evaluate(() => carrel.entries.length + carrel.turns.length)).toBe(0);
}

async function openOnDesk(): Promise<void> {
  await dialog().getByRole('button', { name: 'Open it on the desk, in memory' }).click();
  await expect(visit.page.getByText(/is on the desk, in memory/).first()).toBeVisible();
  await desk.settled();
}

test('a desk is saved, wiped, and opened by drop: nothing is embedded again, answers and citations open', async () => {
  const { page } = visit;
  await desk.modelsReady();
  await page.evaluate(() => carrel.change({ generator: 'off', promptPassages: 3 }));
  const script = { name: 'script.pdf', mimeType: 'application/pdf', buffer: await readFile(PDF) };
  await desk.add([KEYS, RULES, script]);
  await desk.settled();
  await desk.ask('Where does the key of the boathouse hang?');
  await page.evaluate(() => carrel.questionSet.add('What does the moon weigh?', null));
  saved = await save();
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  await page.getByRole('button', { name: 'Save to a file…' }).click();
  await page.getByRole('radio', { name: /Parquet/ }).check();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the file' }).click();
  const table = await readFile(await (await downloading).path());
  const rows = await parquetReadObjects({ file: Uint8Array.from(table).buffer });
  expect(rows.map(({ document }) => document as string)).toEqual(expect.arrayContaining(['keys.txt', 'rules.html']));
  expect(rows.every(({ vector, model }) => (vector as number[]).length === 384 && model === 'all-MiniLM-L6-v2')).toBe(
    true,
  );

  await emptied();
  await drop(saved);
  await expect(dialog()).toContainText('3 documents');
  await expect(dialog()).toContainText('1 question with answers, 1 question in the question set;');
  expect(await page.evaluate(() => carrel.entries.length)).toBe(0);
  await openOnDesk();
  expect(await page.evaluate(() => carrel.entries.map(({ path }) => path))).toEqual([
    'keys.txt',
    'rules.html',
    'script.pdf',
  ]);
  expect(await page.evaluate(() => carrel.settings.promptPassages)).toBe(3);
  expect(await page.evaluate(() => carrel.questionSet.questions.map(({ question }) => question))).toEqual([
    'What does the moon weigh?',
  ]);
  expect(await desk.calls()).toBe(0);
  await expect(desk.answers).toHaveCount(1);
  await expect(desk.answers).toContainText('behind the clock');
  const { answer, article } = await desk.ask('When is the lamp of the jetty lit?');
  expect(answer?.text).toContain('at dusk');
  expect(answer!.trace.candidates[0]!.cosine).toBeGreaterThan(0.5);
  await article.getByRole('button', { name: /rules/ }).first().click();
  await expect(desk.viewer.locator('mark').filter({ hasText: 'lamp of the jetty' }).first()).toBeVisible();
  await page.evaluate(() => carrel.open('script.pdf'));
  await expect(desk.viewer.locator('canvas').first()).toBeVisible();
});

test('what is on the desk is not written over without a word, and a file can be left alone', async () => {
  await drop(saved);
  await expect(dialog()).toContainText('What is on the desk now is not kept, and goes.');
  await dialog().getByRole('button', { name: 'Do not open it' }).click();
  await expect(dialog()).toHaveCount(0);
  await expect(desk.answers).toHaveCount(2);
});

test('under a passphrase it opens with that alone, and can be kept as a collection of its own', async () => {
  const { page } = visit;
  const sealed = await save(PHRASE, false);
  expect(sealed.includes('boathouse')).toBe(false);
  await emptied();
  await desk.add([{ name: 'renamed.bin', mimeType: 'application/octet-stream', buffer: sealed }]);
  const field = dialog().getByLabel('Passphrase of “renamed.bin”');
  await expect(field).toBeFocused();
  await field.fill(PHRASE.toUpperCase());
  await dialog().getByRole('button', { name: 'Unlock it' }).click();
  await expect(dialog().getByRole('alert')).toContainText('This passphrase does not open the file');
  await field.fill(PHRASE);
  await dialog().getByRole('button', { name: 'Unlock it' }).click();
  await expect(dialog()).toContainText('without the original files');
  await dialog().getByRole('button', { name: 'Open it and keep it in this browser' }).click();
  await page.waitForFunction(() => carrel.kept.state.state === 'kept' && carrel.kept.state.pending === 0);
  await page.reload();
  await page.waitForFunction(() => carrel.kept.open !== null && carrel.kept.state.state === 'kept');
  await desk.settled();
  expect(await desk.calls()).toBe(0);
  await expect(desk.answers).toHaveCount(2);
  const { answer } = await desk.ask('Where does the key of the boathouse hang?');
  expect(answer?.text).toContain('behind the clock');
  await page.evaluate(() => carrel.open('script.pdf'));
  await expect(desk.viewer).toContainText(
    'The pages of this file could not be drawn; their text is shown in its place.',
  );
  await page.evaluate(() => carrel.kept.wipe(false));
});

test('a damaged file is refused by name, and nothing of it is on the desk', async () => {
  const { page } = visit;
  await emptied();
  const broken = await bufferOf(await flipped(new Blob([new Uint8Array(saved)]), saved.length >> 1, 1));
  await drop(broken, 'broken.carrel');
  await expect(
    page.getByText(/“broken.carrel” was not opened\. The collection file is damaged or was changed/).first(),
  ).toBeVisible();
  await drop(saved.subarray(0, saved.length - 9), 'cut.carrel');
  await expect(page.getByText(/“cut.carrel” was not opened\..+its end is missing/).first()).toBeVisible();
  expect(await page.evaluate(() => carrel.entries.length)).toBe(0);
});

test('vectors of another embedder are made again, and it is said; markup of a hostile file runs nothing', async () => {
  const { page } = visit;
  const odd = await altered(
    (found) => {
      replace('documents/1/document.json', /"weights":"\w+"/, '"weights":"of another version"')(found);
      const markup = `<script>globalThis.owned=1</script><img src=x onerror='globalThis.owned=1'><a href='javascript:owned=1'>go</a>`;
      replace('documents/2/document.json', '"html":"', `"html":"${markup}`)(found);
      replace('manifest.json', '"name":"Desk"', `"name":"<img src=x onerror=globalThis.owned=1>"`)(found);
    },
    new Blob([new Uint8Array(saved)]),
  );
  await drop(await bufferOf(odd));
  await expect(dialog()).toContainText('Open “<img src=x onerror=globalThis.owned=1>”?');
  await openOnDesk();
  await expect(page.getByText(/The vectors of 1 document of .+ are made again with/).first()).toBeVisible();
  expect(await desk.calls()).toBe(1);
  await page.evaluate(() => carrel.open('rules.html'));
  await expect(desk.viewer.getByText('lamp of the jetty').first()).toBeVisible();
  expect(await desk.viewer.locator('.html').locator('script, img, [href], [onerror]').count()).toBe(0);
  expect(await page.evaluate(() => 'owned' in globalThis)).toBe(false);
});
