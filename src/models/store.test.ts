import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Storage } from './cache.ts';
import type { Fetch } from './download.ts';
import { FakeStorage } from './fake-storage.ts';
import type { FileEntry, Manifest, ModelEntry } from './manifest.ts';
import type { OpenOptions } from './store.ts';
import { missingBytes, ModelError, openModel, openStoredModel, removeModel, storedModels } from './store.ts';

const base = new URL('https://carrel.test/desk/models/');
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

function file(id: string, path: string, ...parts: string[]): FileEntry {
  const whole = parts.join('');
  const entry = (name: string, text: string) => ({ path: name, bytes: text.length, sha256: hash(text) });
  const many = parts.map((part, i) => entry(`${id}/${path}${parts.length > 1 ? `.part${i}` : ''}`, part));
  return { ...entry(path, whole), parts: many };
}

const model = (id: string, ...files: FileEntry[]): ModelEntry => ({
  id,
  task: 'embedding',
  licence: 'MIT',
  source: 'a test',
  files,
});
const reader = model('reader', file('reader', 'config.json', '{}'), file('reader', 'onnx/m.onnx', 'aaaa', 'bbb', 'cc'));

/** A site: what it answers by path, and what it was asked for. */
class Site {
  readonly answers = new Map<string, () => Response>();
  asked: string[] = [];
  down = false;

  constructor(...models: ModelEntry[]) {
    this.publish(...models);
  }

  publish(...models: ModelEntry[]): void {
    const manifest: Manifest = { version: 1, models };
    this.answers.set('manifest.json', () => Response.json(manifest));
    this.serve('reader/config.json', '{}');
    ['aaaa', 'bbb', 'cc'].forEach((text, i) => this.serve(`reader/onnx/m.onnx.part${i}`, text));
  }

  serve(path: string, text: string): void {
    this.answers.set(path, () => new Response(text));
  }

  readonly fetch: Fetch = (url, init) => {
    const path = url.href.slice(base.href.length);
    init.signal?.throwIfAborted();
    if (this.down) return Promise.reject(new TypeError('fetch failed'));
    this.asked.push(path);
    return Promise.resolve(this.answers.get(path)?.() ?? new Response('no such file', { status: 404 }));
  };
}

const options = (site: Site, storage: Storage | null): OpenOptions => ({ base, fetch: site.fetch, storage });
const contents = async (files: ReadonlyMap<string, Blob>) =>
  Object.fromEntries(await Promise.all([...files].map(async ([path, blob]) => [path, await blob.text()] as const)));
const whole = { 'config.json': '{}', 'onnx/m.onnx': 'aaaabbbcc' };

const failure = async (promise: Promise<unknown>): Promise<ModelError> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ModelError)) throw new Error(`expected a ModelError, got ${String(error)}`);
  return error;
};

describe('openModel', () => {
  test('fetches every part once, stores and joins them, and reports its progress', async () => {
    const site = new Site(reader);
    const storage = new FakeStorage();
    const progress: number[] = [];
    const opened = await openModel('reader', {
      ...options(site, storage),
      onProgress: (done, total) => {
        expect(total).toBe(11);
        progress.push(done);
      },
    });
    expect(await contents(opened.files)).toEqual(whole);
    expect(opened.kept).toBe('stored');
    expect(storage.blobs).toEqual(['aaaa', 'bbb', 'cc', '{}']);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(11);
    expect(site.asked).toEqual(['manifest.json', ...reader.files.flatMap(({ parts }) => parts.map((p) => p.path))]);
  });

  test.each([
    ['has other bytes of the same length', 'bXb'],
    ['was written only in half', 'b'],
    ['is empty', ''],
  ])('a stored part that %s is not used, and is fetched again alone', async (_, stored) => {
    const site = new Site(reader);
    const storage = new FakeStorage();
    await openModel('reader', options(site, storage));
    const key = [...storage.held.keys()].find((name) => name.endsWith(hash('bbb')))!;
    storage.held.set(key, new TextEncoder().encode(stored));
    // Out of reach of the server it is no model.
    site.down = true;
    expect((await failure(openModel('reader', options(site, storage)))).code).toBe('network');
    site.down = false;
    site.asked = [];
    const opened = await openModel('reader', options(site, storage));
    expect(await contents(opened.files)).toEqual(whole);
    expect(opened.kept).toBe('stored');
    expect(site.asked).toEqual(['manifest.json', 'reader/onnx/m.onnx.part1']);
    expect(storage.blobs).toEqual(['aaaa', 'bbb', 'cc', '{}']);
  });

  test('a file that an earlier version of the page stored as a whole serves, unless it is damaged', async () => {
    const site = new Site(reader);
    const storage = new FakeStorage();
    await openModel('reader', options(site, storage));
    for (const part of ['aaaa', 'bbb', 'cc']) storage.held.delete(`https://models.invalid/sha256/${hash(part)}`);
    const name = `https://models.invalid/sha256/${hash('aaaabbbcc')}`;
    storage.held.set(name, new TextEncoder().encode('aaaabbbcc'));
    site.asked = [];
    const opened = await openModel('reader', options(site, storage));
    expect(await contents(opened.files)).toEqual(whole);
    expect(opened.kept).toBe('stored');
    expect(site.asked).toEqual(['manifest.json']);
    storage.held.set(name, new TextEncoder().encode('aaaabbbXX'));
    expect(await contents((await openModel('reader', options(site, storage))).files)).toEqual(whole);
    expect(storage.blobs).toEqual(['aaaa', 'bbb', 'cc', '{}']);
  });

  test('a stored part that is damaged is fetched again, the right ones are not', async () => {
    const site = new Site(reader);
    const storage = new FakeStorage();
    site.answers.delete('reader/onnx/m.onnx.part2');
    await failure(openModel('reader', options(site, storage)));
    const key = [...storage.held.keys()].find((name) => name.endsWith(hash('bbb')))!;
    storage.held.set(key, new TextEncoder().encode('bXb'));
    site.serve('reader/onnx/m.onnx.part2', 'cc');
    site.asked = [];
    expect(await contents((await openModel('reader', options(site, storage))).files)).toEqual(whole);
    expect(site.asked).toEqual(['manifest.json', 'reader/onnx/m.onnx.part1', 'reader/onnx/m.onnx.part2']);
  });

  test('fetches nothing but the manifest the second time, and nothing at all offline', async () => {
    const site = new Site(reader);
    const storage = new FakeStorage();
    await openModel('reader', options(site, storage));
    site.asked = [];
    expect((await openModel('reader', options(site, storage))).kept).toBe('stored');
    expect(site.asked).toEqual(['manifest.json']);
    site.down = true;
    expect(await contents((await openModel('reader', options(site, storage))).files)).toEqual(whole);
    expect((await openStoredModel('reader', { storage }))?.kept).toBe('stored');
  });

  test.each([
    ['a wrong hash', (site: Site) => site.serve('reader/onnx/m.onnx.part1', 'bbX'), 'damaged', /SHA-256/],
    ['a short part', (site: Site) => site.serve('reader/onnx/m.onnx.part1', 'bb'), 'damaged', /2 of 3 bytes/],
    ['a long part', (site: Site) => site.serve('reader/onnx/m.onnx.part1', 'bbbb'), 'damaged', /more than 3 bytes/],
    ['a missing part', (site: Site) => site.answers.delete('reader/onnx/m.onnx.part1'), 'missing', /missing/],
    [
      'a web page in place of a part',
      (site: Site) =>
        site.answers.set(
          'reader/onnx/m.onnx.part1',
          () => new Response('<p>', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
        ),
      'missing',
      /web page/,
    ],
    [
      'a server error',
      (site: Site) => site.answers.set('reader/onnx/m.onnx.part1', () => new Response('', { status: 503 })),
      'network',
      /503/,
    ],
    [
      'a connection that breaks in the middle',
      (site: Site) =>
        site.answers.set(
          'reader/onnx/m.onnx.part1',
          () => new Response(new ReadableStream({ pull: (stream) => stream.error(new TypeError('reset')) })),
        ),
      'network',
      /connection broke/,
    ],
  ] as const)(
    '%s is an error that names the part; going on fetches only what is missing',
    async (_, spoil, code, why) => {
      const site = new Site(reader);
      const storage = new FakeStorage();
      spoil(site);
      const error = await failure(openModel('reader', options(site, storage)));
      expect(error.code).toBe(code);
      expect(error.message).toContain('reader/onnx/m.onnx.part1');
      expect(error.message).toMatch(why);
      expect(error.message).toMatch(/kept/);
      expect(storage.blobs).toEqual(['aaaa', '{}']);
      expect(await openStoredModel('reader', { storage })).toBeNull();
      expect(await storedModels({ storage })).toEqual([]);
      expect(await missingBytes(reader, { storage })).toBe(5);

      site.publish(reader);
      site.asked = [];
      expect((await openModel('reader', options(site, storage))).kept).toBe('stored');
      expect(site.asked).toEqual(['manifest.json', 'reader/onnx/m.onnx.part1', 'reader/onnx/m.onnx.part2']);
    },
  );

  test('an abort rejects with its reason and keeps the parts that had come', async () => {
    const site = new Site(reader);
    const storage = new FakeStorage();
    const stop = new AbortController();
    const opening = openModel('reader', {
      ...options(site, storage),
      signal: stop.signal,
      onProgress: (done) => done >= 6 && stop.abort(new Error('enough')),
    });
    await expect(opening).rejects.toThrow('enough');
    expect(storage.blobs).toEqual(['aaaa', '{}']);
    site.asked = [];
    await openModel('reader', options(site, storage));
    expect(site.asked).toEqual(['manifest.json', 'reader/onnx/m.onnx.part1', 'reader/onnx/m.onnx.part2']);
  });

  test('parts that are right but join to another hash are not kept', async () => {
    const [config, onnx] = reader.files as [FileEntry, FileEntry];
    const wrong = { ...reader, files: [config, { ...onnx, sha256: hash('something else') }] };
    const storage = new FakeStorage();
    const error = await failure(openModel('reader', options(new Site(wrong), storage)));
    expect(error.code).toBe('damaged');
    expect(error.message).toContain('reader/onnx/m.onnx.part0');
    expect(await storedModels({ storage })).toEqual([]);
  });

  test('a full disk: the rest stays in memory and the model still opens', async () => {
    const storage = new FakeStorage(7);
    const opened = await openModel('reader', options(new Site(reader), storage));
    expect(opened.kept).toBe('memory');
    expect(await contents(opened.files)).toEqual(whole);
    expect(storage.blobs).toEqual(['aaaa', '{}']);
  });

  test('a disk with room for the file alone, and nothing beside it, holds the model', async () => {
    const site = new Site(reader);
    const storage = new FakeStorage(11);
    expect((await openModel('reader', options(site, storage))).kept).toBe('stored');
    site.down = true;
    expect(await contents((await openModel('reader', options(site, storage))).files)).toEqual(whole);
  });

  test.each([
    ['absent', null],
    ['refused', { open: () => Promise.reject(new DOMException('no', 'SecurityError')) } as Storage],
  ] as const)('storage %s: all in memory', async (_, storage) => {
    const opened = await openModel('reader', options(new Site(reader), storage));
    expect(opened.kept).toBe('memory');
    expect(await contents(opened.files)).toEqual(whole);
    expect(await storedModels({ storage })).toEqual([]);
  });

  test('a new version replaces the old one and keeps what both share', async () => {
    const storage = new FakeStorage();
    await openModel('reader', options(new Site(reader), storage));
    const next = model('reader', file('reader', 'config.json', '{}'), file('reader', 'onnx/n.onnx', 'dddd'));
    const site = new Site(next);
    site.serve('reader/onnx/n.onnx', 'dddd');
    await openModel('reader', options(site, storage));
    expect(storage.blobs).toEqual(['dddd', '{}']);
    expect(site.asked).toEqual(['manifest.json', 'reader/onnx/n.onnx']);
  });

  test('a model that no one has is an error that names it', async () => {
    const error = await failure(openModel('writer', options(new Site(reader), new FakeStorage())));
    expect(error.code).toBe('unknown');
    expect(error.message).toContain('writer');
  });

  test.each<[string, (site: Site) => unknown, ModelError['code']]>([
    ['no manifest', (site) => site.answers.delete('manifest.json'), 'missing'],
    ['a page in its place', (site) => site.serve('manifest.json', '<!doctype html>'), 'manifest'],
    ['a manifest without models', (site) => site.serve('manifest.json', '{"version":1}'), 'manifest'],
    ['no server', (site) => void (site.down = true), 'network'],
  ])('%s: an error that says so', async (_, spoil, code) => {
    const site = new Site(reader);
    spoil(site);
    const error = await failure(openModel('reader', options(site, new FakeStorage())));
    expect(error.code).toBe(code);
    expect(error.message).toContain('models/manifest.json');
  });
});

test('removeModel takes out what no other model shares', async () => {
  const writer = model('writer', file('writer', 'config.json', '{}'), file('writer', 'w.onnx', 'wwww'));
  const site = new Site(reader, writer);
  site.serve('writer/config.json', '{}');
  site.serve('writer/w.onnx', 'wwww');
  const storage = new FakeStorage();
  await openModel('reader', options(site, storage));
  await openModel('writer', options(site, storage));
  expect((await storedModels({ storage })).map(({ id }) => id)).toEqual(['reader', 'writer']);
  await removeModel('reader', { storage });
  expect(storage.blobs).toEqual(['wwww', '{}']);
  expect((await storedModels({ storage })).map(({ id }) => id)).toEqual(['writer']);
});
