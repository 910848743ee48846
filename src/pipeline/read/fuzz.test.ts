/**
 * Mutated files of every format: a document that keeps its promises or a `ReadError`, never anything else.
 * 1,000 seeded mutations in `npm test`, 10,000 in `npm run test:long`; the seed of a failure is in its message.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../tests/support/random.ts';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { ReadError } from '../document.ts';
import { FORMATS, promisedKind } from './formats.ts';
import { readDocument } from './read.ts';
import { extensionOf } from './reading.ts';

const FIXTURES = join(import.meta.dirname, '../../../tests/fixtures/documents');
const MUTATIONS = process.env['CARREL_LONG'] ? 10_000 : 1_000;
/** Traps have tests of their own; mutated, they would only take the time of the others. */
const TRAP = /bomb|deep|laughs|loops|matryoshka|lying|repeats|entities|million|thousands/;
const SENTENCE = /^“[^”]*” .*[.?]$/s;

/** Bytes set, a run taken out, a run doubled, or the end cut off; one to four of these. */
function mutated(original: Uint8Array, next: () => number): Uint8Array {
  let bytes = Uint8Array.from(original);
  const at = (): number => Math.floor(next() * bytes.length);
  for (let times = 1 + Math.floor(next() * 4); times > 0 && bytes.length > 1; times--) {
    const [from, to] = [at(), at()].sort((a, b) => a - b) as [number, number];
    const how = next();
    if (how < 0.6) for (let i = 0; i < 8; i++) bytes[at()] = Math.floor(next() * 256);
    else if (how < 0.75)
      bytes = Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(Math.min(to, from + 64))]);
    else if (how < 0.9)
      bytes = Uint8Array.from([
        ...bytes.subarray(0, from),
        ...bytes.subarray(from, from + 64),
        ...bytes.subarray(from),
      ]);
    else bytes = bytes.slice(0, Math.max(1, to));
  }
  return bytes;
}

const files = readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !TRAP.test(entry.name) && !/\.(?:json|md)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((file) => readFileSync(file).length < 64 * 1024)
  .sort();

describe('mutated files', () => {
  it('are there for every format', () => {
    const kinds = new Set(files.map((file) => promisedKind(extensionOf(file))));
    const missing = Object.keys(FORMATS).filter((kind) => !kinds.has(kind as keyof typeof FORMATS));
    // Markdown, JSON and source code are fuzzed as pieces in `read.test.ts` and `plain-formats.test.ts`.
    expect(missing.filter((kind) => !['markdown', 'json', 'code'].includes(kind))).toEqual([]);
  });

  it(
    `end as a document or a ReadError, ${MUTATIONS} of them`,
    async () => {
      const wrong: string[] = [];
      for (let seed = 1; seed <= MUTATIONS; seed++) {
        const file = files[seed % files.length]!;
        const what = `seed ${seed}, ${relative(FIXTURES, file)}`;
        const bytes = mutated(readFileSync(file), randomFrom(seed));
        try {
          const broken = brokenPromises(await readDocument({ path: file.slice(file.lastIndexOf('/') + 1), bytes }));
          if (broken.length > 0) wrong.push(`${what}: ${broken[0]}`);
        } catch (error) {
          if (!(error instanceof ReadError)) wrong.push(`${what}: ${String(error)}`);
          else if (!SENTENCE.test(error.message)) wrong.push(`${what}: ${error.message}`);
        }
      }
      expect(wrong).toEqual([]);
    },
    MUTATIONS * 600,
  );
});
