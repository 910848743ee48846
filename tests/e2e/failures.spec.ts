/** What the browser and the machine may do to a page that is at work; docs/failures.md lists it. */
import { mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import type { Library } from '../../src/library/library.svelte.ts';
import { smallFiles } from '../support/small-files.ts';
import { buildWithHollowGenerator, type AlteredBuild } from './support/altered.ts';
import { DIST, siteFiles } from './support/build.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, test, type Visit } from './support/fixtures.ts';

declare const carrel: Library;

// Each test goes on with the page of the one before.
test.describe.configure({ mode: 'serial', timeout: 200_000 });

const KEYS = textFile('keys.txt', 'The key of the boathouse hangs behind the clock in the hall.');
const QUESTION = 'Where does the key of the boathouse hang?';

let build: AlteredBuild;
let folder: string;
let visit: Visit;
let desk: Desk;
let devtools: CDPSession;

test.beforeAll(async ({ openVisit }) => {
  [build, folder] = await Promise.all([buildWithHollowGenerator(), mkdtemp(join(tmpdir(), 'carrel-failures-'))]);
  visit = await openVisit('full', '', { root: build.root });
  desk = new Desk(visit.page);
  devtools = await visit.context.newCDPSession(visit.page);
  await visit.page.evaluate(() => carrel.change({ generator: 'off' }));
});

test.afterAll(async () => {
  await Promise.all([build.dispose(), rm(folder, { recursive: true, force: true })]);
});

const origin = () => new URL(visit.site.address).origin;
const notes = (count: number) => smallFiles(count).map(({ name, text }) => textFile(name, text));
const states = () =>
  visit.page.evaluate(() => [...new Set(carrel.entries.map(({ status }) => status.state))] as readonly string[]);
const ready = (least: number) =>
  visit.page.waitForFunction(
    (wanted) => carrel.entries.filter(({ status }) => status.state === 'ready').length >= wanted,
    least,
    { polling: 20 },
  );
const allKept = (page: Page = visit.page) =>
  page.waitForFunction(() => carrel.kept.state.state === 'kept' && carrel.kept.state.pending === 0);
/** The collection that was open last is on the desk, every document of it ready. */
async function back(page: Page = visit.page): Promise<void> {
  await page.waitForFunction(() => carrel.kept.open !== null && carrel.kept.state.state !== 'opening');
  await new Desk(page).settled();
}
const keepAs = (name: string) => visit.page.evaluate((given) => carrel.kept.keep(given), name);
/** Questions in the database. */
const storedTurns = () =>
  visit.page.evaluate(async () => {
    const request = indexedDB.open('carrel');
    await new Promise((resolve) => (request.onsuccess = resolve));
    const count = request.result.transaction('turns').objectStore('turns').count();
    await new Promise((resolve) => (count.onsuccess = resolve));
    request.result.close();
    return count.result;
  });
const again = () => visit.page.getByRole('button', { name: 'Try to keep it again' });
const paths = () => visit.page.evaluate(() => carrel.entries.map(({ path }) => path));

/** Ends those of the page's workers that have this name, as an error that nobody catches ends them. */
async function kill(name: string): Promise<number> {
  const named = await Promise.all(
    visit.page.workers().map(async (worker) => ({
      worker,
      name: await worker.evaluate(() => self.name).catch(() => ''),
    })),
  );
  const wanted = named.filter((one) => one.name === name);
  for (const { worker } of wanted)
    await worker
      .evaluate(() =>
        setTimeout(() => {
          throw new Error('killed');
        }),
      )
      .catch(() => undefined);
  return wanted.length;
}

test('a tab that is frozen while it indexes goes on where it was when it is thawed @long', async () => {
  await desk.add(notes(40));
  await ready(4);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await desk.settled();
  expect(await states()).toEqual(['ready']);
  await desk.clear();
});

test('workers that die while files are read and embedded are started anew, and every document is ready @long', async () => {
  await desk.add(notes(60));
  await ready(3);
  expect(await kill('embedder')).toBeGreaterThan(0);
  await kill('reader');
  await ready(20);
  await kill('embedder');
  await kill('search');
  await desk.settled();
  expect(await states()).toEqual(['ready']);
  await expect(visit.page.getByText('The search stopped working and was started anew.')).toBeVisible();
  const found = await visit.page.evaluate(async () => {
    const { signal } = new AbortController();
    return (await carrel.engine.search('harbour office', null, { most: 4 }, signal)).searched;
  });
  expect(found).toMatchObject({ passages: 60, embedded: 60 });
  await desk.clear();
});

test('a file whose drive was taken out after the drop is named, and the others are ready @long', async () => {
  const { page } = visit;
  const path = join(folder, 'lost.txt');
  await writeFile(path, 'It was on a stick.');
  await page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', id: 'stick' });
    input.setAttribute('aria-label', 'Stick');
    document.body.append(input);
  });
  await page.getByLabel('Stick').setInputFiles(path);
  await unlink(path);
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#stick')!;
    const [file] = input.files!;
    input.remove();
    return carrel.add([
      { path: 'lost.txt', file: file! },
      { path: 'here.txt', file: new File(['It is here.'], 'here.txt') },
    ]);
  });
  await desk.settled();
  await expect(desk.document('lost.txt')).toContainText(
    'Failed: “lost.txt” could not be opened: it was moved, changed or is no longer there. Add it again',
  );
  await expect(desk.document('here.txt')).toContainText('Ready, 1 passage');
  await desk.clear();
});

test('a disk that is full is told by the name of the file, and what is missing is kept when there is room @long', async () => {
  const { page } = visit;
  await expect(page.getByText('Ready to work offline').first()).toBeAttached({ timeout: 90_000 });
  const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage!);
  // Before the database is there: Chromium remembers for half a minute how much room a database has.
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: origin(), quotaSize: usage + 3_000_000 });
  await desk.add([KEYS]);
  await desk.settled();
  await keepAs('Harbour');
  await allKept();
  const noise = Buffer.alloc(6_000_000, 'noise\0');
  await desk.add([{ name: 'noise.pdf', mimeType: 'application/pdf', buffer: noise }]);
  await expect(page.getByText(/“noise.pdf” could not be kept: the storage that the browser gives/)).toBeVisible();
  expect((await desk.ask(QUESTION)).answer?.text).toContain('behind the clock');
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: origin() });
  await again().click();
  await allKept();
  await page.evaluate(() => carrel.remove('noise.pdf'));
  await allKept();
});

test('a clock that was set back a year puts no question before an earlier one @long', async () => {
  const { page } = visit;
  await page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() - 31_536_000_000;
  });
  await desk.ask('What hangs behind the clock?');
  await expect.poll(storedTurns).toBe(2);
  await page.reload();
  await back();
  expect(await page.evaluate(() => carrel.turns.map(({ question }) => question))).toEqual([
    QUESTION,
    'What hangs behind the clock?',
  ]);
});

test('storage that the browser clears under the open page is told; asked to, the page keeps everything anew @long', async () => {
  const { page } = visit;
  await page.evaluate(() => carrel.change({ generator: 'off' }));
  await devtools.send('Storage.clearDataForOrigin', { origin: origin(), storageTypes: 'indexeddb,cache_storage' });
  await expect(page.getByText(/The browser has closed what is kept, or has cleared it\. What is on the/)).toBeVisible();
  // New workers need the models, which were in the cache.
  await kill('embedder');
  await desk.add([textFile('lamp.txt', 'The lamp of the jetty is lit at dusk.')]);
  await desk.settled();
  expect(await states()).toEqual(['ready']);
  await again().click();
  await allKept();
  await page.reload();
  await back();
  expect(await paths()).toEqual(['keys.txt', 'lamp.txt']);
  expect((await desk.ask(QUESTION)).answer?.text).toContain('behind the clock');
});

test('a collection that another tab deletes leaves the desk of the tab that follows, and that is told @long', async () => {
  const second = await visit.context.newPage();
  await second.goto(visit.site.address);
  await back(second);
  await expect(second.getByText('Open in another tab, which keeps its documents.')).toBeVisible();
  await visit.page.evaluate(() => carrel.kept.remove(carrel.kept.open!.id));
  await expect(second.getByText('“Harbour” was deleted in another tab.').first()).toBeVisible({ timeout: 60_000 });
  expect(await second.evaluate(() => [carrel.entries.length, carrel.kept.state.state])).toEqual([0, 'memory']);
  await second.close();
});

test('a collection that the browser has cleared between two visits is named @long', async () => {
  const { page, site } = visit;
  await desk.add([KEYS]);
  await desk.settled();
  await keepAs('Pier');
  await allKept();
  await page.goto(`${site.address}app.webmanifest`);
  await devtools.send('Storage.clearDataForOrigin', { origin: origin(), storageTypes: 'indexeddb' });
  await page.goto(site.address);
  await expect(page.getByText('“Pier” was kept in this browser and is gone:').first()).toBeVisible();
  await page.reload();
  await expect(page.getByText('A quiet desk for your own papers')).toBeVisible();
  await expect(page.getByText('“Pier” was kept')).toHaveCount(0);
});

test('what the browser has cleared of the page’s own files is stored again at the next visit @long', async () => {
  const { page } = visit;
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', null, {
    timeout: 90_000,
  });
  await expect(page.getByText('Ready to work offline').first()).toBeAttached({ timeout: 90_000 });
  const kept = () =>
    page.evaluate(async () => {
      const names = (await caches.keys()).filter((name) => name.startsWith('carrel-shell-'));
      return (await (await caches.open(names.at(-1)!)).keys()).length;
    });
  const before = await kept();
  await page.evaluate(async () => {
    const name = (await caches.keys()).find((one) => one.startsWith('carrel-shell-'))!;
    const cache = await caches.open(name);
    const half = (await cache.keys()).filter((_, i) => i % 2 === 0);
    await Promise.all(half.map((request) => cache.delete(request)));
  });
  expect(await kept()).toBeLessThan(before);
  await page.reload();
  await expect.poll(kept, { timeout: 60_000 }).toBe(before);
});

test('an update of the page in the middle of indexing interrupts nothing, and the next visit has it all @long', async () => {
  const { page } = visit;
  await page.evaluate(() => carrel.change({ generator: 'off' }));
  await desk.add([KEYS, ...notes(59)]);
  await keepAs('Harbour');
  await ready(3);
  await publishUpdate();
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
  await page.waitForFunction(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting), null, {
    timeout: 90_000,
  });
  await desk.settled();
  await allKept();
  expect(await states()).toEqual(['ready']);
  await page.reload();
  // The page may reload itself once more, to take the update into use.
  await expect(async () => {
    await back();
    expect(await paths()).toHaveLength(60);
  }).toPass({ timeout: 60_000 });
  expect((await desk.ask(QUESTION)).answer?.text).toContain('behind the clock');
});

/** A later build in the same folder: its service worker and its list name another one. */
async function publishUpdate(): Promise<void> {
  const list = siteFiles();
  const later = 'feedfacefeedface';
  const own = JSON.parse(readFileSync(join(build.root, 'files.json'), 'utf8')) as object;
  const worker = readFileSync(join(DIST, 'service-worker.js'), 'utf8').replaceAll(list.build, later);
  await Promise.all([build.remove('files.json'), build.remove('service-worker.js')]);
  await writeFile(join(build.root, 'files.json'), JSON.stringify({ ...own, build: later }));
  await writeFile(join(build.root, 'service-worker.js'), worker);
}

test('without Web Locks, BroadcastChannel, StorageManager and service worker the page answers and says what it cannot @long', async ({
  openVisit,
}) => {
  const scripts = siteFiles().files.map(({ path }) => path);
  const scriptOf = (name: string) => scripts.find((path) => new RegExp(`^assets/${name}-[^/]*\\.js$`).test(path))!;
  await build.remove(scriptOf('reader'));
  const bare = await openVisit('full', '', {
    root: build.root,
    before: () => {
      for (const name of ['locks', 'storage', 'serviceWorker']) Reflect.deleteProperty(Navigator.prototype, name);
      Reflect.deleteProperty(globalThis, 'BroadcastChannel');
    },
  });
  try {
    const { page } = bare;
    const other = new Desk(page);
    await page.evaluate(() => carrel.change({ generator: 'off' }));
    // The script of a worker does not come.
    await other.add([KEYS]);
    await expect(other.document('keys.txt')).toContainText(
      'Not read to the end: The reader did not start. A file of the page did not come',
    );
    await build.mend(scriptOf('reader'));
    await page.getByRole('button', { name: 'Read it' }).click();
    await expect(other.document('keys.txt')).toContainText('Ready, 1 passage');
    expect((await other.ask(QUESTION)).answer?.text).toContain('behind the clock');
    await expect(page.getByText('This browser cannot hold tabs apart')).toBeVisible();
    await page.getByText('Needs a connection next time').click();
    await expect(page.getByText(/This browser window cannot keep the page/)).toBeVisible();
  } finally {
    await bare.close();
  }
});
