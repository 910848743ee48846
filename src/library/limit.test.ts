import { describe, expect, it } from 'vitest';
import { documentOf, waitingEntry } from './kept/fake-desk.ts';
import { among, limitedTo, toggled, without } from './limit.ts';

const entries = [
  waitingEntry('a.txt', 'A', { document: documentOf('a.txt', 'A') }),
  waitingEntry('mail.eml', 'M', { document: documentOf('mail.eml', 'M') }),
  waitingEntry('mail.eml/b.txt', 'B', { outer: 'mail.eml', document: documentOf('mail.eml/b.txt', 'B') }),
  waitingEntry('waits.txt', 'W'),
];

describe('what questions are limited to', () => {
  it('grows and shrinks by one document and what came inside it', () => {
    const one = toggled(null, 'mail.eml', entries);
    expect(one).toEqual({ paths: ['mail.eml', 'mail.eml/b.txt'], heading: '' });
    const two = toggled(one, 'a.txt', entries);
    expect(two?.paths).toEqual(['mail.eml', 'mail.eml/b.txt', 'a.txt']);
    expect(toggled(two, 'mail.eml', entries)?.paths).toEqual(['a.txt']);
    expect(toggled(one, 'mail.eml/b.txt', entries)?.paths).toEqual(['mail.eml']);
    expect(toggled(toggled(null, 'a.txt', entries), 'a.txt', entries)).toBe(null);
    expect(toggled({ paths: ['a.txt'], heading: 'Rent' }, 'mail.eml', entries)?.heading).toBe('Rent');
  });

  it('loses what is removed, and is no limit when nothing is left', () => {
    const limit = { paths: ['a.txt', 'mail.eml'], heading: 'Rent' };
    expect(without(limit, new Set(['other.txt']))).toBe(limit);
    expect(without(limit, new Set(['a.txt']))).toEqual({ paths: ['mail.eml'], heading: 'Rent' });
    expect(without(limit, new Set(limit.paths))).toBe(null);
    expect(without(null, new Set(['a.txt']))).toBe(null);
  });

  it('that was kept is of those documents that are there', () => {
    const limit = { paths: ['a.txt', 'waits.txt', 'gone.txt'], heading: 'Rent' };
    expect(among(limit, entries)).toEqual({ paths: ['a.txt', 'waits.txt'], heading: 'Rent' });
    expect(among({ paths: ['gone.txt'], heading: '' }, entries)).toBe(null);
    expect(among(null, entries)).toBe(null);
  });

  it('is searched as far as it has been read; with nothing to search it is said, and not widened', () => {
    expect(limitedTo(null, entries)).toBe(null);
    expect(limitedTo({ paths: ['a.txt', 'waits.txt', 'gone.txt'], heading: '' }, entries)?.paths).toEqual(['a.txt']);
    for (const path of ['waits.txt', 'gone.txt'])
      expect(() => limitedTo({ paths: [path], heading: '' }, entries)).toThrow(/None of the documents.*Ask all/);
  });
});
