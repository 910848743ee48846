/** The service worker itself, in a scope made for it: what it answers, lets through, refuses, and tells. */
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CUT_HEADER } from '../network/cut.ts';
import type { Passed } from '../network/seen.ts';
import type { Asked, ToServiceWorker } from './messages.ts';

const base = 'https://carrel.example/page/';
const listeners = new Map<string, (event: unknown) => void>();
const told: Asked[] = [];
const page = { id: 'page', url: base, type: 'window', postMessage: (message: Asked) => told.push(message) };
const other: typeof page = { ...page, id: 'other', url: `${base}models.html`, postMessage: () => 0 };
const worker = { id: 'worker', type: 'worker' };
let open: readonly (typeof page)[] = [page];
const skipWaiting = vi.fn(() => Promise.resolve());
const network = vi.fn((request: Request | string) =>
  Promise.resolve(new Response(`network ${typeof request === 'string' ? request : request.url}`)),
);

beforeAll(async () => {
  const kept = new Map([[`${base}index.html`, 'kept page']]);
  const cache = { match: async (url: string) => (kept.has(url) ? new Response(kept.get(url)) : undefined) };
  vi.stubGlobal('caches', { open: async () => cache, keys: async () => [] });
  vi.stubGlobal('__BUILD__', 'build');
  vi.stubGlobal('fetch', network);
  vi.stubGlobal('self', {
    registration: { scope: base },
    clients: {
      matchAll: async () => open,
      get: async (id: string) => [page, other, worker].find((client) => client.id === id),
      claim: async () => undefined,
    },
    skipWaiting,
    addEventListener: (type: string, listen: (event: unknown) => void) => listeners.set(type, listen),
  });
  await import('./service-worker.ts');
});

beforeEach(() => {
  network.mockClear();
  void tell({ type: 'restore' });
  open = [page];
});

/** @returns what it answers; null where it leaves the request to the browser */
async function ask(path: string, given: { client?: string; method?: string } = {}): Promise<Response | null> {
  let answer: Promise<Response> | null = null;
  listeners.get('fetch')!({
    request: { url: new URL(path, base).href, method: given.method ?? 'GET', mode: 'cors' },
    clientId: given.client ?? 'page',
    resultingClientId: '',
    respondWith: (response: Promise<Response>) => (answer = Promise.resolve(response)),
  });
  return answer;
}

function tell<Reply>(message: ToServiceWorker): Promise<Reply> {
  return new Promise((resolve) => {
    const port = { postMessage: resolve };
    listeners.get('message')!({ data: message, ports: [port], source: page, waitUntil: () => undefined });
  });
}

async function log(): Promise<readonly Passed[]> {
  // Who asked is looked up after the answer.
  await new Promise((resolve) => setTimeout(resolve, 20));
  return (await tell<Asked>({ type: 'tell-log' })).passed;
}

describe('requests', () => {
  it('are answered by what is kept, else by the network; models and other hosts are left to the browser', async () => {
    expect(await (await ask('index.html'))?.text()).toBe('kept page');
    expect(await (await ask(''))?.text()).toBe('kept page');
    expect(network).not.toHaveBeenCalled();
    expect((await ask('missing.js'))?.status).toBe(200);
    expect(network).toHaveBeenCalledOnce();
    expect(await ask('models/a/model.onnx.part0')).toBeNull();
    expect(await ask('https://hub.example/')).toBeNull();
    expect(await ask('index.html', { method: 'POST' })).toBeNull();
  });

  it('are written down with who asked and who answered, and told to the open pages', async () => {
    const before = (await log()).length;
    await ask('index.html', { client: 'worker' });
    await ask('gone.js');
    network.mockRejectedValueOnce(new TypeError('no network'));
    await ask('gone.js');
    await ask('models/a/model.onnx.part0');
    const written = (await log()).slice(before);
    expect(written.map(({ url, kind, answer }) => [url.slice(base.length), kind, answer])).toEqual([
      ['index.html', 'worker', 'kept'],
      ['gone.js', 'window', 'network'],
      ['gone.js', 'window', 'failed'],
      ['models/a/model.onnx.part0', 'window', 'let-through'],
    ]);
    await expect
      .poll(() => told.flatMap(({ passed }) => passed.map(({ number }) => number)))
      .toEqual(expect.arrayContaining(written.map(({ number }) => number)));
    expect(told.every(({ you }) => you === 'page')).toBe(true);
  });
});

describe('the cut', () => {
  it('refuses all that the network would answer, whoever asks, and answers what is kept', async () => {
    await tell({ type: 'cut' });
    expect(await (await ask('index.html'))?.text()).toBe('kept page');
    const asked = ['missing.js', 'models/a/model.onnx.part0', 'https://hub.example/'];
    for (const client of ['page', 'worker']) {
      for (const path of asked) expect((await ask(path, { client }))?.headers.has(CUT_HEADER)).toBe(true);
    }
    expect((await ask('index.html', { method: 'POST' }))?.status).toBe(503);
    expect(network).not.toHaveBeenCalled();
    const answers = (await log()).slice(-8).map(({ answer }) => answer);
    expect(answers.toSorted()).toEqual(['kept', ...Array.from({ length: 7 }, () => 'refused-by-cut')]);
  });

  it('leaves other pages their network, and ends when it is asked to', async () => {
    open = [page, other];
    await tell({ type: 'cut' });
    expect((await ask('missing.js', { client: 'other' }))?.status).toBe(200);
    expect((await ask('missing.js'))?.status).toBe(503);
    void tell({ type: 'restore' });
    expect((await ask('missing.js'))?.status).toBe(200);
  });

  it('tells by its beginning that it goes on', async () => {
    const first = await tell<{ since: number }>({ type: 'cut' });
    expect(await tell({ type: 'cut' })).toEqual(first);
  });
});

describe('an update', () => {
  it('is not used while other pages are open', async () => {
    open = [page, other];
    expect(await tell({ type: 'use-now' })).toEqual({ type: 'in-use', others: 1 });
    expect(skipWaiting).not.toHaveBeenCalled();
    open = [page];
    expect(await tell({ type: 'use-now' })).toEqual({ type: 'using' });
    expect(skipWaiting).toHaveBeenCalledOnce();
  });
});
