/** The door to kept collections: what is behind it is loaded when it is needed, and may not come. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDatabase } from './database.ts';
import type { DeskOptions } from './desk.svelte.ts';
import { Kept } from './kept.svelte.ts';
import { rememberKept } from './remembered.ts';

const behind = vi.hoisted(() => ({ loads: 0, comes: true, begun: 0, kept: [] as string[] }));

vi.mock('./keeping.svelte.ts', () => {
  behind.loads++;
  return {
    get Keeping() {
      if (!behind.comes) throw new TypeError('Failed to fetch dynamically imported module');
      return class {
        state = { state: 'kept', pending: 0 };
        begin = () => Promise.resolve(void behind.begun++);
        keep = (name: string) => Promise.resolve(void behind.kept.push(name));
      };
    },
  };
});

function door() {
  const told: string[] = [];
  const kept = new Kept({ tell: (_: string, text: string) => told.push(text) } as unknown as DeskOptions);
  return { kept, told };
}

beforeEach(() => {
  Object.assign(behind, { comes: true, begun: 0, kept: [] });
  const held = new Map<string, string>();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('window', { isSecureContext: true, indexedDB });
  vi.stubGlobal('navigator', { locks: {} });
  vi.stubGlobal('BroadcastChannel', undefined);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  });
});
afterEach(() => void vi.unstubAllGlobals());

it('loads nothing of what keeps while nothing is kept, and says nothing', async () => {
  const { kept, told } = door();
  await kept.begin();
  expect([behind.loads, told, kept.state.state, kept.collections]).toEqual([0, [], 'memory', []]);
});

it('names what the browser has cleared since the last visit, once', async () => {
  rememberKept(['Harbour']);
  const { kept, told } = door();
  await kept.begin();
  expect(told).toEqual([expect.stringMatching(/^“Harbour” was kept in this browser and is gone/)]);
  await door().kept.begin();
  expect(told).toHaveLength(1);
});

it('says that it could not be loaded, goes on in memory, and tries again the next time', async () => {
  (await openDatabase({ onEnded: () => undefined })).close();
  const { kept, told } = door();
  behind.comes = false;
  await kept.begin();
  expect(told).toEqual([expect.stringContaining('What was kept before is untouched. Reload the page to try again.')]);
  expect(kept.state.state).toBe('memory');
  behind.comes = true;
  await kept.keep('Papers');
  expect([behind.kept, kept.state.state, told.length]).toEqual([['Papers'], 'kept', 1]);
});

it('is loaded when there is something to come back', async () => {
  (await openDatabase({ onEnded: () => undefined })).close();
  const { kept, told } = door();
  await kept.begin();
  expect([behind.begun, kept.state.state, told]).toEqual([1, 'kept', []]);
});
