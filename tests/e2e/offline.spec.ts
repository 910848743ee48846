/** The page opens with its server gone, and an update is offered. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { filesToKeep, type SiteFiles } from '../../src/service-worker/files.ts';
import { ISOLATION, POLICY } from '../../src/policy.ts';
import { DIST, siteFiles } from './support/build.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, PREFIX, test } from './support/fixtures.ts';
import { startSite } from './support/site-process.ts';
import { startWorkerIn } from './support/worker.ts';

/** Waits until the service worker is in control, which it takes only when every file is stored. */
async function controlled(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', null, {
    timeout: 30_000,
  });
}

async function keptPaths(page: Page): Promise<string[]> {
  const urls = await page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('carrel-shell-'));
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return keys.flat().map((request) => new URL(request.url).pathname);
  });
  return urls.map((path) => decodeURIComponent(path).replace(PREFIX, '')).sort();
}

for (const headers of ['full', 'none'] as const) {
  test(`reloads from what it has kept when the server has ended (${headers} headers)`, async ({ visit }) => {
    const { page, site } = await visit(headers);
    await controlled(page);
    const wanted = filesToKeep(siteFiles().files, true).map(({ path }) => path);
    expect(await keptPaths(page)).toEqual([...wanted, 'files.json'].sort());

    await site.end();
    await page.reload();
    await expect(page.locator('#app')).not.toBeEmpty();
    await expect(page.locator('#starting')).toHaveCount(0);
    expect(await page.title()).toContain('Carrel');
    // Every file of the list that this browser needs is answered, with its content as listed.
    const wrong = await page.evaluate(
      async (files) => {
        const hashes = await Promise.all(
          files.map(async ({ path, sha256 }) => {
            const bytes = await (await fetch(path)).arrayBuffer();
            const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
            return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') === sha256 ? '' : path;
          }),
        );
        return hashes.filter((path) => path !== '');
      },
      filesToKeep(siteFiles().files, true).map(({ path, sha256 }) => ({ path: encodeURI(path), sha256 })),
    );
    expect(wrong).toEqual([]);
    // A worker's script and what it fetches come from there as well.
    const worker = await startWorkerIn(page, 'pdfjs/wasm/openjpeg_nowasm_fallback.js');
    const runtime = `${site.address}ort/ort-wasm-simd.wasm`;
    expect(await worker.evaluate((url) => fetch(url).then((response) => response.status), runtime)).toBe(200);
  });
}

test('on a server without headers the service worker adds them, and the page is isolated after a reload', async ({
  visit,
}) => {
  const { page } = await visit('none');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await controlled(page);
  const response = await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const got = response?.headers() ?? {};
  expect(got['content-security-policy']).toBe(POLICY);
  for (const [name, value] of Object.entries(ISOLATION)) expect(got[name.toLowerCase()]).toBe(value);
});

test('a file that does not exist is not found, with the server and without it', async ({ visit }) => {
  const { page, site } = await visit();
  await controlled(page);
  const ask = (): Promise<number | string> =>
    page.evaluate(() =>
      fetch('no/such/file.json').then(
        (response) => response.status,
        () => 'failed',
      ),
    );
  expect(await ask()).toBe(404);
  await site.end();
  expect(await ask()).toBe('failed');
  const response = await page.goto(`${site.address}no-such-page.html`);
  expect(response?.status()).toBe(404);
});

test('opened as a file the page says why it does not start', async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(DIST, 'index.html')).href);
  await expect(page.getByText('Carrel has not started yet.')).toBeVisible();
  await expect(page.locator('#app')).toBeEmpty();
  await context.close();
});

test('a file that comes damaged is not kept, and the page says which', async ({ browser }) => {
  const root = await copyOfBuild();
  const site = await startSite({ prefix: PREFIX, headers: 'full', root });
  const context = await browser.newContext();
  try {
    await writeFile(join(root, 'icons/icon.svg'), '<html>captive portal</html>');
    const page = await context.newPage();
    await page.goto(site.address);
    await page.getByText('Needs a connection next time').click();
    await expect(page.getByText(/icons\/icon\.svg came damaged/)).toBeVisible({ timeout: 30_000 });
    expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  } finally {
    await context.close();
    await site.end();
    await rm(root, { recursive: true, force: true });
  }
});

test('an update is stored in the background, offered with what it would cost, and used when it is wanted', async ({
  browser,
}) => {
  const root = await copyOfBuild();
  const site = await startSite({ prefix: PREFIX, headers: 'none', root });
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const offer = page.getByRole('group', { name: 'A new version of Carrel' });
    await page.goto(site.address);
    await controlled(page);

    // One that comes damaged is named, and nothing else happens.
    await publishUpdate(root);
    await writeFile(join(root, 'index.html'), 'half of a');
    await look(page);
    await expect(offer).toContainText(/could not be stored\. The file index\.html came damaged/);
    await offer.getByRole('button').click();

    await publishUpdate(root);
    await look(page);
    await expect(offer).toContainText('A new version of Carrel is ready');
    // Under the open page nothing changes, and a reload is no consent.
    expect(await page.evaluate(() => fetch('index.html').then((response) => response.text()))).not.toContain('Updated');
    await page.reload();
    await expect(offer).toContainText('A new version of Carrel is ready');
    expect(await page.title()).not.toContain('Updated');

    // What is on the desk would be lost: it is said, and nothing is done.
    const desk = new Desk(page);
    await desk.add([textFile('keeper.txt', 'The lighthouse keeper of Skarness was called Ada Holm.')]);
    await desk.settled();
    await offer.getByRole('button', { name: 'Use the new version' }).click();
    await expect(offer).toContainText('In memory only: 1 document.');
    await offer.getByRole('button', { name: 'Wait' }).click();
    await expect(desk.documents.getByRole('listitem')).toHaveCount(1);

    // Nor is it used beside a tab of the version before.
    const other = await context.newPage();
    await other.goto(site.address);
    await controlled(other);
    await offer.getByRole('button', { name: 'Use the new version' }).click();
    await offer.getByRole('button', { name: 'Use it and lose that' }).click();
    await expect(offer).toContainText('Carrel is open in 1 other tab');
    expect(await other.title()).not.toContain('Updated');
    await other.close();
    await offer.getByRole('button', { name: 'Try again' }).click();
    await expect(page).toHaveTitle(/Updated/, { timeout: 15_000 });
    await controlled(page);
    await expect(offer).toBeHidden();

    await site.end();
    await page.reload();
    await expect(page).toHaveTitle(/Updated/);
    // The files of the old build are gone.
    const caches = await page.evaluate(() => globalThis.caches.keys());
    expect(caches.filter((name) => name.startsWith('carrel-shell-'))).toHaveLength(1);
  } finally {
    await context.close();
    await site.end();
    await rm(root, { recursive: true, force: true });
  }
});

/** Has the browser look for a newer service worker, as it does at every visit. */
async function look(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    // Rejects where the update could not be installed, which the page tells by itself.
    await registration?.update().catch(() => undefined);
  });
}

/** The build without the models' parts: 170 MB that these tests do not read. */
async function copyOfBuild(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'carrel-build-'));
  const kept = new Set([...siteFiles().files.map(({ path }) => path), 'files.json']);
  for (const path of kept) await cp(join(DIST, path), join(root, path));
  return root;
}

/** A later build in the same folder: another title, and so another hash of the list in the service worker. */
async function publishUpdate(root: string): Promise<void> {
  const page = (await readFile(join(DIST, 'index.html'), 'utf8')).replace(/<title>/, '<title>Updated ');
  await writeFile(join(root, 'index.html'), page);
  const list = JSON.parse(await readFile(join(DIST, 'files.json'), 'utf8')) as SiteFiles;
  const build = 'feedfacefeedface';
  const files = list.files.map((file) =>
    file.path === 'index.html'
      ? { ...file, bytes: Buffer.byteLength(page), sha256: createHash('sha256').update(page).digest('hex') }
      : file,
  );
  await writeFile(join(root, 'files.json'), JSON.stringify({ build, files }));
  const worker = await readFile(join(DIST, 'service-worker.js'), 'utf8');
  await writeFile(join(root, 'service-worker.js'), worker.replaceAll(list.build, build));
}
