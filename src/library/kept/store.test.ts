import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultSettings } from '../settings.ts';
import { databaseExists } from './browser.ts';
import { deleteDatabase, openDatabase } from './database.ts';
import type { Turn } from '../state.ts';
import { answered, documentOf, fileOf, passagesOf, stamp, vectorsOf } from './fake-desk.ts';
import { loadDocument, loadVectors } from './loading.ts';
import { steps, type KeptCollection, type KeptDocument, type Step } from './schema.ts';
import { KeptStore } from './store.ts';

const papers: KeptCollection = { id: 'c1', name: 'Papers', created: 1, settings: defaultSettings };
const cut = { strategy: 'structure', passageTokens: 208, overlapTokens: 0 } as const;
const arrived = (path: string, version = 'v1', added = 1) => ({ path, version, added, outer: null, help: {} });

const lines = 'The rent is due on the first.\nKeys hang by the door.';
const read = (path: string) => {
  const document = documentOf(path, lines);
  const passages = passagesOf(document);
  return { document, passages, vectors: vectorsOf(passages) };
};

async function storeWith(...paths: string[]): Promise<KeptStore> {
  const store = new KeptStore(await openDatabase({ onEnded: () => undefined }));
  await store.put(papers);
  for (const [i, path] of paths.entries()) {
    const one = arrived(path, 'v1', i + 1);
    await store.putOriginals('c1', [{ ...one, file: fileOf(path, lines) }]);
    await store.putRead('c1', one, read(path), cut);
  }
  return store;
}

const load = async (store: KeptStore, path: string) => loadDocument(store, (await store.document('c1', path))!);

beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()));

describe('the database', () => {
  it('is not made by asking whether it is there, and is gone when it was deleted', async () => {
    expect(await databaseExists()).toBe(false);
    const store = await storeWith('a.txt');
    expect(await databaseExists()).toBe(true);
    store.close();
    await deleteDatabase();
    expect(await databaseExists()).toBe(false);
  });

  it('of a newer version is refused with a sentence and left as it is', async () => {
    const newer = await openDB('carrel', steps.length + 1, { upgrade: (db) => void db.createObjectStore('later') });
    await newer.put('later', 'precious', 'key');
    newer.close();
    await expect(openDatabase({ onEnded: () => undefined })).rejects.toThrow(/newer version of Carrel.*left as it is/);
    const again = await openDB('carrel', steps.length + 1);
    expect(await again.get('later', 'key')).toBe('precious');
  });

  it('is brought from each version to the newest, keeping what it holds', async () => {
    const toLater: Step = async (_, transaction) => {
      const store = transaction.objectStore('collections');
      for (const one of await store.getAll()) await store.put({ ...one, name: `${one.name}!` });
    };
    for (let from = 1; from <= steps.length; from++) {
      const name = `from-${from}`;
      const old = await openDatabase({ onEnded: () => undefined, name, steps: steps.slice(0, from) });
      await old.put('collections', papers);
      old.close();
      const database = await openDatabase({ onEnded: () => undefined, name, steps: [...steps, toLater] });
      expect(database.version).toBe(steps.length + 1);
      expect(await database.getAll('collections')).toEqual([{ ...papers, name: 'Papers!' }]);
    }
  });

  it('of version 1 is taken over whole: its questions were asked of all documents, and nothing is moved or pinned', async () => {
    const old = await openDatabase({ onEnded: () => undefined, steps: steps.slice(0, 1) });
    const asked = { generator: 'adapter', promptPassages: 2, promptText: 'passages', reading: 'once', search: 'both' };
    const { within: _within, ...turn } = { ...answered(1, 'When is the rent due?'), wanted: asked, askedWith: asked };
    const earlier = [{ answer: null, askedWith: asked, question: 'When?' }];
    await old.put('turns', { collection: 'c1', id: 1, turn: { ...turn, earlier } as unknown as Turn });
    await old.put('collections', papers);
    const document = {
      ...arrived('a.txt'),
      collection: 'c1',
      bytes: 1,
      type: '',
      modified: 1,
      state: { state: 'unfinished' },
    };
    await old.put('documents', document as KeptDocument);
    old.close();
    const store = new KeptStore(await openDatabase({ onEnded: () => undefined }));
    expect(await store.collections()).toEqual([papers]);
    expect(await store.documents('c1')).toEqual([document]);
    const all = { ...asked, within: null };
    const [kept] = await store.turns('c1');
    expect(kept).toMatchObject({ ...turn, within: null, wanted: all, askedWith: all, earlier: [{ askedWith: all }] });
    expect(await store.arrangement('c1')).toBe(undefined);
    await store.putArrangement('c1', { order: ['a.txt'], pinned: [] });
    expect(await store.arrangement('c1')).toMatchObject({ order: ['a.txt'], pinned: [] });
  });

  it('of version 2 is taken over whole: without a question set, and with no limit', async () => {
    const old = await openDatabase({ onEnded: () => undefined, steps: steps.slice(0, 2) });
    await old.put('collections', papers);
    const arrangement = { collection: 'c1', order: ['b.txt', 'a.txt'], pinned: ['b.txt'] };
    await old.put('arrangements', arrangement);
    await old.put('turns', { collection: 'c1', id: 1, turn: answered(1, 'When is the rent due?') });
    old.close();
    const store = new KeptStore(await openDatabase({ onEnded: () => undefined }));
    expect(await store.collections()).toEqual([papers]);
    expect(await store.arrangement('c1')).toEqual(arrangement);
    expect(await store.turns('c1')).toEqual([answered(1, 'When is the rent due?')]);
    expect([await store.questions('c1'), await store.limit('c1')]).toEqual([[], null]);
    const questions = [
      { id: 'q1', question: 'When?', wanted: { by: 'documents', gains: new Map([['a.txt', 1]]) } },
    ] as const;
    await store.putQuestions('c1', questions);
    await store.putLimit('c1', { paths: ['a.txt'], heading: 'Rent' });
    expect(await store.questions('c1')).toEqual(questions);
    expect(await store.limit('c1')).toEqual({ paths: ['a.txt'], heading: 'Rent' });
  });

  it('stays at its version when a migration breaks off', async () => {
    (await storeWith('a.txt')).close();
    const broken: Step = async (_, transaction) => {
      await transaction.objectStore('collections').clear();
      throw new Error('Broken off.');
    };
    const opening = openDatabase({ onEnded: () => undefined, steps: [...steps, broken] });
    await expect(opening).rejects.toThrow('Broken off.');
    const database = await openDatabase({ onEnded: () => undefined });
    expect(await database.getAll('collections')).toEqual([papers]);
  });
});

describe('a document', () => {
  it('is unfinished with its original alone, and whole with text and vectors', async () => {
    const store = await storeWith();
    await store.putOriginals('c1', [{ ...arrived('a.txt'), file: fileOf('a.txt', lines) }]);
    const before = await load(store, 'a.txt');
    expect(before.restored.status?.state).toBe('unfinished');
    expect(await before.restored.file.text()).toBe(lines);
    await store.putRead('c1', arrived('a.txt'), read('a.txt'), cut);
    const { restored, cut: wasCut } = await load(store, 'a.txt');
    const { document, passages, vectors } = read('a.txt');
    expect(restored).toMatchObject({ document, passages, status: null, outer: null });
    expect(wasCut).toEqual(cut);
    const record = (await store.document('c1', 'a.txt'))!;
    expect(await loadVectors(store, record, stamp)).toEqual(vectors);
    expect(await loadVectors(store, record, { ...stamp, weights: 'w2' })).toBe(null);
  });

  it('replaced is unfinished again, and what was read of the version before does not count for it', async () => {
    const store = await storeWith('a.txt');
    await store.putOriginals('c1', [{ ...arrived('a.txt', 'v2'), file: fileOf('a.txt', 'Other.') }]);
    await store.putRead('c1', arrived('a.txt', 'v1'), read('a.txt'), cut);
    const { restored } = await load(store, 'a.txt');
    expect(restored.status?.state).toBe('unfinished');
    expect(await restored.file.text()).toBe('Other.');
  });

  it('that could not be read comes back with the reason', async () => {
    const store = await storeWith();
    await store.putOriginals('c1', [{ ...arrived('a.pdf'), file: fileOf('a.pdf', '%PDF') }]);
    const status = { state: 'failed', reason: '“a.pdf” is locked.', remedy: 'password' } as const;
    await store.putFailed('c1', arrived('a.pdf'), status);
    expect((await load(store, 'a.pdf')).restored.status).toEqual(status);
  });

  it('whose text, vectors or original are damaged is never taken for whole', async () => {
    const store = await storeWith('text.txt', 'vectors.txt', 'original.txt');
    const raw = await openDB('carrel');
    const text = (await raw.get('texts', ['c1', 'text.txt'])) as { document: { text: string } };
    text.document.text = text.document.text.replace('first', 'fifth');
    await raw.put('texts', text);
    const vectors = (await raw.get('vectors', ['c1', 'vectors.txt'])) as { values: Float32Array };
    vectors.values[0] = NaN;
    await raw.put('vectors', vectors);
    await raw.delete('originals', ['c1', 'original.txt']);
    const { status } = (await load(store, 'text.txt')).restored;
    expect(status).toMatchObject({ state: 'unfinished', reason: expect.stringContaining('its text is damaged') });
    expect((await load(store, 'vectors.txt')).restored.document).not.toBe(null);
    expect(await loadVectors(store, (await store.document('c1', 'vectors.txt'))!, stamp)).toBe(null);
    const { restored } = await load(store, 'original.txt');
    expect([restored.document?.text, restored.file.size]).toEqual([lines, 0]);
    await raw.delete('texts', ['c1', 'original.txt']);
    expect((await load(store, 'original.txt')).restored.status?.state).toBe('failed');
  });

  it('that breaks off while it is written is not there in part', async () => {
    const store = await storeWith();
    const one = { ...arrived('a.txt'), file: fileOf('a.txt', lines) };
    await store.putOriginals('c1', [one]);
    // The last record of the transaction cannot be copied.
    const document = { ...read('a.txt').document, notes: [(() => '') as unknown as string] };
    await expect(store.putRead('c1', one, { ...read('a.txt'), document }, cut)).rejects.toThrow('“a.txt” could not');
    expect(await store.vectors('c1', 'a.txt')).toBe(undefined);
    expect((await load(store, 'a.txt')).restored.status?.state).toBe('unfinished');
  });

  it('for which there is no room is told, and what was there before is whole', async () => {
    const store = await storeWith('a.txt');
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    const writing = store.putOriginals('c1', [{ ...arrived('b.txt'), file: fileOf('b.txt', lines) }]);
    await expect(writing).rejects.toMatchObject({ code: 'full', message: expect.stringContaining('“b.txt”') });
    put.mockRestore();
    expect((await store.documents('c1')).map(({ path }) => path)).toEqual(['a.txt']);
    expect((await load(store, 'a.txt')).restored.document?.text).toBe(lines);
  });
});

describe('a collection', () => {
  it('is renamed, copied and deleted, each without touching another', async () => {
    const store = await storeWith('a.txt', 'b.txt');
    await store.putTurns('c1', [answered(1, 'When is the rent due?')]);
    await store.putArrangement('c1', { order: ['b.txt', 'a.txt'], pinned: ['a.txt'] });
    await store.putQuestions('c1', [{ id: 'q1', question: 'When?', wanted: { by: 'nothing' } }]);
    await store.putLimit('c1', { paths: ['a.txt'], heading: '' });
    const copy = { ...papers, id: 'c2', name: 'A copy', created: 2 };
    await store.duplicate('c1', copy);
    await store.rename('c1', 'Lease');
    expect((await store.collections()).map(({ name }) => name)).toEqual(['A copy', 'Lease']);
    expect(await store.size('c2')).toEqual(await store.size('c1'));
    await store.removeDocuments('c1', ['a.txt']);
    await store.markDeleted('c1');
    await store.deleteMarked('c1');
    expect((await store.collections()).map(({ id }) => id)).toEqual(['c2']);
    expect((await store.documents('c1')).length + (await store.turns('c1')).length).toBe(0);
    expect([await store.questions('c1'), await store.limit('c1')]).toEqual([[], null]);
    expect((await store.questions('c2')).map(({ question }) => question)).toEqual(['When?']);
    expect((await store.limit('c2'))?.paths).toEqual(['a.txt']);
    expect(await store.arrangement('c1')).toBe(undefined);
    expect(await store.arrangement('c2')).toMatchObject({ order: ['b.txt', 'a.txt'], pinned: ['a.txt'] });
    const paths = (await store.documents('c2')).map(({ path }) => path);
    expect(paths).toEqual(['a.txt', 'b.txt']);
    const whole = await loadDocument(store, (await store.document('c2', 'a.txt'))!);
    expect(whole.restored.document?.text).toBe(lines);
    expect((await store.turns('c2')).map(({ question }) => question)).toEqual(['When is the rent due?']);
  });

  it('that is marked as deleted is not there, goes whole, and does not go once it was put back', async () => {
    const store = await storeWith('a.txt');
    await store.markDeleted('c1');
    expect([await store.collections(), await store.collection('c1')]).toEqual([[], undefined]);
    expect(await store.markedDeleted()).toEqual(['c1']);
    expect(await store.putBack('c1')).toBe(true);
    await store.deleteMarked('c1');
    expect([await store.collection('c1'), await store.markedDeleted()]).toEqual([papers, []]);
    await store.markDeleted('c1');
    // The browser ends in the middle of it: a transaction that is not done is undone.
    const removal = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
      throw new DOMException('', 'AbortError');
    });
    await expect(store.deleteMarked('c1')).rejects.toThrow('could not be cleared away');
    removal.mockRestore();
    expect(await store.putBack('c1')).toBe(true);
    expect((await load(store, 'a.txt')).restored.document?.text).toBe(lines);
    expect(await store.putBack('c9')).toBe(false);
  });

  it('takes answers and settings while a large document is being written', async () => {
    const store = await storeWith('a.txt');
    const raw = await openDB('carrel');
    const busy = raw.transaction(['documents', 'originals', 'texts', 'vectors'], 'readwrite');
    let asks = 0;
    let isDone = false;
    // As long as it is asked for something it stays open.
    const held = (async () => {
      while (!isDone) asks += (await busy.objectStore('vectors').getAllKeys()).length;
    })();
    await store.putTurns('c1', [answered(1, 'When is the rent due?')]);
    await store.putSettings('c1', { ...defaultSettings, promptPassages: 4 });
    await store.putLast('c1');
    expect(asks).toBeGreaterThan(0);
    isDone = true;
    await held;
    await busy.done;
    expect((await store.turns('c1')).map(({ question }) => question)).toEqual(['When is the rent due?']);
  });

  it('that another tab has deleted takes no answer any more', async () => {
    const store = await storeWith('a.txt');
    await store.markDeleted('c1');
    await store.deleteMarked('c1');
    await store.putTurns('c1', [answered(1, 'When is the rent due?')]);
    const raw = await openDB('carrel');
    expect(await raw.count('turns')).toBe(0);
  });

  it('gives its documents in the order in which they came', async () => {
    const store = await storeWith('z.txt', 'a.txt', 'm.txt');
    expect((await store.documents('c1')).map(({ path }) => path)).toEqual(['z.txt', 'a.txt', 'm.txt']);
  });
});
