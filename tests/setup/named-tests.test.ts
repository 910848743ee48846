/** Every test that the threat model names as proof exists under that name, so that none stands there after it has gone. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/root.ts';

/** Texts of all test files, by file name: two of one name stand together. */
const SOURCES = new Map<string, string>();
for (const folder of ['src', 'tests', 'scripts', 'bench']) {
  for (const path of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
    if (!/\.(?:spec|test)\.ts$/.test(path) || path.includes('node_modules')) continue;
    const name = basename(path);
    SOURCES.set(name, (SOURCES.get(name) ?? '') + readFileSync(join(ROOT, folder, path), 'utf8'));
  }
}

interface Named {
  readonly file: string;
  /** '' where the whole file is named. */
  readonly title: string;
}

/** A file in backticks, and the titles in double quotes that follow it, up to the next file or the end of the line. */
function namedTests(markdown: string): Named[] {
  return markdown.split('\n').flatMap((line) => {
    const pieces = line.split(/`([\w.-]+\.(?:spec|test)\.ts)`/);
    return pieces.flatMap((file, i) => {
      if (i % 2 === 0) return [];
      const titles = [...(pieces[i + 1] ?? '').matchAll(/"([^"]+)"/g)].map(([, title = '']) => title);
      return [{ file, title: '' }, ...titles.map((title) => ({ file, title }))];
    });
  });
}

/** `…` stands for any text of one line, as a title may be cut short. */
function stands({ file, title }: Named): boolean {
  const source = SOURCES.get(file);
  if (source === undefined) return false;
  const pieces = title.split('…').map((piece) => piece.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(pieces.join('.*')).test(source);
}

describe('docs/threats.md', () => {
  const named = namedTests(readFileSync(join(ROOT, 'docs/threats.md'), 'utf8'));

  it('names tests that exist', () => {
    expect(named.filter((one) => !stands(one))).toEqual([]);
    expect(named.length).toBeGreaterThan(20);
  });
});

it('finds titles by file, and misses one that is not there', () => {
  const named = namedTests('Tests: `cut.test.ts` "holds for everyone but …", "no such title"; `gone.spec.ts`.');
  expect(named.map(stands)).toEqual([true, true, false, false]);
});
