/** The page that fetches models from a hub, against local servers that stand in for the hub and its storage host. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { serve, type Logged, type Site } from '../../scripts/serve.ts';
import { HUB_SOURCES, MODELS_PAGE_POLICY } from '../../src/models-page/policy.ts';
import { DIST } from './support/build.ts';
import { PREFIX } from './support/fixtures.ts';

const TINY = join(import.meta.dirname, '../fixtures/tiny-models/tiny-bert');
const REVISION = 'c'.repeat(40);
/** More than is hashed on the page's own thread. */
const LARGE = Buffer.alloc(17 << 20);
const PATHS = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'];

// Each test goes on where the one before it left the page.
test.describe.configure({ mode: 'serial' });

/** A server of the test that writes down what it is asked. */
interface Host {
  readonly origin: string;
  readonly asked: string[];
  close(): Promise<void>;
}

async function host(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Host> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.setHeader('Access-Control-Allow-Origin', '*');
    answer(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

let site: Site;
let hub: Host;
let storage: Host;
let elsewhere: Host;
let context: BrowserContext;
let page: Page;
let root: string;
const sent: Logged[] = [];
/** What the hub's storage sends in the place of a file, by path. */
const spoiled = new Map<string, string>();

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function model(id: string, pinned: boolean, more: object = {}) {
  const files = PATHS.map((path) => {
    const bytes = readFileSync(join(TINY, path));
    const known = { bytes: bytes.length, sha256: sha256(bytes) };
    return { path, ...(pinned ? known : { bytes: null, sha256: null }) };
  });
  return {
    id,
    task: 'embedding',
    repository: `carrel/${id}`,
    revision: REVISION,
    licence: 'MIT',
    restriction: '',
    about: 'A model for tests.',
    bytes: 87_000,
    dimensions: 32,
    files,
    ...more,
  };
}

test.beforeAll(async ({ browser }) => {
  storage = await host((request, response) => {
    const path = (request.url ?? '').slice(1);
    if (path === 'large.bin') response.end(LARGE);
    else response.end(spoiled.get(path) ?? readFileSync(join(TINY, path)));
  });
  elsewhere = await host((_, response) => response.end('{}'));
  hub = await host((request, response) => {
    const [, id, path] = new RegExp(`^/carrel/([^/]+)/resolve/${REVISION}/(.+)$`).exec(request.url ?? '') ?? [];
    const to = id === 'tiny-astray' ? elsewhere : storage;
    if (path) response.writeHead(302, { Location: `${to.origin}/${path}` }).end();
    else response.writeHead(404).end();
  });
  // The built page names the real hub; here its policy and its registry name the servers above, and nothing else changes.
  root = mkdtempSync(join(tmpdir(), 'carrel-models-page-'));
  for (const folder of ['assets', 'icons']) cpSync(join(DIST, folder), join(root, folder), { recursive: true });
  const html = readFileSync(join(DIST, 'models.html'), 'utf8');
  writeFileSync(join(root, 'models.html'), html.replace(HUB_SOURCES, `${hub.origin} ${storage.origin}`));
  const models = [
    model('tiny-bert', true),
    model('tiny-unknown', false, {
      licence: 'CC-BY-NC-4.0',
      restriction: 'Its licence forbids commercial use.',
    }),
    model('tiny-astray', true),
    model('large', true, { files: [{ path: 'large.bin', bytes: LARGE.length, sha256: sha256(LARGE) }] }),
  ];
  mkdirSync(join(root, 'models'));
  writeFileSync(join(root, 'models/registry.json'), JSON.stringify({ hub: `${hub.origin}/`, models }));
  site = await serve({ root, prefix: PREFIX, headers: 'none', onRequest: (request) => sent.push(request) });

  context = await browser.newContext({ serviceWorkers: 'block' });
  page = await context.newPage();
  await page.goto(`${site.address}models.html`);
});

test.afterAll(async () => {
  await context.close();
  await Promise.all([site.close(), hub.close(), storage.close(), elsewhere.close()]);
  rmSync(root, { recursive: true });
});

const card = (id: string) => page.getByRole('article', { name: id, exact: true });
const storedUrls = () =>
  page.evaluate(async () => (await (await caches.open('carrel-models')).keys()).map(({ url }) => url));

test('the built page carries its own policy, and every other page one that names no other host', () => {
  const policyOf = (name: string) => {
    const html = readFileSync(join(DIST, name), 'utf8').replaceAll('&#39;', "'");
    return /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
  };
  expect(policyOf('models.html')).toBe(MODELS_PAGE_POLICY);
  expect(policyOf('index.html')).toContain("connect-src 'self';");
  expect(policyOf('index.html')).not.toContain('http');
});

test('asks before anything leaves, and says size, licence and host', async () => {
  await expect(card('tiny-unknown')).toContainText('CC-BY-NC-4.0 Its licence forbids commercial use.');
  await card('tiny-bert').getByRole('button', { name: 'Get tiny-bert' }).click();
  const consent = card('tiny-bert').getByRole('group');
  await expect(consent).toBeFocused();
  await expect(consent).toContainText(`Download about 87 kB from ${new URL(hub.origin).host}?`);
  await expect(consent).toContainText('The licence is MIT.');
  await consent.getByRole('button', { name: 'Not now' }).click();
  await expect(card('tiny-bert').getByRole('button', { name: 'Get tiny-bert' })).toBeVisible();
  expect(hub.asked).toEqual([]);
  expect(await page.locator('input[type=file]').count()).toBe(0);
});

test('a damaged file is refused by name, and only it is fetched again', async () => {
  spoiled.set('tokenizer.json', readFileSync(join(TINY, 'tokenizer.json'), 'utf8').replace('[MASK]', '[MUSK]'));
  const get = async () => {
    await card('tiny-bert').getByRole('button', { name: 'Get tiny-bert' }).click();
    await card('tiny-bert').getByRole('button', { name: 'Download tiny-bert' }).click();
  };
  await get();
  await expect(card('tiny-bert').getByRole('alert')).toContainText('tiny-bert/tokenizer.json is damaged');
  expect((await storedUrls()).some((url) => url.includes('/record/'))).toBe(false);

  spoiled.clear();
  hub.asked.length = 0;
  await get();
  await expect(card('tiny-bert').getByRole('status')).toContainText('4 files checked');
  await expect(card('tiny-bert')).toContainText('Kept in this browser');
  expect(hub.asked).toEqual(PATHS.slice(1).map((path) => `GET /carrel/tiny-bert/resolve/${REVISION}/${path}`));
});

test('what is kept are the right bytes, under the names that the main page reads', async () => {
  const urls = await storedUrls();
  expect(urls).toContain('https://models.invalid/record/tiny-bert');
  const kept = await page.evaluate(
    async (name) => {
      const response = await (await caches.open('carrel-models')).match(name);
      return response ? Array.from(new Uint8Array(await response.arrayBuffer())) : [];
    },
    `https://models.invalid/sha256/${model('', true).files[3]?.sha256}`,
  );
  expect(Buffer.from(kept).equals(readFileSync(join(TINY, 'onnx/model_quantized.onnx')))).toBe(true);
});

test('files without a known hash are taken as they come, and it says so; later others are refused', async () => {
  const unknown = card('tiny-unknown');
  const get = async () => {
    await unknown.getByRole('button', { name: 'Get tiny-unknown' }).click();
    await expect(unknown.getByRole('group')).toContainText('forbids commercial use');
    await unknown.getByRole('button', { name: 'Download tiny-unknown' }).click();
  };
  await get();
  await expect(unknown.getByRole('status')).toContainText('knew no hash for config.json');
  await unknown.getByRole('button', { name: 'Remove tiny-unknown' }).click();
  await expect(unknown.getByRole('status')).toContainText('removed');
  expect(await storedUrls()).not.toContain('https://models.invalid/record/tiny-unknown');

  spoiled.set('config.json', '{"model_type": "bert"}');
  await get();
  await expect(unknown.getByRole('alert')).toContainText('tiny-unknown/config.json is damaged');
  spoiled.clear();
});

test('a redirect to a host that the policy does not name goes nowhere', async () => {
  await card('tiny-astray').getByRole('button', { name: 'Get tiny-astray' }).click();
  await card('tiny-astray').getByRole('button', { name: 'Download tiny-astray' }).click();
  await expect(card('tiny-astray').getByRole('alert')).toContainText('tiny-astray/config.json');
  expect(elsewhere.asked).toEqual([]);
});

test('a large file is hashed by a worker, which the policy lets start @long', async () => {
  const worker = page.waitForEvent('worker');
  await card('large').getByRole('button', { name: 'Get large' }).click();
  await card('large').getByRole('button', { name: 'Download large' }).click();
  expect((await worker).url()).toMatch(/^blob:/);
  await expect(card('large').getByRole('status')).toContainText('1 file checked');
  await card('large').getByRole('button', { name: 'Remove large' }).click();
});

test('with the hub gone a reload still finds the model; the site itself was only read', async () => {
  await Promise.all([hub.close(), storage.close()]);
  await page.reload();
  await expect(card('tiny-bert')).toContainText('Kept in this browser');
  await card('tiny-bert').getByRole('button', { name: 'Remove tiny-bert' }).click();
  await expect(card('tiny-bert').getByRole('button', { name: 'Get tiny-bert' })).toBeVisible();
  expect((await storedUrls()).filter((url) => !url.includes('/seen/'))).toEqual([]);
  expect(sent.filter(({ method, url, body }) => method !== 'GET' || url.includes('?') || body > 0)).toEqual([]);
});
