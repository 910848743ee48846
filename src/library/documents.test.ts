import { expect, it, vi } from 'vitest';
import { ReadError } from '../pipeline/document.ts';
import { WorkerEndedError } from '../workers/bridge.ts';
import { Documents } from './documents.svelte.ts';
import type { Restored } from './entry-status.ts';
import { FakeShelf } from './fake-shelf.ts';
import { documentOf, fileOf, passagesOf } from './kept/fake-desk.ts';
import { defaultSettings } from './settings.ts';

function desk() {
  const shelf = new FakeShelf();
  const documents = new Documents({
    ...{ engine: shelf.engine, settings: () => defaultSettings, onChanged: () => undefined },
  });
  const status = (path: string) => documents.entry(path)?.status.state;
  const text = (path: string) => documents.entry(path)?.document?.text;
  return { shelf, documents, status, text };
}

const incoming = (path: string, text: string) => ({ path, file: fileOf(path, text) });
const noVectors = () => Promise.resolve({ vectors: null, elsewhere: '' });

function restored(path: string, text: string): Restored {
  const document = documentOf(path, text);
  const passages = passagesOf(document);
  return { path, file: fileOf(path, text), document, passages, outer: null, help: {}, status: null };
}

function held() {
  let release: () => void = () => undefined;
  const until = new Promise<void>((resolve) => (release = resolve));
  return { until, release };
}

/** All that can happen by itself has. */
const rest = () => new Promise((resume) => setTimeout(resume, 20));

it('files that are still arriving when the desk is cleared for another do not come onto that', async () => {
  const { documents, shelf } = desk();
  const files = Array.from({ length: 120 }, (_, i) => incoming(`${i}.txt`, `Line ${i}.`));
  const added = documents.add(files);
  expect(documents.arriving).toBe(true);
  expect(documents.entries.length).toBeLessThan(120);
  documents.clear();
  await documents.restore([restored('kept.txt', 'Kept.')], noVectors);
  await added;
  await rest();
  expect(documents.entries.map(({ path }) => path)).toEqual(['kept.txt']);
  expect([...shelf.index]).toEqual([['kept.txt', ['Kept.']]]);
});

it('those that have arrived before are waited for by whoever keeps the desk', async () => {
  const { documents } = desk();
  void documents.add(Array.from({ length: 120 }, (_, i) => incoming(`${i}.txt`, `Line ${i}.`)));
  await documents.arrived();
  expect(documents.entries).toHaveLength(120);
  expect(documents.arriving).toBe(false);
});

it('a file that is compared, read or put when the desk changes takes nothing of its name on the next', async () => {
  for (const moment of ['compared', 'read', 'put'] as const) {
    const { documents, shelf, text, status } = desk();
    await documents.add([incoming('a.txt', 'Old.')]);
    const { until, release } = held();
    const file = fileOf('a.txt', 'New.');
    if (moment === 'compared') {
      const slice = vi.spyOn(File.prototype, 'slice').mockImplementationOnce(() => {
        return { arrayBuffer: () => until.then(() => new ArrayBuffer(4)) } as Blob;
      });
      void documents.add([{ path: 'a.txt', file }]);
      expect(slice).toHaveBeenCalled();
      slice.mockRestore();
    } else {
      if (moment === 'read') shelf.read = () => until.then(() => 'New.');
      else shelf.before = until;
      void documents.add([{ path: 'a.txt', file }]);
      await rest();
    }
    documents.clear();
    const back = documents.restore([restored('a.txt', 'Of the other desk.')], noVectors);
    release();
    await back;
    await rest();
    expect([text('a.txt'), status('a.txt')]).toEqual(['Of the other desk.', 'ready']);
    expect([...shelf.index]).toEqual([['a.txt', ['Of the other desk.']]]);
  }
});

it('a new version that cannot be read leaves the earlier one searchable, and its embedding goes on', async () => {
  const { documents, shelf, text, status } = desk();
  const { until, release } = held();
  shelf.embedding = () => until;
  void documents.add([incoming('a.txt', 'One.\nTwo.')]);
  await rest();
  expect(status('a.txt')).toBe('embedding');
  shelf.read = () => Promise.reject(new ReadError('damaged', '“a.txt” is damaged.'));
  void documents.add([incoming('a.txt', 'Other.')]);
  await rest();
  release();
  await rest();
  expect([text('a.txt'), status('a.txt')]).toEqual(['One.\nTwo.', 'ready']);
  expect(documents.entry('a.txt')?.note).toBe('“a.txt” is damaged. The earlier version was kept.');
  expect(shelf.index.get('a.txt')).toEqual(['One.', 'Two.']);
});

it('a reader that did not start, or whose part for the format did not come, is no fault of the file: it is read again', async () => {
  for (const error of [
    new WorkerEndedError('not-started', 'The reader did not start. Reload the page to try again.'),
    new ReadError('not-loaded', '“a.txt” was not read: the part of the page that reads it did not come.'),
  ]) {
    const { documents, shelf, status } = desk();
    const { read } = shelf;
    shelf.read = () => Promise.reject(error);
    await documents.add([incoming('a.txt', 'One.')]);
    expect(documents.entry('a.txt')?.status).toEqual({ state: 'unfinished', reason: error.message });
    shelf.read = read;
    await documents.resume('a.txt');
    expect(status('a.txt')).toBe('ready');
  }
});

it('a search that dies while another version is being read is filled again without losing that', async () => {
  const { documents, shelf, text } = desk();
  await documents.add([incoming('a.txt', 'Old.'), incoming('b.txt', 'Other.')]);
  const { until, release } = held();
  shelf.read = () => until.then(() => 'New.');
  const replaced = documents.add([incoming('a.txt', 'New.')]);
  await rest();
  shelf.index.clear();
  const filled = documents.refill();
  release();
  await Promise.all([replaced, filled]);
  expect(text('a.txt')).toBe('New.');
  expect([...shelf.index].sort()).toEqual([
    ['a.txt', ['New.']],
    ['b.txt', ['Other.']],
  ]);
});

it('vectors that this machine has no memory for are told; the document is found by words', async () => {
  const { documents, shelf } = desk();
  shelf.embedding = () => {
    const error = new Error('Array buffer allocation failed');
    error.name = 'OutOfMemoryError';
    return Promise.reject(error);
  };
  await documents.add([incoming('a.txt', 'One.')]);
  expect(documents.entry('a.txt')?.status).toMatchObject({
    state: 'words-only',
    reason: expect.stringContaining('no memory left to make its vectors') as string,
  });
  expect(shelf.index.get('a.txt')).toEqual(['One.']);
});
