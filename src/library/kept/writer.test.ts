import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { StampedVectors } from '../../pipeline/embed/stamp.ts';
import { defaultSettings } from '../settings.ts';
import type { Entry } from '../state.ts';
import { openDatabase } from './database.ts';
import { keptError } from './errors.ts';
import { answered, deskOf, passagesOf, readEntry, vectorsOf, waitingEntry } from './fake-desk.ts';
import { loadDocument } from './loading.ts';
import { KeptStore } from './store.ts';
import { Writer, type Change } from './writer.ts';

interface Kept {
  readonly store: KeptStore;
  readonly writer: Writer;
  readonly changes: Change[];
  /** Pending documents and failure, as told last. */
  said(): readonly [pending: number, failure: string];
  /** What would come back, by path: the text, or the state. */
  back(): Promise<Record<string, string>>;
}

async function keeping(vectors?: (path: string) => Promise<StampedVectors | null>): Promise<Kept> {
  const store = new KeptStore(await openDatabase({ onEnded: () => undefined }));
  await store.put({ id: 'c1', name: 'Papers', created: 1, settings: defaultSettings });
  const changes: Change[] = [];
  let told: readonly [number, string] = [0, ''];
  const writer = new Writer({
    ...{ store, collection: 'c1', documents: true },
    vectorsOf: vectors ?? (() => Promise.resolve(null)),
    onWritten: (change) => changes.push(change),
    onState: (...state) => (told = state),
  });
  writer.knowsSettings(defaultSettings);
  writer.knowsQuestions([]);
  writer.knowsLimit(null);
  return {
    ...{ store, writer, changes, said: () => told },
    async back() {
      const records = await store.documents('c1');
      const loaded = await Promise.all(records.map((record) => loadDocument(store, record)));
      const texts = loaded.map(({ restored }) => [restored.path, restored.document?.text ?? restored.status!.state]);
      return Object.fromEntries(texts) as Record<string, string>;
    },
  };
}

beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()));

describe('Writer', () => {
  it('keeps the original when a file comes, and the document when it has been read', async () => {
    const { writer, back, said, changes } = await keeping();
    const waiting = waitingEntry('a.txt', 'One.');
    writer.follow(deskOf([waiting]));
    await writer.written();
    expect(await back()).toEqual({ 'a.txt': 'unfinished' });
    expect(said()).toEqual([1, '']);
    writer.follow(deskOf([readEntry(waiting, 'One.')]));
    await writer.written();
    expect(await back()).toEqual({ 'a.txt': 'One.' });
    expect(said()).toEqual([0, '']);
    expect(changes).toEqual([
      { type: 'documents', paths: ['a.txt'] },
      { type: 'documents', paths: ['a.txt'] },
    ]);
  });

  it('ends with what the desk ends with, whatever happened on it', async () => {
    const paths = ['a.txt', 'b.txt', 'c.txt'] as const;
    const event = fc.record({
      path: fc.constantFrom(...paths),
      does: fc.constantFrom('comes', 'is read', 'goes', 'fails', 'is cut anew'),
      waits: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 14 }), async (events) => {
        vi.stubGlobal('indexedDB', new IDBFactory());
        const { writer, store, back, said } = await keeping();
        let entries: Entry[] = [];
        for (const [i, { path, does, waits }] of events.entries()) {
          const entry = entries.find((one) => one.path === path);
          const others = entries.filter((one) => one !== entry);
          if (does === 'comes') entries = [...others, waitingEntry(path, `Text ${i}.`)];
          if (does === 'goes') entries = others;
          if (entry && does === 'is read') entries = [...others, readEntry(entry, await entry.file.text())];
          if (entry && does === 'fails')
            entries = [
              ...others,
              { ...entry, status: { state: 'failed', reason: 'No.' }, document: null, passages: [] },
            ];
          if (entry?.document && does === 'is cut anew')
            entries = [...others, { ...entry, passages: passagesOf(entry.document) }];
          writer.follow(deskOf(entries));
          if (waits) await writer.written();
        }
        await writer.written();
        const wanted = entries.map(({ path, document, status }) => {
          const state = status.state === 'failed' ? 'failed' : 'unfinished';
          return [path, document?.text ?? state] as const;
        });
        expect(await back()).toEqual(Object.fromEntries(wanted));
        for (const { path, file } of entries)
          expect(await (await store.original('c1', path))!.blob.text()).toBe(await file.text());
        expect(said()).toEqual([entries.filter(({ status }) => status.state === 'waiting').length, '']);
      }),
      { numRuns: 60 },
    );
  });

  it('takes what another file came in for whole only when that file itself has come', async () => {
    const { writer, back } = await keeping();
    const mail = readEntry(waitingEntry('mail.eml', 'See attached.'), 'See attached.');
    writer.follow(deskOf([{ ...mail, unpacking: true }]));
    await writer.written();
    expect(await back()).toEqual({ 'mail.eml': 'unfinished' });
    const inner = waitingEntry('mail.eml/plan.txt', 'The plan.', { outer: 'mail.eml' });
    writer.follow(deskOf([{ ...mail, unpacking: false }, inner]));
    await writer.written();
    expect(await back()).toEqual({ 'mail.eml': 'See attached.', 'mail.eml/plan.txt': 'unfinished' });
  });

  it('does not keep what a password protects', async () => {
    const { writer, store } = await keeping();
    const open = readEntry(waitingEntry('pay.pdf', 'Salary.', { help: { password: 'hunter2' } }), 'Salary.');
    writer.follow(deskOf([open]));
    await writer.written();
    const record = (await store.document('c1', 'pay.pdf'))!;
    expect(record.state).toMatchObject({ state: 'failed', remedy: 'password' });
    expect(record.help).toEqual({});
    expect(await store.text('c1', 'pay.pdf')).toBe(undefined);
  });

  it('keeps answers when they are finished, one by one, and lets them go', async () => {
    const { writer, store } = await keeping();
    const [first, second] = [answered(1, 'When?'), answered(2, 'Who?')];
    writer.follow(deskOf([], [first, { ...second, phase: 'writing' }]));
    await writer.written();
    expect((await store.turns('c1')).map(({ question }) => question)).toEqual(['When?']);
    writer.follow(deskOf([], [second]));
    await writer.written();
    expect((await store.turns('c1')).map(({ question }) => question)).toEqual(['Who?']);
  });

  it('says that there is no room, goes on when there is, and has then missed nothing', async () => {
    const { writer, store, back, said } = await keeping();
    const put = vi
      .spyOn(store, 'putOriginals')
      .mockRejectedValue(keptError('“a.txt” could not be kept', new DOMException('', 'QuotaExceededError')));
    const entries = ['a.txt', 'b.txt'].map((path) => readEntry(waitingEntry(path, path), path));
    writer.follow(deskOf(entries));
    await writer.written();
    expect(said()).toEqual([2, expect.stringContaining('“a.txt” could not be kept: the storage') as string]);
    expect(put.mock.calls.length).toBeLessThanOrEqual(2);
    put.mockRestore();
    writer.retry();
    await writer.written();
    expect(await back()).toEqual({ 'a.txt': 'a.txt', 'b.txt': 'b.txt' });
    expect(said()).toEqual([0, '']);
  });

  it('keeps all others when one file cannot be read any more', async () => {
    const { writer, store, back, said } = await keeping();
    const put = store.putOriginals.bind(store);
    vi.spyOn(store, 'putOriginals').mockImplementation(async (id, files) => {
      const gone = files.find(({ path }) => path === 'gone.txt');
      if (gone) throw keptError('“gone.txt” could not be kept', new DOMException('', 'NotFoundError'));
      await put(id, files);
    });
    const entries = ['a.txt', 'gone.txt', 'b.txt'].map((path) => readEntry(waitingEntry(path, path), path));
    writer.follow(deskOf(entries));
    await writer.written();
    expect(await back()).toEqual({ 'a.txt': 'a.txt', 'b.txt': 'b.txt' });
    expect(said()).toEqual([1, expect.stringContaining('moved or changed') as string]);
  });

  it('does not write a document again that came out of the collection as it is', async () => {
    const { writer, store, changes } = await keeping();
    const entry = readEntry(waitingEntry('a.txt', 'One.'), 'One.');
    const { file, document, passages } = entry;
    await store.putOriginals('c1', [{ path: 'a.txt', file, outer: null, help: {}, added: 1, version: 'v1' }]);
    writer.knows(
      'a.txt',
      { version: 'v1', added: 1, file, document, passages, has: 'vectors', failed: null },
      defaultSettings,
    );
    // Without an embedder it is searched by words alone: its vectors must not be lost for that.
    for (const status of [entry.status, { state: 'words-only', passages: 1, reason: 'No embedder.' } as const]) {
      writer.follow(deskOf([{ ...entry, status }]));
      await writer.written();
    }
    expect(changes).toEqual([]);
  });

  it('writes the vectors that there are, with how the passages were cut when they came', async () => {
    const entry = readEntry(waitingEntry('a.txt', 'One.\nTwo.'), 'One.\nTwo.');
    const { writer, store } = await keeping(() => Promise.resolve(vectorsOf(entry.passages)));
    const embedding = { ...entry, status: { state: 'embedding', done: 1, total: 2 } as const };
    writer.follow(deskOf([embedding]));
    await writer.written();
    writer.follow({ ...deskOf([entry]), settings: { ...defaultSettings, passageTokens: 96 } });
    await writer.written();
    const { state } = (await store.document('c1', 'a.txt'))!;
    expect(state).toMatchObject({ state: 'read', passages: 2, cut: { passageTokens: 208 } });
    expect((await store.vectors('c1', 'a.txt'))?.values).toEqual(vectorsOf(entry.passages).values);
    expect((await store.collection('c1'))?.settings.passageTokens).toBe(96);
  });

  it('keeps the order and the pins, when they are changed and not else', async () => {
    const { writer, store, changes } = await keeping();
    const entries = ['a.txt', 'b.txt'].map((path) => readEntry(waitingEntry(path, path), path));
    writer.follow(deskOf(entries));
    await writer.written();
    expect(await store.arrangement('c1')).toBe(undefined);
    changes.length = 0;
    for (const pinned of [['b.txt'], ['b.txt'], []]) {
      writer.follow({ ...deskOf(entries), arrangement: { order: ['b.txt', 'a.txt'], pinned } });
      await writer.written();
      expect(await store.arrangement('c1')).toMatchObject({ order: ['b.txt', 'a.txt'], pinned });
    }
    expect(changes).toEqual([{ type: 'arrangement' }, { type: 'arrangement' }]);
  });

  it('keeps the question set and what questions are limited to, when they are changed and not else', async () => {
    const { writer, store, changes } = await keeping();
    writer.follow(deskOf([]));
    await writer.written();
    const questions = [{ id: 'q1', question: 'When?', wanted: { by: 'nothing' }, answers: [] }] as const;
    const limit = { paths: ['a.txt'], heading: 'Rent' };
    for (const [asked, within] of [
      [questions, limit],
      [questions, limit],
      [[], null],
    ] as const) {
      writer.follow({ ...deskOf([]), questions: asked, limit: within });
      await writer.written();
      expect([await store.questions('c1'), await store.limit('c1')]).toEqual([asked, within]);
    }
    expect(changes).toEqual([{ type: 'questions' }, { type: 'questions' }]);
  });

  it('of a tab that only follows writes the question set, and not what that tab limits its questions to', async () => {
    const { store } = await keeping();
    const options = { store, collection: 'c1', documents: false, vectorsOf: () => Promise.resolve(null) };
    const writer = new Writer({ ...options, onWritten: () => undefined, onState: () => undefined });
    const questions = [{ id: 'q1', question: 'When?', wanted: { by: 'nothing' } }] as const;
    writer.follow({ ...deskOf([]), questions, limit: { paths: ['a.txt'], heading: '' } });
    await writer.written();
    expect([await store.questions('c1'), await store.limit('c1')]).toEqual([questions, null]);
  });

  it('goes on when they cannot be written, and tells why', async () => {
    const { writer, store, said } = await keeping();
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    writer.knowsLimit({ paths: ['a.txt'], heading: '' });
    writer.follow(deskOf([]));
    await writer.written();
    expect(said()).toEqual([0, expect.stringContaining('What questions are limited to could not be kept') as string]);
    put.mockRestore();
    writer.retry();
    await writer.written();
    expect([said(), await store.limit('c1')]).toEqual([[0, ''], null]);
  });

  it('writes nothing after it was stopped', async () => {
    const { writer, back } = await keeping();
    await writer.stop();
    writer.follow(deskOf([waitingEntry('a.txt', 'One.')]));
    await writer.written();
    expect(await back()).toEqual({});
  });
});
