/** A desk that is kept: it comes back, whole; several of them; two tabs; no room; all of it deleted. */
import type { Page } from '@playwright/test';
import type { Library } from '../../src/library/library.svelte.ts';
import { smallFiles } from '../support/small-files.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, test, type Visit } from './support/fixtures.ts';

declare const carrel: Library;
declare global {
  /** Ends the fault of the test for no room. */
  var giveRoom: () => void;
}

// Each test goes on with the collections of the one before, in one browser with stored models.
test.describe.configure({ mode: 'serial', timeout: 300_000 });

const KEYS = textFile('keys.txt', 'The key of the boathouse hangs behind the clock in the hall.');
const QUESTION = 'Where does the key of the boathouse hang?';
const files = smallFiles(199);

let visit: Visit;
let desk: Desk;

test.beforeAll(async ({ openVisit, hollow }) => {
  visit = await openVisit('full', '', { root: hollow.root });
  desk = new Desk(visit.page);
});

const databases = () => visit.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

/** All that is on the desk is in its collection. */
const allKept = (page: Page = visit.page) =>
  page.waitForFunction(() => carrel.kept.state.state === 'kept' && carrel.kept.state.pending === 0);

/** The collection that was open last is on the desk, every document of it ready. */
async function back(page: Page = visit.page): Promise<void> {
  await page.waitForFunction(() => carrel.kept.open !== null && carrel.kept.state.state !== 'opening');
  await new Desk(page).settled();
}

const paths = (page: Page = visit.page) => page.evaluate(() => carrel.entries.map(({ path }) => path));
const select = (page: Page = visit.page) => page.getByLabel('Collection', { exact: true });

async function keepAs(name: string): Promise<void> {
  const { page } = visit;
  await page.getByRole('button', { name: 'Keep this desk…' }).click();
  await page.getByLabel('Name of the collection').fill(name);
  await page.getByRole('button', { name: 'Keep it', exact: true }).click();
  await allKept();
}

/** Changes a record of every document as it lies in the database. */
function tamper(change: 'weights' | 'cut'): Promise<void> {
  return visit.page.evaluate(async (what) => {
    const request = indexedDB.open('carrel');
    await new Promise((resolve) => (request.onsuccess = resolve));
    const transaction = request.result.transaction('documents', 'readwrite');
    const store = transaction.objectStore('documents');
    const all = store.getAll();
    all.onsuccess = () => {
      for (const record of all.result as { state: { stamp: { weights: string }; cut: { passageTokens: number } } }[]) {
        if (what === 'weights') record.state.stamp.weights = 'of another version';
        else record.state.cut.passageTokens = 64;
        store.put(record);
      }
    };
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    request.result.close();
  }, change);
}

test('nothing is stored before it is chosen; kept, the desk comes back at once, and nothing is embedded again', async () => {
  const { page } = visit;
  await desk.modelsReady();
  await page.evaluate(() => carrel.change({ generator: 'off' }));
  const given = [KEYS, ...files.map(({ name, text }) => textFile(name, text))];
  const began = Date.now();
  await desk.add(given);
  await expect(desk.documents.getByRole('listitem')).toHaveCount(200);
  await desk.settled();
  const indexed = Date.now() - began;
  await desk.ask(QUESTION);
  expect(await databases()).toEqual([]);
  await expect(page.getByText('Everything on this desk stays on this machine.')).toBeVisible();

  await page.getByRole('button', { name: 'Keep this desk…' }).click();
  await expect(page.getByText('unencrypted, until you delete them')).toBeVisible();
  await page.getByRole('button', { name: 'Do not keep it' }).click();
  expect(await databases()).toEqual([]);
  await keepAs('Harbour');
  await expect(page.getByText('Kept in this browser.')).toBeVisible();

  await page.reload();
  const open = await page.evaluate(async () => {
    while (carrel.kept.state.state !== 'kept') await new Promise((resolve) => setTimeout(resolve, 5));
    const { signal } = new AbortController();
    const found = await carrel.engine.search('boathouse key', null, { most: 4 }, signal);
    return { milliseconds: performance.now(), passages: found.candidates.length, embedder: carrel.models.state };
  });
  expect(open.passages).toBeGreaterThan(0);
  console.log(
    `200 documents: indexed in ${indexed} ms, open and searchable ${Math.round(open.milliseconds)} ms after the load began, ` +
      `${(indexed / open.milliseconds).toFixed(1)} times as quick`,
  );
  expect(open.milliseconds).toBeLessThan(indexed / 2);
  await back();
  expect(await paths()).toHaveLength(200);
  expect(await desk.calls()).toBe(0);
  await expect(desk.answers).toHaveCount(1);
  await expect(desk.answers).toContainText('behind the clock');
  const { answer } = await desk.ask(QUESTION);
  expect(answer?.text).toContain('behind the clock');
  expect(answer!.trace.searched).toMatchObject({ passages: 200, embedded: 200 });
  expect(answer!.trace.candidates[0]!.cosine).toBeGreaterThan(0.5);
  // The original is there as well.
  await desk.answers
    .last()
    .getByRole('button', { name: /keys\.txt/ })
    .first()
    .click();
  await expect(desk.viewer).toContainText('behind the clock');
  expect(await page.evaluate(() => carrel.entries[0]!.file.text())).toContain('boathouse');
});

test('several collections are opened, renamed, copied and deleted, each with its own documents and settings', async () => {
  const { page } = visit;
  await allKept();
  await select().selectOption({ label: 'A new desk, not kept' });
  await expect(page.getByText('A quiet desk for your own papers')).toBeVisible();
  await desk.add([textFile('lamp.txt', 'The lamp of the jetty is lit at dusk.')]);
  await desk.settled();
  await page.evaluate(() => carrel.change({ passageTokens: 96 }));
  await keepAs('Jetty');
  await page.evaluate(() => {
    carrel.questionSet.add('What does the moon weigh?', null);
    carrel.listing.limitTo({ paths: ['lamp.txt'], heading: '' });
  });
  await allKept();
  await page.getByRole('tab', { name: 'Settings' }).click();
  const item = (name: string) =>
    page.getByRole('list', { name: 'Collections' }).getByRole('listitem').filter({ hasText: name });
  await expect(item('Jetty')).toContainText('1 document');
  await expect(item('Harbour')).toContainText('200 documents');
  await page.getByRole('button', { name: 'Rename Jetty' }).click();
  await page.getByLabel('New name').fill('Pier');
  await page.getByRole('button', { name: 'Rename it' }).click();
  await page.getByRole('button', { name: 'Duplicate Pier' }).click();
  await page.getByRole('button', { name: 'Make the copy' }).click();
  await expect(item('Pier (copy)')).toContainText('1 document');

  await page.getByRole('button', { name: 'Open the collection Pier (copy)' }).click();
  await back();
  await page.getByRole('tab', { name: 'Ask' }).click();
  await expect(select()).toHaveValue(await page.evaluate(() => carrel.kept.open!.id));
  expect(await paths()).toEqual(['lamp.txt']);
  await page.evaluate(() => carrel.remove('lamp.txt'));
  await select().selectOption({ label: 'Pier' });
  await back();
  expect(await paths()).toEqual(['lamp.txt']);
  expect(await page.evaluate(() => carrel.settings.passageTokens)).toBe(96);
  const came = () => page.evaluate(() => [carrel.questionSet.questions.length, carrel.listing.limit?.paths ?? null]);
  expect(await came()).toEqual([1, ['lamp.txt']]);

  await page.getByRole('tab', { name: 'Settings' }).click();
  for (const name of ['Pier (copy)', 'Pier']) {
    await page.getByRole('button', { name: `Delete ${name}`, exact: true }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await expect(item(name)).toHaveCount(0);
  }
  expect(await paths()).toEqual([]);
  expect(await came()).toEqual([0, null]);

  // Deleted by mistake: it was on the desk, and comes back there.
  const last = page.getByRole('list', { name: 'Deleted just now' }).getByRole('listitem');
  await expect(last).toHaveText([/“Pier \(copy\)” is deleted/, /“Pier” is deleted/]);
  await expect(page.getByRole('button', { name: 'Put back Pier', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(item('Pier')).toContainText('on the desk now');
  expect(await paths()).toEqual(['lamp.txt']);
  await page.getByRole('button', { name: 'Delete Pier', exact: true }).click();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await page.getByRole('button', { name: 'Delete for good now Pier', exact: true }).click();
  await expect(last).toHaveCount(1);
  await page.getByRole('button', { name: 'Open the collection Harbour' }).click();
  await back();
  await page.getByRole('tab', { name: 'Ask' }).click();
  expect(await page.evaluate(() => carrel.settings.passageTokens)).toBe(208);
  expect(await paths()).toHaveLength(200);
  await expect(desk.answers).toHaveCount(2);
});

test('vectors of another version of the embedder, and passages cut otherwise, are made again, and it is said', async () => {
  const { page } = visit;
  await page.evaluate((keep) => {
    for (const { path } of carrel.entries.slice(keep)) carrel.remove(path);
  }, 4);
  await allKept();
  for (const change of ['weights', 'cut'] as const) {
    await tamper(change);
    await page.reload();
    await back();
    const says =
      change === 'weights' ? /4 documents of “Harbour” are of another embedder/ : /were cut with other settings/;
    await expect(page.getByText(says).first()).toBeVisible();
    if (change === 'weights') expect(await desk.calls()).toBe(4);
    const { answer } = await desk.ask(QUESTION);
    expect(answer!.trace.searched).toMatchObject({ passages: 4, embedded: 4 });
    expect(answer!.trace.candidates[0]!.cosine).toBeGreaterThan(0.5);
    await allKept();
    await page.reload();
    await back();
    await expect(page.getByText(says)).toHaveCount(0);
    expect(await desk.calls()).toBe(0);
  }
});

test('two tabs agree: one keeps the documents, the other follows, and takes over when the first is closed', async () => {
  const { page, context, site } = visit;
  const second = await context.newPage();
  await second.goto(site.address);
  await back(second);
  await expect(second.getByText('Open in another tab, which keeps its documents.')).toBeVisible();
  expect(await paths(second)).toEqual(await paths());

  await desk.add([textFile('lamp.txt', 'The lamp of the jetty is lit at dusk.')]);
  const other = new Desk(second);
  // A tab in the background is slowed down by the browser.
  await expect(other.document('lamp.txt')).toContainText('Ready, 1 passage', { timeout: 60_000 });
  await page.evaluate(() => carrel.remove('keys.txt'));
  await expect(other.document('keys.txt')).toHaveCount(0, { timeout: 60_000 });

  await other.add([textFile('refused.txt', 'Not here.')]);
  await expect(second.getByText('Change its documents there, or close it there.').first()).toBeVisible();
  expect(await paths(second)).toEqual(await paths());
  const turns = await desk.answers.count();
  await other.ask('When is the lamp of the jetty lit?');
  await expect(desk.answers).toHaveCount(turns + 1, { timeout: 60_000 });
  await expect(desk.answers.last()).toContainText('at dusk');

  await page.close();
  await allKept(second);
  await other.add([textFile('buoy.txt', 'The buoy is red.')]);
  await expect(other.document('buoy.txt')).toContainText('Ready, 1 passage');
  await allKept(second);
  visit = { ...visit, page: second };
  desk = other;
});

test('when there is no room it is said, the session goes on in memory, and all is kept when there is', async () => {
  const { page } = visit;
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    globalThis.giveRoom = () => (IDBObjectStore.prototype.put = put);
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('No room.', 'QuotaExceededError');
    };
  });
  await desk.add([textFile('anchor.txt', 'The anchor weighs nine tons.')]);
  await expect(page.getByText(/“anchor.txt” could not be kept: the storage that the browser gives/)).toBeVisible();
  const { answer } = await desk.ask('What does the anchor weigh?');
  expect(answer?.text).toContain('nine tons');
  await desk.add([textFile('rope.txt', 'The rope is blue.')]);
  await desk.settled();
  await page.evaluate(() => giveRoom());
  await page.getByRole('button', { name: 'Try to keep it again' }).click();
  await allKept();
  await page.reload();
  await back();
  expect(await paths()).toEqual(expect.arrayContaining(['anchor.txt', 'rope.txt']));
  await expect(desk.answers.last()).toContainText('nine tons');
});

test('installing is asked where the browser offers it, when the person wants it', async () => {
  const { page } = visit;
  await page.getByRole('tab', { name: 'Settings' }).click();
  const offer = (outcome: string) =>
    page.evaluate((chosen) => {
      const event = new Event('beforeinstallprompt', { cancelable: true });
      const prompt = () => Promise.resolve(void (document.title = `asked, ${chosen}`));
      dispatchEvent(Object.assign(event, { prompt, userChoice: Promise.resolve({ outcome: chosen }) }));
    }, outcome);
  const title = await page.title();
  const button = page.getByRole('button', { name: 'Install Carrel…' });
  await offer('dismissed');
  await expect(button).toBeVisible();
  expect(await page.title()).toBe(title);
  await button.click();
  await expect(page.getByText('Chrome and Edge have “Install” in the address bar')).toBeVisible();
  expect(await page.title()).toBe('asked, dismissed');
  await offer('accepted');
  await button.click();
  await expect(page.getByText('Carrel is installed: it has a window and an icon of its own.')).toBeVisible();
});

test('everything is deleted with one button: collections, settings, the desk, and the models where that is wanted', async () => {
  const { page } = visit;
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Delete everything…' }).click();
  await page.getByLabel(/The models, too/).check();
  await page.getByRole('button', { name: 'Delete everything', exact: true }).click();
  await expect(page.getByText(/were deleted from this browser, and the desk was cleared/).first()).toBeVisible();
  const left = await page.evaluate(async () => ({
    databases: await indexedDB.databases(),
    settings: Object.keys(localStorage).filter((key) => key.startsWith('carrel.')),
    caches: (await caches.keys()).filter((name) => name.includes('models')),
    desk: carrel.entries.length + carrel.turns.length,
  }));
  expect(left).toEqual({ databases: [], settings: [], caches: [], desk: 0 });
  await page.reload();
  await expect(page.getByText('A quiet desk for your own papers')).toBeVisible();
  expect(await databases()).toEqual([]);
});
