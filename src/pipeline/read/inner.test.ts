import { describe, expect, it } from 'vitest';
import { UniquePaths, depthIn, safeName, safePath, sizeText } from './inner.ts';

describe('names of inner files', () => {
  it.each([
    ['../../etc/passwd', 'etc/passwd', 'passwd'],
    ['/root.txt', 'root.txt', 'root.txt'],
    ['C:\\work\\a.txt', 'work/a.txt', 'a.txt'],
    ['a/./b//c.txt', 'a/b/c.txt', 'c.txt'],
    ['.hidden', 'hidden', 'hidden'],
    ['in\u202Etxt.exe', 'in txt.exe', 'in txt.exe'],
    ['..', '', ''],
  ])('%s does no harm', (name, path, last) => {
    expect([safePath(name), safeName(name)]).toEqual([path, last]);
  });

  it('cuts long names and keeps their ending', () => {
    expect(safeName(`${'x'.repeat(300)}.pdf`)).toMatch(/^x{115}…\.pdf$/);
  });

  it('gives each path once', () => {
    const paths = new UniquePaths();
    expect(['a.txt', 'A.txt', 'a (2).txt', 'a.txt'].map((path) => paths.take(path))).toEqual([
      ...['a.txt', 'A (2).txt', 'a (2) (2).txt', 'a (3).txt'],
    ]);
  });

  it('counts archives in a path, and bytes as people do', () => {
    expect(depthIn('a.zip/b/c.ZIP/d.zip', ['zip'])).toBe(2);
    expect([1, 999, 4200, 17_000_000, 9.96e9].map(sizeText)).toEqual([
      '1 byte',
      '999 bytes',
      '4.2 kB',
      '17 MB',
      '10 GB',
    ]);
  });
});
