/** A database that other tabs, or the browser, take away. */
import 'fake-indexeddb/auto';
import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
import { openDB, type IDBPDatabase } from 'idb';
import { beforeEach, expect, it, vi } from 'vitest';
import { defaultSettings } from '../settings.ts';
import { impossible } from './browser.ts';
import { Channel } from './channel.ts';
import { Connection } from './connection.ts';
import { deleteDatabase, openDatabase } from './database.ts';
import { steps } from './schema.ts';
import { endedSentence } from './sentences.ts';

const papers = { id: 'c1', name: 'Papers', created: 1, settings: defaultSettings };

beforeEach(() => {
  vi.unstubAllGlobals();
  vi.stubGlobal('indexedDB', new IDBFactory());
});

it('gives way to a newer page in another tab, and says so', async () => {
  const onEnded = vi.fn();
  await openDatabase({ onEnded });
  const newer = await openDB('carrel', steps.length + 1);
  expect(onEnded.mock.calls).toEqual([['newer']]);
  expect(endedSentence('newer')).toContain('reload this page');
  newer.close();
});

it('gives way to a tab that deletes everything', async () => {
  const onEnded = vi.fn();
  await openDatabase({ onEnded });
  await deleteDatabase();
  expect(onEnded.mock.calls).toEqual([['deleted']]);
});

it('says that it waits for a tab that holds it and does not answer, and goes on when that is closed', async () => {
  // A tab that is frozen hears of nothing.
  const upgrade = (db: IDBPDatabase) => void db.createObjectStore('turns', { keyPath: ['collection', 'id'] });
  const old = await openDB('carrel', 1, { upgrade });
  const onBlocked = vi.fn();
  const migrated = openDatabase({ onEnded: () => undefined, onBlocked, steps: [...steps, () => undefined] });
  await vi.waitFor(() => expect(onBlocked).toHaveBeenCalledTimes(1));
  const wiped = deleteDatabase('carrel', onBlocked);
  old.close();
  (await migrated).close();
  await wiped;
});

it('closed by the browser is told, and opened again by whoever needs it next, with what it holds', async () => {
  const told: string[] = [];
  const connection = new Connection({ onEnded: (why) => told.push(why), onBlocked: () => undefined });
  const open = vi.spyOn(IDBFactory.prototype, 'open');
  await (await connection.opened()).put(papers);
  const [request] = open.mock.results.map(({ value }) => value as { result: Parameters<typeof forceCloseDatabase>[0] });
  open.mockRestore();
  // As the browser does when the disk fails or its data are cleared.
  forceCloseDatabase(request!.result);
  await vi.waitFor(() => expect(told).toEqual(['closed']));
  expect(connection.isOpen).toBe(false);
  expect(await (await connection.opened()).collections()).toEqual([papers]);
  expect(connection.isOpen).toBe(true);
});

it('that cannot be opened is told with a sentence, and tried again the next time', async () => {
  const connection = new Connection({ onEnded: () => undefined, onBlocked: () => undefined });
  const open = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
    // As Firefox does in a private window.
    throw new DOMException(
      'A mutation operation was attempted on a database that did not allow it.',
      'InvalidStateError',
    );
  });
  await expect(connection.opened()).rejects.toThrow('the browser lets this page keep nothing');
  open.mockRestore();
  expect(await (await connection.opened()).collections()).toEqual([]);
});

it('a browser that lacks what keeping needs says which, and where other tabs cannot be told nothing fails', () => {
  const browser = { isSecureContext: true, indexedDB };
  vi.stubGlobal('window', browser);
  vi.stubGlobal('navigator', { locks: {} });
  expect(impossible()).toBe('');
  vi.stubGlobal('navigator', {});
  expect(impossible()).toContain('Web Locks');
  vi.stubGlobal('window', { ...browser, isSecureContext: false });
  expect(impossible()).toContain('https://');
  vi.stubGlobal('window', { isSecureContext: true });
  vi.stubGlobal('navigator', { locks: {} });
  expect(impossible()).toContain('no database');

  vi.stubGlobal('BroadcastChannel', undefined);
  const channel = new Channel(() => undefined);
  expect(() => channel.tell({ type: 'collections' })).not.toThrow();
});
