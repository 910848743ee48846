/** A collection as Apache Parquet: a row for each passage, its vector as a list of floats. */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { PassageRow } from './rows.ts';

/** Rows of a group: a reader unpacks a group at a time. */
const groupRows = 2000;

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
const numbers = ['row', 'start', 'end'] as const;

type Schema = ConstructorParameters<typeof ParquetWriter>[0]['schema'];

const schema: Schema = [
  { name: 'passages', num_children: numbers.length + texts.length + 1 },
  ...numbers.map((name) => ({ name, type: 'INT32' as const, repetition_type: 'REQUIRED' as const })),
  ...texts.map((name) => ({
    ...{ name, type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const, repetition_type: 'REQUIRED' as const },
  })),
  { name: 'vector', converted_type: 'LIST', repetition_type: 'OPTIONAL', num_children: 1 },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
];

/** Gives its bytes away after each group of rows, so that the file is never in memory as a whole. */
class BlobWriter extends ByteWriter {
  readonly parts: Blob[] = [];

  flush(): void {
    this.parts.push(new Blob([this.getBuffer()]));
    this.index = 0;
  }
}

export async function parquet(rows: AsyncIterable<PassageRow>): Promise<Blob> {
  const writer = new BlobWriter();
  const file = new ParquetWriter({ writer, schema, createdBy: 'carrel' });
  let group: PassageRow[] = [];
  const flush = async (): Promise<void> => {
    if (group.length > 0) await file.write({ columnData: columns(group), rowGroupSize: groupRows });
    group = [];
  };
  for await (const row of rows) {
    group.push(row);
    if (group.length === groupRows) await flush();
  }
  await flush();
  await file.finish();
  writer.flush();
  return new Blob(writer.parts, { type: 'application/vnd.apache.parquet' });
}

function columns(group: readonly PassageRow[]) {
  return [
    ...numbers.map((name) => ({ name, data: group.map((row) => row[name]) })),
    ...texts.map((name) => ({ name, data: group.map((row) => row[name]) })),
    // Noise does not get smaller: it is written as it is.
    {
      ...{ name: 'vector', data: group.map(({ vector }) => vector && Array.from(vector)) },
      ...{ codec: 'UNCOMPRESSED' as const, encoding: 'PLAIN' as const, statistics: false },
    },
  ];
}
