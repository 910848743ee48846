/**
 * The whole way, once: a plain file server as on a stick, under a sub-path; the browser restarted with the server gone;
 * a document dropped, asked, answered, its citation opened. The log of every request goes to docs/offline.md by hand:
 * `CARREL_LOG=1` prints it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS, chromiumPath } from '../../scripts/chromium.ts';
import type { Library } from '../../src/library/library.svelte.ts';
import { modelBytes } from '../../src/models/manifest.ts';
import { ISOLATION, POLICY } from '../../src/policy.ts';
import { shippedModels, wrongRequests } from './support/build.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, PREFIX, test } from './support/fixtures.ts';
import { startProxy, type Proxied, type Proxy } from './support/proxy.ts';
import { startSite, type SiteProcess } from './support/site-process.ts';

declare const carrel: Library;

let site: SiteProcess;
let proxy: Proxy;
let profile: string;
let context: BrowserContext | null = null;

test.beforeAll(async () => {
  [site, proxy, profile] = await Promise.all([
    startSite({ prefix: PREFIX, headers: 'plain' }),
    startProxy(),
    mkdtemp(join(tmpdir(), 'carrel-offline-')),
  ]);
});

test.afterAll(async () => {
  await context?.close();
  await Promise.all([site.end(), proxy.close()]);
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

/** A browser of its own process, with what earlier ones have stored. */
async function openBrowser(): Promise<Page> {
  const executablePath = chromiumPath();
  context = await chromium.launchPersistentContext(profile, {
    args: [...CHROMIUM_FLAGS],
    ...(executablePath ? { executablePath } : {}),
    proxy: { server: proxy.server, bypass: '<-loopback>' },
    locale: 'en-GB',
  });
  return context.pages()[0] ?? context.newPage();
}

/** A browser with a profile also asks its maker for news of its own; that the page asks nobody else, policy.spec.ts sees. */
function asked(): readonly Proxied[] {
  return proxy.requests.filter(({ host }) => host === new URL(site.address).host);
}

const notes = textFile(
  'lighthouse.md',
  '# Skarness light\n\nThe tower was built in 1861. Its keeper was called Ada Holm, and the lamp burned herring oil.\n',
);

test('stored from a plain file server, the page opens in a restarted browser without it, and answers @long', async () => {
  test.setTimeout(240_000);
  const first = await openBrowser();
  await first.goto(site.address);
  expect(await first.evaluate(() => crossOriginIsolated)).toBe(false);
  // Before the service worker is in control all types are those of the plain server: a PDF's pages and an embedding.
  const plain = new Desk(first);
  await plain.add([join(import.meta.dirname, '../../public/samples/minutes-2025.pdf')]);
  await plain.settled();
  await plain.document('minutes-2025.pdf').getByRole('button', { name: 'Open minutes-2025.pdf' }).click();
  await expect(plain.viewer.locator('canvas').first()).toBeVisible({ timeout: 30_000 });

  const ready = (page: Page) => page.getByText('Ready to work offline', { exact: true });
  await expect(ready(first)).toBeVisible({ timeout: 120_000 });
  expect(await first.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
  const stored = await first.evaluate(async () => {
    const cache = await caches.open('carrel-models');
    const blobs = (await cache.keys()).filter(({ url }) => url.includes('/sha256/'));
    const sizes = blobs.map(async (request) => (await (await cache.match(request))!.blob()).size);
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  });
  // Both models, and nothing twice: not as parts and as a whole, not by page and service worker.
  expect(stored).toBe(shippedModels().reduce((sum, model) => sum + modelBytes(model), 0));
  await installable(first);
  expect(wrongRequests(asked(), PREFIX)).toEqual([]);
  const begun = asked().length;
  await context?.close();
  await site.end();

  const page = await openBrowser();
  const response = await page.goto(site.address);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const got = response?.headers() ?? {};
  expect(got['content-security-policy']).toBe(POLICY);
  for (const [name, value] of Object.entries(ISOLATION)) expect(got[name.toLowerCase()]).toBe(value);
  await expect(ready(page)).toBeVisible({ timeout: 30_000 });

  const desk = new Desk(page);
  await desk.add([notes]);
  await desk.settled();
  const { article, answer } = await desk.ask('What was the name of the keeper of Skarness light?');
  // By the model, which was loaded from the store; how right it is other tests measure.
  expect(answer?.made).toBe('adapter');
  expect(answer?.refused).toBe(false);
  await article
    .getByRole('button', { name: /^Source 1: lighthouse\.md/ })
    .first()
    .click();
  await expect(desk.viewer.locator('mark').filter({ hasText: 'Ada Holm' }).first()).toBeVisible();

  // Nothing was even tried but the browser's own look for a newer service worker, which found nobody.
  const tried = asked().slice(begun);
  expect(tried.filter(({ url }) => url !== `${PREFIX}service-worker.js`)).toEqual([]);
  const requests = await page.evaluate(async () => {
    await carrel.privacy.catchUp();
    return carrel.privacy.requests.map(({ url, by, how }) => ({ url, by, how }));
  });
  expect(requests.length).toBeGreaterThan(20);
  expect(requests.filter(({ how }) => how !== 'kept' && how !== 'browser')).toEqual([]);
  if (process.env['CARREL_LOG']) {
    print(
      'with the server',
      asked()
        .slice(0, begun)
        .map(({ url }) => ({ url, by: '', how: '' })),
    );
    print(
      'without it, at the proxy',
      tried.map(({ url }) => ({ url, by: '', how: '' })),
    );
    print('without it, in the page', requests);
    const { shots } = (await import('../../.cache/shots-part.ts' as string)) as { shots(page: Page): Promise<void> };
    await shots(page);
  }
});

/** By Chromium's own criteria, and as an app of its own under this very path. */
async function installable(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
  const { url, errors } = await devtools.send('Page.getAppManifest');
  expect(url).toBe(`${site.address}app.webmanifest`);
  expect(errors).toEqual([]);
  const { appId } = await devtools.send('Page.getAppId');
  expect(appId).toBe(site.address);
}

function print(name: string, requests: readonly { url: string; by: string; how: string }[]): void {
  const groups = new Map<string, number>();
  for (const { url, by, how } of requests) {
    const path = new URL(url, site.address).pathname.slice(PREFIX.length);
    const [folder = ''] = path.includes('/') ? path.split('/') : ['', path];
    const key = [folder ? `${folder}/` : path || 'the page', by, how].join(' | ');
    groups.set(key, (groups.get(key) ?? 0) + 1);
  }
  console.log(`${name}: ${requests.length}\n${[...groups].map(([key, n]) => `  ${key} | ${n}`).join('\n')}`);
}
