import { describe, expect, it } from 'vitest';
import { distinctPaths, numbered, readingBudget, sameBytes } from './intake.ts';

const file = (text = '') => new File([text], 'x');

describe('intake', () => {
  it('numbers a taken path before its extension', () => {
    const taken = new Set(['a/lease.pdf', 'a/lease (2).pdf', 'notes', '.env']);
    const has = (path: string) => taken.has(path);
    expect(numbered('b/lease.pdf', has)).toBe('b/lease.pdf');
    expect(numbered('a/lease.pdf', has)).toBe('a/lease (3).pdf');
    expect(numbered('notes', has)).toBe('notes (2)');
    expect(numbered('.env', has)).toBe('.env (2)');
  });

  it('keeps two loose files of one name in one drop, and files of one name in different folders as they are', () => {
    const paths = ['a.txt', 'b/a.txt', 'a.txt', 'a.txt'].map((path) => ({ path, file: file() }));
    expect(distinctPaths(paths).map(({ path }) => path)).toEqual(['a.txt', 'b/a.txt', 'a (2).txt', 'a (3).txt']);
  });

  it('tells equal from changed bytes', async () => {
    expect(await sameBytes(file('abc'), file('abc'))).toBe(true);
    expect(await sameBytes(file('abc'), file('abd'))).toBe(false);
    expect(await sameBytes(file('abc'), file('abcd'))).toBe(false);
    expect(await sameBytes(file(), file())).toBe(true);
  });

  it('gives larger files more time', () => {
    expect(readingBudget(200_000_000)).toBeGreaterThan(2 * readingBudget(0));
  });
});
