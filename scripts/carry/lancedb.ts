/** LanceDB: a folder of tables in the Lance format. */
import { createRequire } from 'node:module';
import { connect, type Connection, type Table } from '@lancedb/lancedb';
import type { Schema, Table as ArrowTable } from 'apache-arrow';
import type { PassageRow } from '../../src/library/carried/rows.ts';
import { missing, ranked, slack, tableName, taken, type Embedder, type Engine, type Found } from './engine.ts';

// LanceDB holds Arrow as CommonJS: what the other build of the same package makes is no table to it.
const arrow = createRequire(import.meta.url)('apache-arrow') as typeof import('apache-arrow');
const { Field, FixedSizeList, Float32, Int32, makeData, RecordBatch, Struct, Utf8, vectorFromArray } = arrow;

const numbers = ['row', 'start', 'end'] as const;
const texts = [
  'document',
  'title',
  'kind',
  'author',
  'date',
  'id',
  'part',
  'context',
  'text',
  'embedded',
  'model',
  'weights',
] as const;

export class LanceDb implements Engine {
  private constructor(
    private readonly database: Connection,
    private readonly name: string,
  ) {}

  static async open(folder: string, table: string): Promise<LanceDb> {
    return new LanceDb(await connect(folder), tableName(table));
  }

  async load(batches: AsyncIterable<readonly PassageRow[]>, { dimensions }: Embedder): Promise<number> {
    if (await this.isThere()) throw taken(this.name);
    const table = await this.database.createEmptyTable(this.name, schemaOf(dimensions));
    try {
      let loaded = 0;
      for await (const batch of batches) {
        await table.add(arrowTable(batch, dimensions));
        loaded += batch.length;
      }
      return loaded;
    } catch (error) {
      await this.database.dropTable(this.name);
      throw error;
    }
  }

  async embedder(): Promise<Embedder> {
    const table = await this.table();
    const [first] = (await table.query().where('vector IS NOT NULL').limit(1).toArray()) as {
      model: string;
      weights: string;
      vector: { length: number };
    }[];
    if (!first) throw new Error(`No passage in ${this.name} has a vector.`);
    return { model: first.model, weights: first.weights, dimensions: first.vector.length };
  }

  async search(vector: Float32Array, k: number): Promise<readonly Found[]> {
    const rows = (await (
      await this.table()
    )
      .vectorSearch(vector)
      .distanceType('cosine')
      .where('vector IS NOT NULL')
      .select(['row', 'document', 'part', 'start', 'end', 'text', 'vector', '_distance'])
      .limit(k + slack)
      .toArray()) as (Omit<Found, 'cosine'> & { vector: Iterable<number> })[];
    const found = rows.map(({ row, document, part, start, end, text, vector: values }) => {
      return { row, document, part, start, end, text, vector: Float32Array.from(values) };
    });
    return ranked(vector, found, k);
  }

  close(): Promise<void> {
    this.database.close();
    return Promise.resolve();
  }

  private async isThere(): Promise<boolean> {
    return (await this.database.tableNames()).includes(this.name);
  }

  private async table(): Promise<Table> {
    if (!(await this.isThere())) throw missing(this.name);
    return this.database.openTable(this.name);
  }
}

function schemaOf(dimensions: number): Schema {
  return new arrow.Schema([
    ...numbers.map((name) => new Field(name, new Int32(), false)),
    ...texts.map((name) => new Field(name, new Utf8(), false)),
    new Field('vector', listOf(dimensions), true),
  ]);
}

const listOf = (dimensions: number) => new FixedSizeList(dimensions, new Field('item', new Float32(), true));

function arrowTable(batch: readonly PassageRow[], dimensions: number): ArrowTable {
  const schema = schemaOf(dimensions);
  const children = [
    ...numbers.map(
      (name) =>
        vectorFromArray(
          batch.map((row) => row[name]),
          new Int32(),
        ).data[0]!,
    ),
    ...texts.map(
      (name) =>
        vectorFromArray(
          batch.map((row) => row[name]),
          new Utf8(),
        ).data[0]!,
    ),
    vectorData(batch, dimensions),
  ];
  const data = makeData({ type: new Struct(schema.fields), length: batch.length, nullCount: 0, children });
  return new arrow.Table(schema, [new RecordBatch(schema, data)]);
}

/** All vectors in one block, with a bit for each that is there. */
function vectorData(batch: readonly PassageRow[], dimensions: number) {
  const data = new Float32Array(batch.length * dimensions);
  const nullBitmap = new Uint8Array(Math.ceil(batch.length / 64) * 8);
  let nullCount = 0;
  batch.forEach(({ row, vector }, i) => {
    if (vector && vector.length !== dimensions)
      throw new Error(`The vector of row ${row} has ${vector.length} dimensions, those before it ${dimensions}.`);
    if (!vector) nullCount++;
    else {
      data.set(vector, i * dimensions);
      nullBitmap[i >> 3]! |= 1 << (i & 7);
    }
  });
  const child = makeData({ type: new Float32(), length: data.length, nullCount: 0, data });
  return makeData({ type: listOf(dimensions), length: batch.length, nullCount, nullBitmap, child });
}
