/** A collection goes into real engines, and they find there what the page finds. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carry, openEngine } from '../carry.ts';
import { deskCollection } from '../../src/library/carried/collection.ts';
import { jsonLines } from '../../src/library/carried/json-lines.ts';
import { parquet } from '../../src/library/carried/parquet.ts';
import { rowsOf, type PassageRow } from '../../src/library/carried/rows.ts';
import { saveCollection } from '../../src/library/carried/save.ts';
import { encrypt } from '../../src/library/carried/encryption.ts';
import { readEntry, stamp, waitingEntry } from '../../src/library/kept/fake-desk.ts';
import { defaultSettings } from '../../src/library/settings.ts';
import { FlatIndex } from '../../src/pipeline/index/flat.ts';
import { smallFiles } from '../../tests/support/small-files.ts';
import { randomFrom } from '../../tests/support/random.ts';
import { randomVector } from '../../tests/support/vectors.ts';
import { readRows } from './read-rows.ts';

const dimensions = 24;
const random = randomFrom(7);
const vectorOf = new Map<string, Float32Array>();

/** Documents of thirty lines each; every third line stands in all of them, so that many passages score alike. */
const entries = smallFiles(12).map(({ name, text }) => {
  const lines = Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? `Line ${i} of the rules.` : `${text} Line ${i}.`));
  const whole = lines.join('\n');
  return readEntry(waitingEntry(name, whole), whole);
});

const collection = deskCollection(
  {
    ...{ name: 'Harbour', settings: defaultSettings, turns: [], questions: [], entries },
    vectorsOf(path) {
      const { passages } = entries.find((entry) => entry.path === path)!;
      const ids = [...new Set(passages.map(({ id }) => id))];
      const rows = passages.filter(({ id }, i) => passages.findIndex((one) => one.id === id) === i);
      const values = new Float32Array(ids.length * dimensions);
      rows.forEach(({ text }, i) => {
        // By its text, not by its id: the id holds the title too, and equal scores are wanted.
        if (!vectorOf.has(text)) vectorOf.set(text, randomVector(random, dimensions));
        values.set(vectorOf.get(text)!, i * dimensions);
      });
      return Promise.resolve({ ids, values, stamp: { ...stamp, dimensions } });
    },
  },
  new Date('2026-03-01'),
);

let folder: string;
const at = (name: string): string => join(folder, name);
const PHRASE = 'nine blue lamps';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carry-'));
  const saved = await saveCollection(collection, { originals: false, now: new Date('2026-03-01') });
  const write = async (name: string, blob: Blob) => writeFile(at(name), new Uint8Array(await blob.arrayBuffer()));
  await write('harbour.carrel', saved);
  await write('sealed.carrel', await encrypt(saved, PHRASE));
  await write('harbour.jsonl', await jsonLines(rowsOf(collection)));
  await write('harbour.parquet', await parquet(rowsOf(collection)));
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function all(rows: AsyncIterable<PassageRow>): Promise<PassageRow[]> {
  const found: PassageRow[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

describe('what is carried', () => {
  it('is the same rows from a collection, encrypted or not, from JSON lines and from Parquet', async () => {
    const expected = await all(rowsOf(collection));
    expect(expected).toHaveLength(360);
    for (const name of ['harbour.carrel', 'sealed.carrel', 'harbour.jsonl', 'harbour.parquet'])
      expect(await all(readRows(at(name), PHRASE)), name).toEqual(expected);
    await expect(all(readRows(at('sealed.carrel')))).rejects.toThrow('is encrypted: give --passphrase-file');
  }, 120_000);

  it('is refused with a sentence where it is no passages', async () => {
    await writeFile(at('odd.jsonl'), '{"row":0}\n');
    await expect(all(readRows(at('odd.jsonl')))).rejects.toThrow('row 1: document is not what a passage has');
    await writeFile(at('broken.jsonl'), '{"row":');
    await expect(all(readRows(at('broken.jsonl')))).rejects.toThrow('line 1, is no JSON');
    await expect(all(readRows(at('none.carrel')))).rejects.toThrow('There is no file');
    await writeFile(at('broken.carrel'), 'PK');
    await expect(all(readRows(at('broken.carrel')))).rejects.toThrow('its end is missing');
  });
});

describe.each([
  ['pgvector', 'harbour.carrel'],
  ['lancedb', 'harbour.parquet'],
])('in %s', (to, file) => {
  it('the top 10 are those of the page, in its order and with its scores; the table is whole or not there', async () => {
    const engine = await openEngine(to, to === 'pgvector' ? '' : at('lance'), 'passages');
    try {
      await expect(engine.embedder()).rejects.toThrow('There is no table passages yet');
      async function* broken(): AsyncGenerator<PassageRow> {
        yield* readRows(at(file));
        throw new Error('It breaks off.');
      }
      await expect(carry(engine, broken(), 100)).rejects.toThrow('It breaks off.');
      const rows = await all(rowsOf(collection));
      // One without a vector is carried, and is not found by meaning.
      async function* mixed(): AsyncGenerator<PassageRow> {
        yield { ...rows[0]!, row: rows.length, text: 'bare \0 text', model: '', weights: '', vector: null };
        yield* readRows(at(file));
      }
      expect(await carry(engine, mixed(), 100)).toBe(361);
      expect(await engine.embedder()).toEqual({ model: 'small', weights: 'w1', dimensions });
      await expect(carry(engine, readRows(at(file)), 100)).rejects.toThrow('There is a table passages already.');

      const index = FlatIndex.create(dimensions);
      for (const { row, vector } of rows) index.add(row, vector!);
      const queries = [...Array.from({ length: 12 }, () => randomVector(random, dimensions)), rows[0]!.vector!];
      for (const query of queries) {
        const found = await engine.search(query, 10);
        const expected = index.search(query, 10);
        expect(found.map(({ row, cosine }) => ({ key: row, score: cosine }))).toEqual(expected);
        for (const { row, text } of found) expect(text).toBe(rows[row]!.text);
      }
      // Twelve documents hold this line: the first ten of them are the answer.
      expect((await engine.search(rows[0]!.vector!, 10)).map(({ row }) => row)).toEqual(
        Array.from({ length: 10 }, (_, i) => i * 30),
      );
    } finally {
      await engine.close();
    }
  }, 180_000);
});
