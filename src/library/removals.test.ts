import { describe, expect, it, vi } from 'vitest';
import type { Passage } from '../pipeline/document.ts';
import type { StampedVector, StampedVectors } from '../pipeline/embed/stamp.ts';
import type { Within } from '../pipeline/retrieve/within.ts';
import { Documents } from './documents.svelte.ts';
import type { Engine } from './engine.ts';
import { documentOf, passagesOf, stamp } from './kept/fake-desk.ts';
import { Removals, type RemovedDocuments } from './removals.svelte.ts';
import { defaultSettings } from './settings.ts';
import type { Entry } from './state.ts';

/** Workers that read each line as a passage and keep the vectors that they are given. */
function workers() {
  const passages = new Map<string, readonly Passage[]>();
  const vectors = new Map<string, Map<string, Float32Array>>();
  let reading: Promise<void> = Promise.resolve();
  const missing = (path: string) => passages.get(path)!.flatMap(({ id }) => (vectors.get(path)?.has(id) ? [] : [id]));
  const shelf = {
    reader: {
      read: async ({ path, file }: { path: string; file: File }) => {
        await reading;
        const document = documentOf(path, await file.text());
        return { document, passages: passagesOf(document), inner: [] };
      },
    },
    put: (path: string, some: readonly Passage[]) => {
      passages.set(path, some);
      return Promise.resolve(missing(path));
    },
    passage: vi.fn(() => Promise.resolve({ vector: Float32Array.of(1, 0, 0, 0), stamp })),
    addVector: (path: string, id: string, { vector }: StampedVector) => {
      vectors.set(path, new Map([...(vectors.get(path) ?? []), [id, vector]]));
      return Promise.resolve(true);
    },
    vectors: (path: string): Promise<StampedVectors | null> => {
      const own = [...(vectors.get(path) ?? [])];
      if (own.length === 0) return Promise.resolve(null);
      return Promise.resolve({
        ids: own.map(([id]) => id),
        values: Float32Array.from(own.flatMap(([, v]) => [...v])),
        stamp,
      });
    },
    restore: (path: string, saved: StampedVectors) => {
      vectors.set(path, new Map(saved.ids.map((id, i) => [id, saved.values.slice(4 * i, 4 * i + 4)])));
      return Promise.resolve(missing(path));
    },
  };
  const remove = (path: string) => {
    passages.delete(path);
    vectors.delete(path);
    return Promise.resolve();
  };
  const engine = { shelf, remove } as unknown as Engine;
  return { engine, shelf, vectors, hold: (until: Promise<void>) => (reading = until) };
}

function desk() {
  const made = workers();
  const documents = new Documents({ engine: made.engine, settings: () => defaultSettings, onChanged: () => undefined });
  const limit: { now: Within | null } = { now: null };
  const told: (readonly [RemovedDocuments, readonly Entry[]])[] = [];
  const removals = new Removals({
    ...{ documents, settings: () => defaultSettings, limit: () => limit.now },
    vectorsOf: (path) => made.shelf.vectors(path),
    onPutBack: (...given) => told.push(given),
  });
  const add = (...names: string[]) =>
    documents.add(names.map((path) => ({ path, file: new File([`One line of ${path}.\nAnother.`], path) })));
  const list = () => documents.entries.map(({ path, status }) => `${path} ${status.state}`);
  return { ...made, documents, removals, add, list, limit, told };
}

const ready = ['a.txt ready', 'b.txt ready', 'c.txt ready'];

describe('Removals', () => {
  it('bring a document back to its place with its vectors: nothing is embedded again', async () => {
    const { documents, removals, add, list, shelf, vectors } = desk();
    await add('a.txt', 'b.txt', 'c.txt');
    documents.list.pin('a.txt', true);
    const embedded = shelf.passage.mock.calls.length;
    const before = vectors.get('a.txt');
    removals.remove(['a.txt']);
    expect(list()).toEqual(['b.txt ready', 'c.txt ready']);
    expect(vectors.has('a.txt')).toBe(false);
    expect(documents.list.pinned.size).toBe(0);
    await removals.undo();
    await vi.waitFor(() => expect(list()).toEqual(ready));
    expect(documents.list.pinned).toEqual(new Set(['a.txt']));
    expect(vectors.get('a.txt')).toEqual(before);
    expect(shelf.passage.mock.calls.length).toBe(embedded);
    expect(removals.last).toBe(null);
  });

  it('are undone one by one, the last first, and several at once together', async () => {
    const { removals, add, list } = desk();
    await add('a.txt', 'b.txt', 'c.txt');
    removals.remove(['b.txt']);
    removals.remove(['a.txt', 'c.txt']);
    removals.remove(['gone.txt']);
    expect(list()).toEqual([]);
    await removals.undo();
    await vi.waitFor(() => expect(list()).toEqual(['a.txt ready', 'c.txt ready']));
    await removals.undo();
    await vi.waitFor(() => expect(list()).toEqual(ready));
    await removals.undo();
    removals.remove(['a.txt']);
    removals.forget();
    await removals.undo();
    expect(list()).toEqual(['b.txt ready', 'c.txt ready']);
  });

  it('read a document anew that was still being read', async () => {
    const { removals, add, list, hold } = desk();
    await add('a.txt');
    let release = (): void => undefined;
    hold(new Promise((resolve) => (release = resolve)));
    void add('b.txt');
    await vi.waitFor(() => expect(list()).toEqual(['a.txt ready', 'b.txt waiting']));
    removals.remove(['b.txt']);
    await removals.undo();
    release();
    await vi.waitFor(() => expect(list()).toEqual(['a.txt ready', 'b.txt ready']));
  });

  it('leave out what has been added again meanwhile, and say so', async () => {
    const { documents, removals, add, list, told, limit } = desk();
    await add('a.txt', 'b.txt');
    limit.now = { paths: ['a.txt'], heading: '' };
    removals.remove(['a.txt', 'b.txt']);
    await documents.add([{ path: 'a.txt', file: new File(['A newer one.'], 'a.txt') }]);
    await removals.undo();
    await vi.waitFor(() => expect([...list()].sort()).toEqual(['a.txt ready', 'b.txt ready']));
    expect(documents.entry('a.txt')?.document?.text).toBe('A newer one.');
    const [[removed, left]] = told as [(typeof told)[number]];
    expect(left.map(({ path }) => path)).toEqual(['a.txt']);
    expect(removed.limit).toEqual({ paths: ['a.txt'], heading: '' });
  });
});
