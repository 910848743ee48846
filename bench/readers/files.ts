/** The files that the bench reads, and where it keeps what it makes. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ROOT } from '../../scripts/root.ts';
import { extensionOf } from '../../src/pipeline/read/reading.ts';

export interface Sample {
  /** Where it lies. */
  readonly file: string;
  /** Below its folder; the name in every table. */
  readonly path: string;
  /** What its name promises: `docx`. */
  readonly format: string;
  /** SHA-256 of its bytes, the first 16 digits. */
  readonly hash: string;
  /** By the bench, from these files. */
  readonly madeFrom: readonly Sample[];
}

/** Kept between runs, by hash: making and measuring take longer than reading. */
export const KEPT = join(ROOT, 'test-results', 'readers');

const OWN = join(ROOT, 'tests', 'fixtures', 'documents');

/** Endings that are one format. */
const SAME: Readonly<Record<string, string>> = { htm: 'html', tab: 'tsv', yml: 'yaml', mht: 'mhtml', markdown: 'md' };

/** The folder to read when none is named: real files beside the project, else the project's own. */
export function defaultFolder(): string {
  const beside = join(ROOT, '..', 'shared', 'documents');
  return existsSync(beside) ? beside : OWN;
}

/** All files of a folder, in the order of their paths; hidden ones and the note on their sources left out. */
export function samplesOf(folder: string): Sample[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && entry.name !== 'SOURCES.md')
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => sample(file, relative(folder, file).split(sep).join('/'), []))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function sample(file: string, path: string, madeFrom: readonly Sample[]): Sample {
  const extension = extensionOf(path);
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
  return { file, path, format: SAME[extension] ?? extension, hash, madeFrom };
}

/** Eight digits that change when one of these scripts of this folder does: part of the names of what they make. */
export function stateOf(scripts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const script of scripts) hash.update(readFileSync(join(import.meta.dirname, script)));
  return hash.digest('hex').slice(0, 8);
}
