import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { collection, entries } from './fake-collection.ts';
import { jsonLines } from './json-lines.ts';
import { parquet } from './parquet.ts';
import { rowsOf, type PassageRow } from './rows.ts';

async function all(): Promise<PassageRow[]> {
  const rows: PassageRow[] = [];
  for await (const row of rowsOf(collection)) rows.push(row);
  return rows;
}

/** Rows of another number, so that groups and batches are full, and one of them is not. */
async function* many(times: number): AsyncGenerator<PassageRow> {
  const rows = await all();
  for (let i = 0; i < times; i++)
    yield { ...rows[i % rows.length]!, row: i, vector: i % 7 === 3 ? null : rows[i % rows.length]!.vector };
}

const plain = ({ vector, ...row }: PassageRow) => ({ ...row, vector: vector && [...vector] });

describe('a collection as a table', () => {
  it('has a row for each passage of what was read, its text the slice of the document’s', async () => {
    const rows = await all();
    const passages = entries.flatMap((entry) => entry.passages);
    expect(rows.map(({ id, text }) => ({ id, text }))).toEqual(passages.map(({ id, text }) => ({ id, text })));
    for (const { document, start, end, text } of rows)
      expect(entries.find(({ path }) => path === document)!.document!.text.slice(start, end)).toBe(text);
    expect(rows[0]).toMatchObject({ row: 0, document: 'keys.txt', kind: 'text', model: 'small', weights: 'w1' });
  });

  it('comes back from JSON lines as it was, every bit of the vectors', async () => {
    const noise = Float32Array.from([0.1, -1 / 3, 1e-30, 0.70710678]);
    async function* rows(): AsyncGenerator<PassageRow> {
      for await (const row of many(1203)) yield row.vector ? { ...row, vector: noise } : row;
    }
    const lines = (await (await jsonLines(rows())).text()).trimEnd().split('\n');
    expect(lines).toHaveLength(1203);
    let i = 0;
    for await (const row of many(1203)) {
      const read = JSON.parse(lines[i++]!) as Omit<PassageRow, 'vector'> & { vector: number[] | null };
      expect({ ...read, vector: null }).toEqual({ ...row, vector: null });
      expect(read.vector && Float32Array.from(read.vector)).toEqual(row.vector && noise);
    }
  });

  it('comes back from Parquet as it was, by a reader of its own', async () => {
    const file = await (await parquet(many(4001))).arrayBuffer();
    expect(Number(parquetMetadata(file).num_rows)).toBe(4001);
    expect(parquetMetadata(file).row_groups).toHaveLength(3);
    const read = (await parquetReadObjects({ file })).map((row) => ({ ...row, vector: row['vector'] ?? null }));
    let i = 0;
    for await (const row of many(4001)) {
      const expected = plain(row);
      // UTF-8 has no half of a pair: it becomes the sign for what is none, of the same length.
      expect(read[i++]).toEqual({
        ...expected,
        ...{ text: row.text.replace('\ud800', '\ufffd'), embedded: row.embedded.replace('\ud800', '\ufffd') },
      });
    }
  });

  it('is a table of no rows where nothing was read', async () => {
    async function* none(): AsyncGenerator<PassageRow> {}
    expect(await (await jsonLines(none())).text()).toBe('');
    expect(await parquetReadObjects({ file: await (await parquet(none())).arrayBuffer() })).toEqual([]);
  });
});
