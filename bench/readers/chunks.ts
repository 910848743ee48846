/** What each reader adds to the page when its first file comes: the sizes of the scripts that are loaded with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface Chunk {
  /** The module that is loaded: `docx`. */
  readonly name: string;
  readonly files: number;
  /** Bytes beyond what the reader's worker has loaded by itself, and the same in gzip. */
  readonly bytes: number;
  readonly gzip: number;
}

const STATIC = /(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g;
const LATER = /\bimport\(\s*["'`]\.\/([\w.-]+\.js)["'`]\s*\)/g;

/** The reader's own worker first, then every module that it loads later, by name; script alone, no data of a library. */
export function chunks(dist: string): readonly Chunk[] {
  const assets = join(dist, 'assets');
  const entry = readdirSync(assets).find((name) => /^reader-[\w-]+\.js$/.test(name));
  if (entry === undefined) throw new Error('The build has no script named reader.');
  const source = (name: string) => readFileSync(join(assets, name), 'utf8');
  const named = (name: string, pattern: RegExp) => Array.from(source(name).matchAll(pattern), ([, found]) => found!);
  /** The script with all that it imports at once. */
  const whole = (name: string, seen = new Set<string>()): ReadonlySet<string> => {
    if (!seen.has(name)) {
      seen.add(name);
      for (const other of named(name, STATIC)) whole(other, seen);
    }
    return seen;
  };
  const first = whole(entry);
  const later = new Set([...first].flatMap((name) => named(name, LATER)).filter((name) => !first.has(name)));
  const sized = (name: string, files: readonly string[]): Chunk => ({
    name: name.replace(/-[\w-]{8}\.js$/, ''),
    files: files.length,
    bytes: files.reduce((sum, file) => sum + source(file).length, 0),
    gzip: files.reduce((sum, file) => sum + gzipSync(source(file)).length, 0),
  });
  return [
    sized(entry, [...first]),
    ...[...later]
      .map((name) => sized(name, [...reached(name, first, whole, (one) => named(one, LATER))]))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  ];
}

/** A module with what it imports and what it will load itself, without what is there already. */
function reached(
  name: string,
  there: ReadonlySet<string>,
  whole: (name: string) => ReadonlySet<string>,
  later: (name: string) => readonly string[],
): ReadonlySet<string> {
  const all = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (all.has(next) || there.has(next)) continue;
    for (const one of whole(next)) {
      if (there.has(one) || all.has(one)) continue;
      all.add(one);
      open.push(...later(one));
    }
  }
  return all;
}
