import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Fetch } from './download.ts';
import { ModelError } from './download.ts';
import { FakeStorage } from './fake-storage.ts';
import { fetchFromHub } from './hub.ts';
import type { RegistryModel } from './registry.ts';
import { hubAddress, parseRegistry } from './registry.ts';
import { openStoredModel, removeModel, storedModels } from './store.ts';

const hub = new URL('https://hub.test/');
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const model: RegistryModel = {
  id: 'reader',
  task: 'embedding',
  repository: 'owner/reader',
  revision: 'a'.repeat(40),
  licence: 'MIT',
  restriction: '',
  about: 'A test.',
  bytes: 6,
  queryPrefix: 'query: ',
  files: [
    { path: 'config.json', bytes: null, sha256: null },
    { path: 'onnx/model_quantized.onnx', bytes: 4, sha256: hash('aaaa') },
  ],
};

class Hub {
  readonly files = new Map([
    ['config.json', '{}'],
    ['onnx/model_quantized.onnx', 'aaaa'],
  ]);
  asked: string[] = [];
  readonly fetch: Fetch = (url, init) => {
    init.signal?.throwIfAborted();
    const path = url.href.slice(hubAddress(hub, model, '').href.length);
    this.asked.push(path);
    const text = this.files.get(path);
    return Promise.resolve(text === undefined ? new Response('', { status: 404 }) : new Response(text));
  };
}

const refusal = async (promise: Promise<unknown>): Promise<ModelError> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ModelError)) throw new Error(`expected a ModelError, got ${String(error)}`);
  return error;
};

describe('fetchFromHub', () => {
  test('stores the model for every page, and says what could be checked', async () => {
    const [server, storage] = [new Hub(), new FakeStorage()];
    const progress: number[] = [];
    const fetched = await fetchFromHub(model, {
      hub,
      fetch: server.fetch,
      storage,
      onProgress: (done) => progress.push(done),
    });
    expect(fetched).toEqual({ bytes: 6, pinned: ['onnx/model_quantized.onnx'], trusted: ['config.json'] });
    expect(progress.at(-1)).toBe(6);
    const opened = await openStoredModel('reader', { storage });
    expect(opened?.entry).toMatchObject({
      source: 'owner/reader on hub.test',
      revision: model.revision,
      queryPrefix: 'query: ',
    });
    expect(await opened?.files.get('onnx/model_quantized.onnx')?.text()).toBe('aaaa');
    expect(await opened?.files.get('config.json')?.text()).toBe('{}');
  });

  test('a file with another hash than the registry gives is refused, and the model is not there', async () => {
    const [server, storage] = [new Hub(), new FakeStorage()];
    server.files.set('onnx/model_quantized.onnx', 'aaab');
    const error = await refusal(fetchFromHub(model, { hub, fetch: server.fetch, storage }));
    expect(error.code).toBe('damaged');
    expect(error.message).toContain('reader/onnx/model_quantized.onnx');
    expect(await storedModels({ storage })).toEqual([]);

    server.files.set('onnx/model_quantized.onnx', 'aaaa');
    server.asked = [];
    await fetchFromHub(model, { hub, fetch: server.fetch, storage });
    expect(server.asked).toEqual(['onnx/model_quantized.onnx']);
  });

  test('a file without a known hash must be the same for good once it has come', async () => {
    const [server, storage] = [new Hub(), new FakeStorage()];
    await fetchFromHub(model, { hub, fetch: server.fetch, storage });
    await removeModel('reader', { storage });
    expect(storage.blobs).toEqual([]);
    server.files.set('config.json', '[]');
    const error = await refusal(fetchFromHub(model, { hub, fetch: server.fetch, storage }));
    expect(error.code).toBe('damaged');
    expect(error.message).toContain('reader/config.json');
  });

  test('no room in the store: an error that names the model', async () => {
    const error = await refusal(fetchFromHub(model, { hub, fetch: new Hub().fetch, storage: new FakeStorage(5) }));
    expect(error.code).toBe('storage');
    expect(error.message).toContain('no room left for reader');
  });

  test('no store at all: nothing is fetched', async () => {
    const server = new Hub();
    const error = await refusal(fetchFromHub(model, { hub, fetch: server.fetch, storage: null }));
    expect(error.code).toBe('storage');
    expect(server.asked).toEqual([]);
  });

  test('an abort keeps the files that had come', async () => {
    const [server, storage] = [new Hub(), new FakeStorage()];
    const stop = new AbortController();
    const fetching = fetchFromHub(model, {
      hub,
      fetch: server.fetch,
      storage,
      signal: stop.signal,
      onProgress: (done) => done === 2 && stop.abort(new Error('enough')),
    });
    await expect(fetching).rejects.toThrow('enough');
    expect(await storedModels({ storage })).toEqual([]);
  });
});

describe('the registry that the site ships', () => {
  const registry = parseRegistry(
    JSON.parse(readFileSync(new URL('../../public/models/registry.json', import.meta.url), 'utf8')),
  );

  /** No one of ours has seen their files: what comes first is trusted, and the page says so. */
  const unseen = ['gte-small'];

  test('pins every embedder by commit, and every file of those that we have seen by hash', () => {
    const embedders = registry.models.filter(({ task }) => task === 'embedding');
    expect(embedders.map(({ id }) => id)).toEqual(['bge-small-en-v1.5', 'gte-small', 'multilingual-e5-small']);
    for (const { id, revision, files, dimensions } of embedders) {
      expect(revision).toMatch(/^[0-9a-f]{40}$/);
      expect(dimensions).toBeGreaterThan(0);
      expect(
        files.every(({ sha256 }) => (sha256 === null) === unseen.includes(id)),
        id,
      ).toBe(true);
      // What loading an embedder and stamping its vectors need.
      const paths = files.map(({ path }) => path);
      expect(paths).toEqual(expect.arrayContaining(['config.json', 'tokenizer.json', 'onnx/model_quantized.onnx']));
    }
  });

  test('says what a licence forbids', () => {
    for (const { licence, restriction } of registry.models)
      expect(restriction !== '', licence).toBe(/NC|research/.test(licence));
  });

  test('lists of every generator what loading it needs', () => {
    const generators = registry.models.filter(({ task }) => task === 'generation');
    expect(generators.map(({ id }) => id)).toEqual([
      'flan-t5-small',
      'flan-t5-base',
      'LaMini-Flan-T5-248M',
      'Qwen1.5-0.5B-Chat',
    ]);
    for (const { id, files } of generators) {
      const weights = /t5/i.test(id) ? ['encoder_model', 'decoder_model_merged'] : ['decoder_model_merged'];
      expect(files.map(({ path }) => path)).toEqual(
        expect.arrayContaining([
          ...['config.json', 'tokenizer.json', 'tokenizer_config.json'],
          ...weights.map((name) => `onnx/${name}_quantized.onnx`),
        ]),
      );
    }
  });
});

test('parseRegistry refuses what is not one and names the field', () => {
  const good = { hub: 'https://hub.test/', models: [model] };
  expect(parseRegistry(JSON.parse(JSON.stringify(good))).models).toEqual([model]);
  expect(() => parseRegistry({ ...good, hub: 'javascript:alert(1)/' })).toThrow(/hub is not/);
  expect(() => parseRegistry({ ...good, models: [{ ...model, revision: 'main' }] })).toThrow(/models\[0\]\.revision/);
  expect(() => parseRegistry({ ...good, models: [{ ...model, repository: '../x' }] })).toThrow(/repository/);
});
