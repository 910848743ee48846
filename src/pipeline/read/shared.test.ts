import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { ReadError } from '../document.ts';
import { readDocument } from './read.ts';

const root = join(import.meta.dirname, '../../..');
const ours = join(root, 'tests/fixtures/documents/readers');
/** A large collection beside the project; it may be absent. */
const theirs = join(root, '../shared/documents');
const FORMATS = /\.(?:txt|md|html?|csv|docx|pdf)$/i;
const EVERY = 8;
const BUDGET = 40_000;

function filesIn(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => FORMATS.test(path)).map((path) => join(folder, path));
}

describe('real files', () => {
  it(
    'are read with every promise kept, or refused with a sentence',
    async () => {
      const present = existsSync(theirs);
      if (!present) console.log('No collection of real files beside the project: only our own fixtures are read.');
      const sample = [...filesIn(ours), ...(present ? filesIn(theirs).filter((_, i) => i % EVERY === 0) : [])];
      const start = performance.now();
      let [read, tried] = [0, 0];
      for (const path of sample) {
        if (performance.now() - start > BUDGET) break;
        tried++;
        try {
          const document = await readDocument({ path, bytes: new Uint8Array(readFileSync(path)) });
          expect(brokenPromises(document), path).toEqual([]);
          read++;
        } catch (error) {
          if (!(error instanceof ReadError)) throw error;
          expect(error.message).toMatch(/^“[^”]+” .*\.$/s);
          expect(error, path).not.toHaveProperty('cause');
        }
      }
      expect(read).toBeGreaterThan(tried / 3);
    },
    BUDGET + 20_000,
  );
});
