/** The browser is killed while 200 files are being indexed into a kept collection: nothing is lost or half there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Library } from '../../src/library/library.svelte.ts';
import { randomFrom } from '../support/random.ts';
import { smallFiles } from '../support/small-files.ts';
import { buildWithHollowGenerator, type AlteredBuild } from './support/altered.ts';
import { textFile, Desk } from './support/desk.ts';
import { expect, PREFIX, test } from './support/fixtures.ts';
import { startKillable } from './support/killable.ts';
import { startSite, type SiteProcess } from './support/site-process.ts';

declare const carrel: Library;

/** Milliseconds within which a kill comes; about so long the indexing takes. */
const within = 7000;

/** Another one every time; `CARREL_SEED` repeats a run. */
const seed = Number(process.env['CARREL_SEED'] ?? Date.now() % 100_000);

let build: AlteredBuild;
let site: SiteProcess;
let profile: string;

test.beforeAll(async () => {
  build = await buildWithHollowGenerator();
  site = await startSite({ prefix: PREFIX, headers: 'full', root: build.root });
  profile = await mkdtemp(join(tmpdir(), 'carrel-killed-'));
});

test.afterAll(async () => {
  await site.end();
  await Promise.all([build.dispose(), rm(profile, { recursive: true, force: true })]);
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

async function killed(times: number, seed: number): Promise<void> {
  const random = randomFrom(seed);
  const tally: string[] = [];
  console.log(`Kills with seed ${seed}`);
  for (let run = 0; run < times; run++) {
    const files = smallFiles(200, run * 200);
    const words = new Map(files.map(({ name, word }) => [name, word]));
    const first = await startKillable(profile);
    await first.page.goto(site.address);
    const desk = new Desk(first.page);
    await desk.modelsReady();
    await first.page.evaluate(async (name) => {
      await carrel.kept.switchTo(null);
      await carrel.change({ generator: 'off' });
      await carrel.kept.keep(name);
    }, `Run ${run}`);
    await desk.add(files.map(({ name, text }) => textFile(name, text)));
    const after = Math.round(random() * within);
    await new Promise((resolve) => setTimeout(resolve, after));
    await first.kill();

    const { page, kill } = await startKillable(profile);
    await page.goto(site.address);
    await page.waitForFunction(() => carrel.kept.state.state === 'kept');
    const checked = await faults(page);
    expect(checked.faults).toEqual([]);
    await page.waitForFunction(() =>
      carrel.entries.every(({ status }) => ['ready', 'unfinished'].includes(status.state)),
    );
    const states = await page.evaluate(() => carrel.entries.map(({ path, status }) => [path, status.state] as const));
    const whole = states.filter(([, state]) => state === 'ready').map(([path]) => path);
    tally.push(`${after} ms: ${whole.length} whole, ${states.length - whole.length} to be resumed`);
    const some = whole.at(Math.floor(random() * whole.length));
    if (some !== undefined) {
      const found = await page.evaluate(async (word) => {
        const { candidates } = await carrel.engine.search(word, null, { most: 4 }, new AbortController().signal);
        return candidates[0]?.passage;
      }, words.get(some)!);
      expect(found).toMatchObject({ path: some, text: files.find(({ name }) => name === some)!.text });
    }
    // The last one goes on to its end.
    if (run === times - 1 && states.length > 0) {
      await page.evaluate(() => carrel.kept.resume());
      await page.waitForFunction(() => carrel.entries.every(({ status }) => status.state === 'ready'));
      await page.waitForFunction(() => carrel.kept.state.state === 'kept' && carrel.kept.state.pending === 0);
      expect((await faults(page)).faults).toEqual([]);
    }
    await kill();
  }
  console.log(tally.join('\n'));
}

test('killed five times at random moments, every document is whole or offered to be read again', async () => {
  test.setTimeout(240_000);
  await killed(5, seed);
});

test('killed fifty times at random moments, every document is whole or offered to be read again @long', async () => {
  test.setTimeout(1_800_000);
  await killed(50, seed);
});
