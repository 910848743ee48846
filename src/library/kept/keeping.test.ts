/** Collections are kept, switched, lost and kept again, with a database and a desk that do as a test says. */
import 'fake-indexeddb/auto';
import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Within } from '../../pipeline/retrieve/within.ts';
import { Documents } from '../documents.svelte.ts';
import { FakeShelf } from '../fake-shelf.ts';
import { QuestionSet } from '../question-set.svelte.ts';
import { defaultSettings } from '../settings.ts';
import type { Turn } from '../state.ts';
import type { Told } from './channel.ts';
import type { DeskOptions } from './desk.svelte.ts';
import { fileOf, stamp, vectorsOf } from './fake-desk.ts';
import { Keeping } from './keeping.svelte.ts';
import type * as Open from './open-collection.svelte.ts';
import { steps } from './schema.ts';

// Svelte's effects do not run in Node: the desk is looked at every few milliseconds.
vi.mock('./open-collection.svelte.ts', async (original) => {
  const { OpenCollection } = await original<typeof Open>();
  return {
    OpenCollection: class extends OpenCollection {
      private readonly looking: ReturnType<typeof setInterval>;
      constructor(...[id, lock, writer, desk]: ConstructorParameters<typeof OpenCollection>) {
        super(id, lock, writer, desk);
        let seen: readonly unknown[] = [];
        const look = () => {
          const { entries, list } = desk.documents;
          const { arrangement } = list;
          const { questions } = desk.questionSet;
          const now = [entries, questions, desk.limit()] as const;
          const { turns } = desk.conversation;
          if (now.some((one, i) => one !== seen[i]))
            writer.follow({ entries, turns, settings: desk.settings(), arrangement, questions, limit: now[2] });
          seen = now;
        };
        this.looking = setInterval(look, 1);
      }
      override async close(keepLock?: boolean): Promise<void> {
        clearInterval(this.looking);
        await super.close(keepLock);
      }
    },
  };
});

/** Web Locks as far as they are used: who asks waits until it is free. */
class FakeLocks {
  private readonly held = new Map<string, Promise<unknown>>();

  async request(
    name: string,
    options: { readonly ifAvailable?: boolean; readonly signal?: AbortSignal },
    work: (lock: object | null) => unknown,
  ): Promise<unknown> {
    if (options.ifAvailable && this.held.has(name)) return work(null);
    while (this.held.has(name)) await this.held.get(name);
    options.signal?.throwIfAborted();
    const done = Promise.resolve(work({}));
    this.held.set(
      name,
      done.finally(() => this.held.delete(name)),
    );
    return done;
  }
}

interface Page {
  readonly keeping: Keeping;
  readonly documents: Documents;
  readonly shelf: FakeShelf;
  readonly questionSet: QuestionSet;
  limit: Within | null;
  readonly notices: string[];
  readonly told: Told[];
}

/** A tab of the browser. */
function page(): Page {
  const shelf = new FakeShelf();
  const documents = new Documents({
    ...{ engine: shelf.engine, settings: () => defaultSettings, onChanged: () => undefined },
  });
  const notices: string[] = [];
  const told: Told[] = [];
  const conversation = {
    turns: [] as readonly Turn[],
    restore: () => undefined,
    drop: () => undefined,
    numberByTime: () => undefined,
  } as unknown as DeskOptions['conversation'];
  const questionSet = new QuestionSet();
  const options: DeskOptions = {
    ...{ documents, conversation, questionSet, settings: () => defaultSettings },
    limit: () => tab.limit,
    limitTo: (limit) => (tab.limit = limit),
    embedder: () => Promise.resolve({ stamp } as Awaited<ReturnType<DeskOptions['embedder']>>),
    vectorsOf: (path) => Promise.resolve(vectorsOf(documents.entry(path)!.passages)),
    clear: () => {
      documents.clear();
      questionSet.clear();
      tab.limit = null;
    },
    use: () => Promise.resolve(),
    useDefaults: () => Promise.resolve(),
    tell: (_, text) => notices.push(text),
  };
  const keeping = new Keeping(options, {
    ...{ state: { state: 'memory' }, onStored: () => undefined },
    channel: { tell: (one: Told) => told.push(one) } as never,
  });
  const tab: Page = { keeping, documents, shelf, questionSet, limit: null, notices, told };
  return tab;
}

const incoming = (path: string, text = `This is ${path}.`) => ({ path, file: fileOf(path, text) });
const many = (count: number) => Array.from({ length: count }, (_, i) => incoming(`${i}.txt`));

const kept = ({ keeping }: Page) =>
  vi.waitFor(() => expect(keeping.state).toEqual({ state: 'kept', pending: 0 }), { timeout: 10_000 });

const openId = ({ keeping }: Page) => keeping.open!.id;
const names = ({ keeping }: Page) => keeping.collections.map(({ name }) => name);

/** What the database has of a collection: the state of each document. */
async function stored(name: string): Promise<Record<string, string>> {
  const raw = await openDB('carrel');
  const collections = (await raw.getAll('collections')) as { id: string; name: string }[];
  const id = collections.find((one) => one.name === name)?.id;
  const all = (await raw.getAll('documents')) as { collection: string; path: string; state: { state: string } }[];
  raw.close();
  return Object.fromEntries(all.filter((one) => one.collection === id).map(({ path, state }) => [path, state.state]));
}

/** What the page remembers beside the database. */
const remembered = new Map<string, string>();

/** Ends every connection, as the browser does. */
function closedByTheBrowser(open: { readonly results: { readonly value: unknown }[] }): void {
  for (const { value } of open.results)
    forceCloseDatabase((value as { result: Parameters<typeof forceCloseDatabase>[0] }).result);
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', { locks: new FakeLocks() });
  remembered.clear();
  vi.stubGlobal('localStorage', {
    setItem: (key: string, value: string) => void remembered.set(key, value),
    removeItem: (key: string) => void remembered.delete(key),
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('files that are arriving when another collection is opened are kept with the one they were dropped on', async () => {
  const tab = page();
  await tab.keeping.keep('New');
  await tab.keeping.switchTo(null);
  await tab.keeping.keep('Old');
  // Reading takes long, and between two batches other things have time to happen.
  tab.shelf.read = () => new Promise(() => undefined);
  const { setTimeout: real } = globalThis;
  const slow = (work: () => void, milliseconds = 20) => real(work, milliseconds);
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(slow as typeof setTimeout);
  const added = tab.documents.add(many(120));
  expect(tab.documents.entries.length).toBeLessThan(120);
  await tab.keeping.switchTo(tab.keeping.collections.find(({ name }) => name === 'New')!.id);
  await added;
  await kept(tab);
  expect(tab.keeping.open?.name).toBe('New');
  expect(tab.documents.entries).toEqual([]);
  const old = Object.values(await stored('Old'));
  expect([old.length, ...new Set(old)]).toEqual([120, 'unfinished']);
  expect(await stored('New')).toEqual({});
  await tab.keeping.switchTo(tab.keeping.collections.find(({ name }) => name === 'Old')!.id);
  expect(tab.documents.entries).toHaveLength(120);
  expect(tab.notices).toEqual([]);
});

it.each([['with what it held'], ['and clears it']])(
  'when the browser closes the database %s it is told, and all of the desk is kept anew when asked',
  async (how) => {
    const tab = page();
    const open = vi.spyOn(IDBFactory.prototype, 'open');
    await tab.keeping.keep('Papers');
    await tab.documents.add(many(3));
    await kept(tab);
    closedByTheBrowser(open.mock);
    await vi.waitFor(() => expect(tab.keeping.state.state).toBe('failed'));
    expect(tab.keeping.state).toMatchObject({ reason: expect.stringContaining('stays in memory') as string });
    if (how === 'and clears it') vi.stubGlobal('indexedDB', new IDBFactory());
    tab.documents.remove('1.txt');
    await tab.documents.add([incoming('later.txt')]);
    expect(tab.keeping.state.state).toBe('failed');
    tab.keeping.retry();
    await kept(tab);
    await vi.waitFor(async () =>
      expect(await stored('Papers')).toEqual({ '0.txt': 'read', '2.txt': 'read', 'later.txt': 'read' }),
    );
    expect(tab.keeping.open?.name).toBe('Papers');
  },
);

it('a newer page in another tab is told of, and what is on the desk stays', async () => {
  const tab = page();
  await tab.keeping.keep('Papers');
  await tab.documents.add([incoming('a.txt')]);
  await kept(tab);
  const newer = await openDB('carrel', steps.length + 1);
  expect(tab.keeping.state).toMatchObject({ reason: expect.stringContaining('A newer version of Carrel') as string });
  tab.keeping.retry();
  await vi.waitFor(() => expect(tab.notices.join()).toContain('written by a newer version of Carrel'));
  expect([tab.keeping.state.state, tab.documents.entries.length]).toEqual(['failed', 1]);
  newer.close();
});

it('a collection is deleted before its lock is given on', async () => {
  const [first, second] = [page(), page()];
  await first.keeping.keep('Papers');
  await first.documents.add([incoming('a.txt')]);
  await kept(first);
  await second.keeping.begin();
  expect(second.keeping.state.state).toBe('following');
  await first.keeping.remove(first.keeping.open!.id);
  for (const one of first.told.filter(({ type }) => type === 'collections').slice(-1)) second.keeping.heard(one);
  await vi.waitFor(() => expect(second.notices).toContain('“Papers” was deleted in another tab.'));
  expect([second.documents.entries.length, second.keeping.state.state]).toEqual([0, 'memory']);
  expect(second.notices.filter((text) => /has been deleted/.test(text))).toEqual([]);
});

/** Ids of collections that have any record at all, in any store. */
async function present(): Promise<readonly string[]> {
  const raw = await openDB('carrel');
  const all = await Promise.all([...raw.objectStoreNames].map((name) => raw.getAll(name)));
  raw.close();
  const ids = (all.flat() as ({ collection?: string; id?: unknown } | null)[]).map((one) => one?.collection ?? one?.id);
  return [...new Set(ids.filter((id) => typeof id === 'string'))];
}

it('the question set and what questions are limited to stay with their collection, and other tabs hear of the set', async () => {
  const tab = page();
  await tab.documents.add(many(3));
  tab.questionSet.add('Where is the key?', { document: '0.txt', quote: 'This' }, 'Here');
  tab.limit = { paths: ['0.txt', '2.txt'], heading: '' };
  await tab.keeping.keep('Papers');
  await kept(tab);
  const id = openId(tab);
  await tab.keeping.switchTo(null);
  expect([tab.questionSet.questions, tab.limit]).toEqual([[], null]);

  const first = page();
  await first.keeping.switchTo(id);
  expect(first.questionSet.questions).toMatchObject([{ question: 'Where is the key?', answers: ['Here'] }]);
  expect(first.limit).toEqual({ paths: ['0.txt', '2.txt'], heading: '' });
  const second = page();
  await second.keeping.switchTo(id);
  expect(second.keeping.state.state).toBe('following');
  second.questionSet.add('What does the moon weigh?', null);
  await vi.waitFor(() =>
    expect(second.told).toContainEqual(expect.objectContaining({ change: { type: 'questions' } })),
  );
  first.keeping.heard({ type: 'change', collection: id, change: { type: 'questions' } });
  await vi.waitFor(() => expect(first.questionSet.questions).toHaveLength(2));

  // A document of the limit that is not there any more is no part of it.
  first.documents.remove('2.txt');
  await kept(first);
  await first.keeping.switchTo(null);
  await first.keeping.switchTo(id);
  expect(first.limit).toEqual({ paths: ['0.txt'], heading: '' });
});

it('a collection that was deleted can be put back as it was, on the desk if nothing else is there', async () => {
  const tab = page();
  await tab.keeping.keep('Papers');
  await tab.documents.add(many(3));
  await kept(tab);
  const id = openId(tab);
  await tab.keeping.remove(id);
  expect([names(tab), tab.keeping.state.state, tab.documents.entries]).toEqual([[], 'memory', []]);
  expect(tab.keeping.deleted).toMatchObject([{ id, name: 'Papers' }]);
  expect(remembered.has('carrel.kept')).toBe(false);
  await tab.keeping.putBack(id);
  expect([names(tab), openId(tab), tab.keeping.deleted]).toEqual([['Papers'], id, []]);
  expect(tab.documents.entries.map(({ path }) => path)).toEqual(['0.txt', '1.txt', '2.txt']);
  await tab.documents.add([incoming('later.txt')]);
  // The write begins when the reading has been noticed, so nothing may be under way yet.
  await vi.waitFor(async () => expect(Object.keys(await stored('Papers'))).toHaveLength(4), { timeout: 10_000 });
  await kept(tab);

  // Where something else has come onto the desk it stays there.
  await tab.keeping.remove(id);
  await tab.documents.add([incoming('other.txt')]);
  await tab.keeping.putBack(id);
  expect([names(tab), tab.keeping.open]).toEqual([['Papers'], null]);
  expect(tab.documents.entries.map(({ path }) => path)).toEqual(['other.txt']);
  // Its lock is free again.
  const second = page();
  await second.keeping.switchTo(id);
  expect(second.keeping.state.state).toBe('kept');
  expect([...tab.notices, ...second.notices]).toEqual([]);
});

it('deleted for good, nothing of it is left, and nothing brings it back', async () => {
  const tab = page();
  await tab.keeping.keep('Papers');
  await tab.documents.add(many(2));
  await kept(tab);
  const id = openId(tab);
  await tab.keeping.switchTo(null);
  await tab.keeping.keep('Letters');
  await tab.keeping.remove(id);
  expect(await present()).toContain(id);
  await tab.keeping.deleteForGood(id);
  expect(await present()).toEqual([openId(tab)]);
  await tab.keeping.putBack(id);
  expect([names(tab), tab.keeping.deleted, tab.notices]).toEqual([['Letters'], [], []]);
});

it('what a killed tab had deleted goes at the next visit, and never while it can still be put back', async () => {
  const tab = page();
  await tab.keeping.keep('Papers');
  await tab.documents.add(many(2));
  await kept(tab);
  const id = openId(tab);
  await tab.keeping.remove(id);
  const beside = page();
  await beside.keeping.begin();
  expect([names(beside), beside.keeping.deleted, beside.documents.entries]).toEqual([[], [], []]);
  expect(await present()).toEqual([id]);
  await tab.keeping.putBack(id);
  await tab.keeping.remove(id);

  // The browser frees the locks of a tab that ends.
  vi.stubGlobal('navigator', { locks: new FakeLocks() });
  const next = page();
  await next.keeping.begin();
  expect(await present()).toEqual([]);
  expect([names(next), next.notices]).toEqual([[], []]);
});

it('deleting everything takes at once what could still be put back', async () => {
  const tab = page();
  await tab.keeping.keep('Papers');
  const id = openId(tab);
  await tab.keeping.remove(id);
  await tab.keeping.wipe(false);
  expect(tab.keeping.deleted).toEqual([]);
  expect(await indexedDB.databases()).toEqual([]);
  await tab.keeping.putBack(id);
  expect([names(tab), tab.notices.slice(1)]).toEqual([[], []]);
});

it('what the browser has cleared meanwhile cannot be put back, and that is said', async () => {
  const tab = page();
  const open = vi.spyOn(IDBFactory.prototype, 'open');
  await tab.keeping.keep('Papers');
  const id = openId(tab);
  await tab.keeping.remove(id);
  closedByTheBrowser(open.mock);
  vi.stubGlobal('indexedDB', new IDBFactory());
  // The connection hears of its end.
  await new Promise((resume) => setTimeout(resume, 30));
  await tab.keeping.putBack(id);
  expect(tab.notices).toEqual(['“Papers” could not be put back: the browser has cleared what was kept of it.']);
  expect([names(tab), tab.keeping.deleted]).toEqual([[], []]);
});

it('deleting everything leaves neither the names nor a count that was under way', async () => {
  const tab = page();
  await tab.keeping.keep('Papers');
  await tab.documents.add(many(3));
  await kept(tab);
  expect(remembered.get('carrel.kept')).toContain('Papers');
  const counting = tab.keeping.recount();
  // `Object.keys` of the browser's own gives its entries.
  remembered.forEach((value, key) => Object.assign(localStorage, { [key]: value }));
  await Promise.all([counting.catch(() => undefined), tab.keeping.wipe(false)]);
  await new Promise((resume) => setTimeout(resume, 30));
  expect([tab.keeping.collections, tab.documents.entries, remembered.size]).toEqual([[], [], 0]);
  expect((await indexedDB.databases()).map(({ name }) => name)).toEqual([]);
});
