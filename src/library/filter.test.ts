import { describe, expect, it } from 'vitest';
import { dateOf, filtered, foldersOf, isActive, kindsOf, noFilter, withinOf, type Filter } from './filter.ts';
import { documentOf, fileOf, passagesOf, waitingEntry } from './kept/fake-desk.ts';
import type { Entry } from './state.ts';

function read(
  path: string,
  more: { readonly kind?: 'pdf' | 'text'; readonly date?: string; readonly title?: string },
): Entry {
  const document = { ...documentOf(path, 'One line.'), kind: more.kind ?? 'text', date: more.date ?? '' };
  const passages = passagesOf({ ...document, title: more.title ?? path });
  const name = path.slice(path.lastIndexOf('/') + 1);
  return waitingEntry(path, 'One line.', { name, document, passages });
}

const entries = [
  read('letters/2024/Ämter.txt', { date: '2024-03-01', title: 'Offices › Rent' }),
  read('letters/2025/rent.pdf', { kind: 'pdf', date: '2025' }),
  read('lease.pdf', { kind: 'pdf', date: '2023-11', title: 'Lease › Rent and deposit' }),
  waitingEntry('letters/waits.txt', 'W', { name: 'waits.txt', file: new File([''], 'waits.txt', { lastModified: 0 }) }),
];
const names = (filter: Partial<Filter>) => filtered(entries, { ...noFilter, ...filter }).map(({ name }) => name);

describe('a filter', () => {
  it('shows everything while nothing is chosen', () => {
    expect(filtered(entries, noFilter)).toBe(entries);
    expect(isActive(noFilter)).toBe(false);
    expect(isActive({ ...noFilter, name: '  ' })).toBe(false);
  });

  it('goes by name, folder, type, date and heading, and by all that are chosen together', () => {
    expect(names({ name: 'amter' })).toEqual(['Ämter.txt']);
    expect(names({ folder: 'letters' })).toEqual(['Ämter.txt', 'rent.pdf', 'waits.txt']);
    expect(names({ folder: 'letters/2025' })).toEqual(['rent.pdf']);
    expect(names({ folder: 'lett' })).toEqual([]);
    expect(names({ kind: 'pdf' })).toEqual(['rent.pdf', 'lease.pdf']);
    expect(names({ heading: 'rent' })).toEqual(['Ämter.txt', 'rent.pdf', 'lease.pdf']);
    expect(names({ heading: 'deposit' })).toEqual(['lease.pdf']);
    expect(names({ kind: 'pdf', heading: 'Rent', folder: 'letters' })).toEqual(['rent.pdf']);
  });

  it('takes a date as exactly as it is known', () => {
    expect(names({ from: '2024-03-01', to: '2024-03-01' })).toEqual(['Ämter.txt']);
    expect(names({ from: '2024-03-02', to: '2025-05-31' })).toEqual(['rent.pdf']);
    expect(names({ from: '2023-11-30', to: '2023-12-31' })).toEqual(['lease.pdf']);
    expect(names({ to: '1970-12-31' })).toEqual(['waits.txt']);
    expect(dateOf({ document: null, file: fileOf('a', '') })).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('limits a search to what can be searched of it', () => {
    expect(withinOf(entries, { ...noFilter, folder: 'letters', heading: ' Rent ' })).toEqual({
      paths: ['letters/2024/Ämter.txt', 'letters/2025/rent.pdf'],
      heading: 'Rent',
    });
    expect(withinOf(entries, { ...noFilter, name: 'waits' })).toBe(null);
  });

  it('offers the folders and types that there are', () => {
    expect(foldersOf(entries)).toEqual(['letters', 'letters/2024', 'letters/2025']);
    expect(kindsOf(entries)).toEqual(['text', 'pdf']);
  });
});
