/** The browser is killed while 200 files are being indexed into a kept collection: nothing is lost or half there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Library } from '../../src/library/library.svelte.ts';
import { randomFrom } from '../support/random.ts';
import { smallFiles, type SmallFile } from '../support/small-files.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, PREFIX, test } from './support/fixtures.ts';
import { startKillable, type Killable } from './support/killable.ts';
import { startSite, type SiteProcess } from './support/site-process.ts';

declare const carrel: Library;

/** Another one every time; `CARREL_SEED` repeats a run. */
const seed = Number(process.env['CARREL_SEED'] ?? Date.now() % 100_000);

let site: SiteProcess;
let profile: string;
let browser: Killable | null = null;

test.beforeAll(async ({ hollow }) => {
  site = await startSite({ prefix: PREFIX, headers: 'full', root: hollow.root });
  profile = await mkdtemp(join(tmpdir(), 'carrel-killed-'));
});

test.afterAll(async () => {
  await close();
  await site.end();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

/** Every record of the database, looked at without the page's own code: the faults that were found. */
function faults(
  page: Page,
): Promise<{ readonly whole: number; readonly unfinished: number; readonly faults: string[] }> {
  return page.evaluate(async () => {
    interface Row {
      collection: string;
      path: string;
      version: string;
      bytes: number;
      blob: Blob;
      state: { state: string; passages: number; stamp: { dimensions: number } };
      document: { text: string };
      passages: { id: string; start: number; end: number }[];
      ids: string[];
      values: Float32Array;
    }
    const request = indexedDB.open('carrel');
    await new Promise((resolve) => (request.onsuccess = resolve));
    const rows = async (name: string) => {
      const all = request.result.transaction(name).objectStore(name).getAll();
      await new Promise((resolve) => (all.onsuccess = resolve));
      return new Map((all.result as Row[]).map((row) => [`${row.collection} ${row.path}`, row]));
    };
    const [documents, originals, texts, vectors] = await Promise.all(
      ['documents', 'originals', 'texts', 'vectors'].map(rows),
    );
    request.result.close();
    const found: string[] = [];
    for (const others of [originals!, texts!, vectors!])
      for (const key of others.keys()) if (!documents!.has(key)) found.push(`${key}: a record without its document`);
    let whole = 0;
    for (const [key, { version, bytes, state }] of documents!) {
      const original = originals!.get(key);
      if (original?.version !== version) found.push(`${key}: no original`);
      else if ((await original.blob.arrayBuffer().catch(() => new ArrayBuffer())).byteLength !== bytes)
        found.push(`${key}: original cut off`);
      const [text, own] = [texts!.get(key), vectors!.get(key)];
      if (state.state === 'unfinished') {
        if (text ?? own) found.push(`${key}: unfinished, with an index`);
        continue;
      }
      whole++;
      if (text?.version !== version || own?.version !== version)
        found.push(`${key}: text or vectors of another version`);
      else {
        if (text.document.text !== (await original!.blob.text())) found.push(`${key}: another text`);
        if (text.passages.length !== state.passages) found.push(`${key}: passages are missing`);
        if (text.passages.some(({ id }) => !own.ids.includes(id))) found.push(`${key}: a passage without its vector`);
        const length = Math.hypot(...own.values);
        if (
          own.values.length !== own.ids.length * state.stamp.dimensions ||
          Math.abs(length - Math.sqrt(own.ids.length)) > 1e-3
        )
          found.push(`${key}: vectors are damaged`);
      }
    }
    return { whole, unfinished: documents!.size - whole, faults: found };
  });
}

async function killed(times: number): Promise<void> {
  const random = randomFrom(seed);
  console.log(`Kills with seed ${seed}`);
  await open();
  for (let run = 0; run < times; run++) {
    const files = smallFiles(200, run * 200);
    const moment = await killWhileIndexing(`Run ${run}`, files, random);
    await open();
    const { page } = browser!;
    await page.waitForFunction(() => carrel.kept.state.state === 'kept', null, { timeout: 60_000 });
    const found = await faults(page);
    expect(found.faults).toEqual([]);
    await page.waitForFunction(
      () => carrel.entries.every(({ status }) => ['ready', 'unfinished'].includes(status.state)),
      null,
      { timeout: 60_000 },
    );
    const states = await page.evaluate(() => carrel.entries.map(({ path, status }) => [path, status.state] as const));
    const whole = states.filter(([, state]) => state === 'ready').map(([path]) => path);
    console.log(`killed ${moment}: ${whole.length} whole, ${states.length - whole.length} to be resumed`);
    const some = whole.at(Math.floor(random() * whole.length));
    if (some !== undefined)
      await findsAgain(
        page,
        files.find(({ name }) => name === some)!,
      );
    await resumesSome(page);
  }
  await close();
}

async function open(): Promise<void> {
  await close();
  browser = await startKillable(profile);
  await browser.page.goto(site.address);
}

async function close(): Promise<void> {
  await browser?.kill();
  browser = null;
}

/** At a moment told by how far the indexing is, so that a slow machine makes no other test of it. */
async function killWhileIndexing(name: string, files: readonly SmallFile[], random: () => number): Promise<string> {
  const { page, kill } = browser!;
  await page.evaluate(async (given) => {
    await carrel.kept.switchTo(null);
    await carrel.change({ generator: 'off' });
    await carrel.kept.keep(given);
  }, name);
  const wanted = Math.max(0, Math.floor(random() * 80) - 16);
  const later = Math.round(random() * 600);
  await new Desk(page).add(files.map((file) => textFile(file.name, file.text)));
  await page.waitForFunction(
    (least) => carrel.entries.filter(({ status }) => status.state === 'ready').length >= least,
    wanted,
    { polling: 20, timeout: 120_000 },
  );
  await new Promise((resolve) => setTimeout(resolve, later));
  await kill();
  browser = null;
  return `${later} ms after ${wanted} were ready`;
}

async function findsAgain(page: Page, { name, text, word }: SmallFile): Promise<void> {
  const found = await page.evaluate(async (searched) => {
    const { signal } = new AbortController();
    const { candidates } = await carrel.engine.search(searched, null, { most: 4 }, signal);
    return candidates[0]?.passage;
  }, word);
  expect(found).toMatchObject({ path: name, text });
}

/** Some of those that were cut short are read to the end, and are whole then. */
async function resumesSome(page: Page): Promise<void> {
  const left = await page.evaluate(async () => {
    const unfinished = carrel.entries.filter(({ status }) => status.state === 'unfinished').slice(0, 5);
    await Promise.all(unfinished.map(({ path }) => carrel.resume(path)));
    return unfinished.map(({ path }) => carrel.entries.find((entry) => entry.path === path)!.status.state);
  });
  expect(left.every((state) => state === 'ready')).toBe(true);
}

test('killed twice at random moments, every document is whole or offered to be read again', async () => {
  test.setTimeout(400_000);
  await killed(2);
});

test('killed fifty times at random moments, every document is whole or offered to be read again @long', async () => {
  test.setTimeout(3_600_000);
  await killed(50);
});
