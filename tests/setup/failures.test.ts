/** Every row of docs/failures.md is pinned by a test that exists: a row whose test is renamed or gone fails here. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Of a title in the text, or in the source, what may stand for anything: `…`, `%s`, `${name}`. */
const ANYTHING = '\0';

const wild = (title: string): string => title.replace(/…|%[sdifjo]/g, ANYTHING);

/** Whether some text fits both. */
function fit(a: string, b: string): boolean {
  const seen = new Set<number>();
  const from = (i: number, j: number): boolean => {
    const state = i * (b.length + 1) + j;
    if (seen.has(state)) return false;
    seen.add(state);
    if (i === a.length && j === b.length) return true;
    if (a[i] === ANYTHING && (from(i + 1, j) || (j < b.length && from(i, j + 1)))) return true;
    if (b[j] === ANYTHING && (from(i, j + 1) || (i < a.length && from(i + 1, j)))) return true;
    return i < a.length && j < b.length && a[i] === b[j] && from(i + 1, j + 1);
  };
  return from(0, 0);
}

/** The titles of the tests in a file, and of the groups that they stand in. */
function titlesIn(path: string): readonly string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(?:test|it|describe)\b/.test(node.expression.getText())) {
      const [title] = node.arguments;
      if (title && ts.isStringLiteralLike(title)) titles.push(wild(title.text));
      else if (title && ts.isTemplateExpression(title))
        titles.push(wild([title.head.text, ...title.templateSpans.map(({ literal }) => literal.text)].join(ANYTHING)));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return titles.map((title) => title.replace(/ @long$/, ANYTHING));
}

const testFiles = ['src', 'scripts', 'tests'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:test|spec)\.ts$/.test(path))
    .map((path) => join(root, folder, path)),
);

interface Row {
  readonly what: string;
  readonly test: string;
}

const rows: readonly Row[] = readFileSync(join(root, 'docs/failures.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\|/.test(line) && !/^\| (?:what (?:goes|is|happens)\b.*\| test |-)/.test(line))
  .map((line) => {
    const cells = line.split(/(?<!\\)\|/).slice(1, -1);
    return { what: cells[0]!.trim(), test: cells.at(-1)!.trim() };
  });

/** What a cell names: a file, or a title in the file that was named last. */
const NAMED = /`([\w./-]+\.(?:test|spec)\.ts)`|"([^"]+)"/g;

/** What a row names and is not there. */
function missing(): readonly string[] {
  const faults: string[] = [];
  let files: readonly string[] = [];
  for (const { what, test } of rows) {
    const named = [...test.matchAll(NAMED)];
    if (named.length === 0 && !test.startsWith('the same')) faults.push(`${what}: no test`);
    for (const [, file, title] of named) {
      if (file !== undefined) {
        files = testFiles.filter((path) => `/${relative(root, path)}`.endsWith(`/${file}`));
        if (files.length === 0) faults.push(`${what}: there is no ${file}`);
      } else if (!files.some((path) => titlesOf(path).some((one) => fit(wild(title!), one)))) {
        faults.push(`${what}: no test “${title}” in ${files.map((path) => relative(root, path)).join(', ')}`);
      }
    }
  }
  return faults;
}

const read = new Map<string, readonly string[]>();
function titlesOf(path: string): readonly string[] {
  const titles = read.get(path) ?? titlesIn(path);
  read.set(path, titles);
  return titles;
}

describe('the list of failures', () => {
  it('names for each a test that exists', () => {
    expect(missing()).toEqual([]);
  });

  it('has no row twice, and many', () => {
    expect(rows.length).toBeGreaterThan(80);
    expect(rows.filter((row, i) => rows.findIndex(({ what }) => what === row.what) !== i)).toEqual([]);
  });

  it('would notice a title that is no test’s', () => {
    expect(fit(wild('a file of 210 MB …'), wild('a file of 210 MB is refused at once'))).toBe(true);
    expect(fit(wild('in a window without Cache …'), `in a window ${ANYTHING}, as a private one`)).toBe(true);
    expect(fit(wild('a file of 211 MB …'), wild('a file of 210 MB is refused at once'))).toBe(false);
    expect(fit('half a tit', 'half a title')).toBe(false);
  });
});
