/** The privacy panel says what is so: checked against a proxy that sees every request, and against a host to be refused. */
import type { Locator, Page, Worker } from '@playwright/test';
import type { Library } from '../../src/library/library.svelte.ts';
import { POLICY } from '../../src/policy.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, PREFIX, test, type Visit } from './support/fixtures.ts';
import { startForeignHost, type ForeignHost } from './support/foreign.ts';

declare const carrel: Library;

test.describe.configure({ timeout: 180_000 });

let visit: Visit;
let page: Page;
let foreign: ForeignHost;

test.beforeAll(async ({ openVisit, hollow }) => {
  foreign = await startForeignHost();
  visit = await openVisit('none', '', { root: hollow.root });
  ({ page } = visit);
  await page.evaluate(() => carrel.change({ generator: 'off' }));
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', null, {
    timeout: 60_000,
  });
  const desk = new Desk(page);
  await desk.modelsReady();
  await desk.add([textFile('light.txt', 'The tower of Skarness was built in 1861. Its keeper was called Ada Holm.')]);
  await desk.settled();
});

test.afterAll(() => foreign.close());

const disclosure = (name: string): Locator =>
  page.getByRole('group').filter({ has: page.getByText(name, { exact: true }) });

test('the offline status leads to it, and every request that the proxy saw is in its list', async () => {
  await page.getByRole('button', { name: 'Ready to work offline' }).click();
  await expect(page.getByRole('heading', { name: 'Privacy' })).toBeFocused();
  await page.getByText('Every request since the page opened').click();
  const rows = page.getByRole('region', { name: 'Requests' }).getByRole('row');
  await expect.poll(() => rows.count()).toBeGreaterThan(50);
  await expect(disclosure('Every request since the page opened')).toContainText('none of them reached another host');

  const listed = await page.evaluate(() => carrel.privacy.requests.map(({ url, how, by }) => ({ url, how, by })));
  const paths = new Set(listed.map(({ url }) => new URL(url).pathname));
  // The service worker's own script is fetched by the browser, which no page sees; the panel says so.
  const missing = visit.sent.filter(({ url }) => !paths.has(url) && url !== `${PREFIX}service-worker.js`);
  expect(missing).toEqual([]);
  expect([...new Set(listed.map(({ by }) => by))]).toEqual(
    expect.arrayContaining(['page', 'service worker', 'embedder']),
  );
});

/** The worker that lives as long as the page. */
async function searchWorker(): Promise<Worker> {
  for (const worker of page.workers()) if ((await worker.evaluate(() => self.name)) === 'search') return worker;
  throw new Error('The search has no worker.');
}

test('an attempt to reach another host is listed as refused, from the page and from a worker', async () => {
  expect(await foreign.ask(page)).toBe('refused');
  expect(await foreign.ask(await searchWorker())).toBe('refused');
  const { host } = new URL(foreign.address);
  await expect
    .poll(() =>
      page.evaluate(
        (name) =>
          carrel.privacy.requests.filter(({ url, how }) => url.includes(name) && how === 'refused-by-policy').length,
        host,
      ),
    )
    .toBe(2);
  await expect(disclosure('Every request since the page opened')).toContainText('2 attempts to reach one were refused');
  expect(foreign.visits).toEqual([]);
});

test('the policy that the browser enforces is found in the page and in every worker', async () => {
  await page.getByText('The policy in force').click();
  const policy = disclosure('The policy in force');
  await expect(policy.getByRole('heading').first()).toContainText(/^The page.*“search”/, {
    timeout: 30_000,
  });
  await expect(policy).toContainText('Each tried to fetch from another host just now, and the browser refused.');
  const found = await page.evaluate(() => carrel.privacy.policies ?? []);
  const underPolicy = found.filter(({ by }) => by !== 'service worker');
  expect(underPolicy.map(({ by }) => by)).toEqual(expect.arrayContaining(['page', 'search']));
  for (const { found: inForce } of underPolicy) expect(inForce).toEqual({ policies: [POLICY], elsewhere: 'refused' });
  // This server sends no headers, so the service worker has no policy, and the page says so.
  expect(found.find(({ by }) => by === 'service worker')?.found?.policies).toEqual([]);
  await expect(policy).toContainText('The service worker');
});

test('what is stored is listed, store by store', async () => {
  await page.getByText('What is stored in this browser').click();
  const stored = disclosure('What is stored in this browser');
  await expect(stored.getByRole('row', { name: /^Models/ })).toContainText(/\d+ files, 2\d MB/);
  await expect(stored.getByRole('row', { name: /^The page’s own files/ })).toContainText(/\d{3} files, \d+ MB/);
  await expect(stored.getByRole('row', { name: /^Collections/ })).toContainText('nothing');
  await expect(stored.getByRole('row', { name: /^Settings/ })).toContainText('1 entry');
  await expect(stored.getByRole('row', { name: /^Of other pages/ })).toContainText('nothing');
  const real = await page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('carrel-shell-'));
    const cache = await caches.open(names[0]!);
    const kept = await Promise.all((await cache.keys()).map((request) => cache.match(request)));
    return (await Promise.all(kept.map(async (response) => (await response!.blob()).size))).reduce((a, b) => a + b);
  });
  const told = await page.evaluate(() => carrel.privacy.stored?.find(({ what }) => what === 'own-files')?.bytes ?? 0);
  // All but the list of the files itself, which cannot hold its own size.
  expect(Math.abs(real - told)).toBeLessThan(100_000);
});

test('with the network cut by the page, everyone is refused and the desk answers; then it is back', async () => {
  const reaches = (): Promise<string> =>
    page.evaluate(() =>
      fetch('service-worker.js', { cache: 'no-store' }).then(
        (response) => (response.ok ? 'reached' : 'refused'),
        () => 'refused',
      ),
    );
  expect(await reaches()).toBe('reached');
  const { site, sent } = visit;
  const before = { site: site.requests.length, sent: sent.length };
  await page.getByLabel('Question to the desk').fill('When was the tower built?');
  // Whether it is cut is asked from the outside too, while it lasts.
  await page.evaluate(() => {
    const seen: string[] = [];
    const look = setInterval(() => {
      if (carrel.privacy.proof.state !== 'answering') return;
      clearInterval(look);
      void fetch('no/such/file.json', { cache: 'no-store' }).then(
        (response) => seen.push(String(response.status)),
        () => seen.push('refused'),
      );
      try {
        new WebSocket('ws://localhost/');
      } catch {
        seen.push('no socket');
      }
    }, 1);
    Object.assign(globalThis, { seen });
  });
  await page.getByRole('button', { name: 'Cut the network and ask' }).click();
  await expect(page.getByText(/^The network was cut for/)).toBeVisible({ timeout: 60_000 });
  const proof = await page.evaluate(() => carrel.privacy.proof);
  expect(proof).toMatchObject({ state: 'done', proof: { byServiceWorker: true } });
  const { attempts, answer, refused } = (proof as Extract<typeof proof, { state: 'done' }>).proof;
  expect(answer).toContain('1861');
  expect(attempts.map(({ by }) => by)).toEqual(expect.arrayContaining(['page', 'search']));
  expect(await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)).toEqual(['no socket', '503']);
  expect(refused).toEqual(expect.arrayContaining([expect.stringContaining('no/such/file.json'), 'ws://localhost/']));
  expect(attempts.filter(({ came }) => came !== 'refused')).toEqual([]);
  expect(sent.slice(before.sent)).toEqual([]);
  expect(site.requests.slice(before.site)).toEqual([]);
  expect(await reaches()).toBe('reached');
  await expect(page.getByText(/It does not prove what its host will serve tomorrow/)).toBeVisible();
});
