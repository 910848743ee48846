import { describe, expect, it } from 'vitest';
import {
  depthsOf,
  mostInner,
  mostInnerBytes,
  mostLevels,
  pathsAround,
  pathsWithin,
  unpack,
  type Placed,
} from './inner.ts';

const entries: readonly Placed[] = [
  { path: 'desk.zip', outer: null, bytes: 10 },
  { path: 'desk.zip/oil.eml', outer: 'desk.zip', bytes: 10 },
  { path: 'desk.zip/oil.eml/oil.csv', outer: 'desk.zip/oil.eml', bytes: 10 },
  { path: 'desk.zip/keeper.txt', outer: 'desk.zip', bytes: 10 },
  { path: 'other.txt', outer: null, bytes: 10 },
];
const blob = new Blob(['x']);

describe('files inside files', () => {
  it('knows what lies inside and around each', () => {
    expect([...pathsWithin(entries, 'desk.zip')]).toEqual(entries.slice(1, 4).map(({ path }) => path));
    expect([...pathsWithin(entries, 'other.txt')]).toEqual([]);
    expect(pathsAround(entries, 'desk.zip/oil.eml/oil.csv')).toEqual(['desk.zip/oil.eml', 'desk.zip']);
    expect([...depthsOf(entries).values()]).toEqual([0, 1, 2, 1, 0]);
  });

  it('gives an inner file the same path every time', () => {
    const inner = [{ path: 'oil.eml', blob }];
    expect(unpack('desk.zip', inner, entries).files.map(({ path }) => path)).toEqual(['desk.zip/oil.eml']);
    expect(unpack('desk.zip', inner, entries.slice(0, 1)).files[0]?.file.name).toBe('oil.eml');
  });

  it('keeps two of one name apart, and apart from a document of that path from elsewhere', () => {
    const inner = [
      { path: 'a.txt', blob },
      { path: 'a.txt', blob },
    ];
    const placed = [
      { path: 'd.zip', outer: null, bytes: 10 },
      { path: 'd.zip/a.txt', outer: null, bytes: 10 },
    ];
    expect(unpack('d.zip', inner, placed).files.map(({ path }) => path)).toEqual([
      'd.zip/a (2).txt',
      'd.zip/a (3).txt',
    ]);
  });

  it('goes only so deep, and says so', () => {
    const chain = Array.from({ length: mostLevels + 1 }, (_, i): Placed => ({
      path: `f${i}`,
      outer: i === 0 ? null : `f${i - 1}`,
      bytes: 10,
    }));
    expect(unpack(`f${mostLevels - 1}`, [{ path: 'a', blob }], chain).files).toHaveLength(1);
    const { files, notes } = unpack(`f${mostLevels}`, [{ path: 'a', blob }], chain);
    expect(files).toEqual([]);
    expect(notes).toEqual(['One file inside it was not read: files inside files are opened at most 4 levels deep.']);
  });

  it('takes so many files from one dropped file in all, and says how many were left', () => {
    const inner = Array.from({ length: mostInner + 7 }, (_, i) => ({ path: `${i}.txt`, blob }));
    const { files, notes } = unpack('desk.zip/oil.eml', inner, entries);
    // Two others came from the same archive: the mail itself and a note.
    expect(files).toHaveLength(mostInner - 2);
    expect(notes).toEqual([
      '9 files inside it were not read: at most 5,000 files are taken from one file. Unpack it and add the rest.',
    ]);
  });

  it('takes so many bytes from one dropped file in all, whatever each archive in it may bring', () => {
    const placed = [...entries, { path: 'desk.zip/a.zip', outer: 'desk.zip', bytes: mostInnerBytes - 1000 }];
    const inner = [
      { path: 'one.txt', blob: new Blob(['x'.repeat(900)]) },
      { path: 'two.txt', blob: new Blob(['x'.repeat(900)]) },
    ];
    const { files, notes } = unpack('desk.zip/oil.eml', inner, placed);
    expect(files.map(({ path }) => path)).toEqual(['desk.zip/oil.eml/one.txt']);
    expect(notes).toEqual([
      'One file inside it was not read: at most 1 GB is taken from one file. Unpack it and add the rest.',
    ]);
  });
});
