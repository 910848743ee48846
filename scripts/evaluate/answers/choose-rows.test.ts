import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../root.ts';
import type { GroundedRow } from '../grounded.ts';
import { jsonLines } from '../questions.ts';
import { chooseRows, shares } from './choose-rows.ts';
import { CHOSEN_ROWS, dataSetOf } from './rows.ts';

const chosen = async () => (await readFile(CHOSEN_ROWS, 'utf8')).trimEnd().split('\n');

describe('shares', () => {
  it('go by the square root of the sizes', () => {
    const sizes = new Map(Object.entries({ large: 900, small: 100 }));
    expect(Object.fromEntries(shares(sizes, 40))).toEqual({ large: 30, small: 10 });
  });

  it('take all of a tiny source, and give what it lacks to the others', () => {
    // By the roots, 20, 20 and 2, it would give 100 * 2 / 42, which is more than it has.
    const sizes = new Map(Object.entries({ one: 400, two: 400, tiny: 4 }));
    expect(Object.fromEntries(shares(sizes, 100))).toEqual({ one: 48, two: 48, tiny: 4 });
    expect(Object.fromEntries(shares(sizes, 5000))).toEqual({ one: 400, two: 400, tiny: 4 });
  });

  it('add up where they do not come out even', () => {
    const sizes = new Map(Object.entries({ a: 50, b: 60, c: 70 }));
    const given = [...shares(sizes, 31).values()];
    expect(given.reduce((sum, count) => sum + count, 0)).toBe(31);
  });
});

describe('the chosen rows', () => {
  it('are 600, each once, from all sources', async () => {
    const ids = await chosen();
    expect(new Set(ids).size).toBe(600);
    expect(new Set(ids.map(dataSetOf)).size).toBe(14);
  });

  // Only beside the data can the rule be followed once more.
  const folder = join(ROOT, '../shared/data/grounded');
  if (existsSync(folder))
    it('are what the rule chooses, 90 of them without an answer', async () => {
      const file = gunzipSync(await readFile(join(folder, 'dev.jsonl.gz')));
      const dev = jsonLines(file.toString('utf8')) as GroundedRow[];
      const ids = await chosen();
      expect(ids).toEqual(chooseRows(dev));
      const without = new Set(dev.flatMap(({ id, answer }) => (answer === null ? [id] : [])));
      expect(ids.filter((id) => without.has(id))).toHaveLength(90);
    });
});
