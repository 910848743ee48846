/** Rows of a collection file, of JSON lines or of Parquet, as the page writes them, or another program in the same form. */
import { createReadStream, existsSync, openAsBlob } from 'node:fs';
import { createInterface } from 'node:readline';
import { extname } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import * as v from 'valibot';
import { decrypt, readLocked, unlock } from '../../src/library/carried/encryption.ts';
import { openCollection } from '../../src/library/carried/open.ts';
import { isEncrypted } from '../../src/library/carried/recognise.ts';
import { rowsOf, type PassageRow } from '../../src/library/carried/rows.ts';
import type { DocumentRecords } from '../../src/library/kept/whole.ts';
import { checkVector } from '../../src/pipeline/index/vector.ts';

const text = v.string();
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const rowSchema = v.object({
  ...{ row: whole, document: text, title: text, kind: text, author: text, date: text, id: text },
  ...{ start: whole, end: whole, part: text, context: text, text, embedded: text, model: text, weights: text },
  // The reader of Parquet gives nothing for a list that is null.
  vector: v.nullish(
    v.pipe(
      v.array(v.number()),
      v.transform((values) => Float32Array.from(values)),
    ),
    null,
  ),
}) satisfies v.GenericSchema<unknown, PassageRow>;

/** @param passphrase of an encrypted collection file @throws Error with a sentence; nothing is given before it is checked */
export async function* readRows(file: string, passphrase = ''): AsyncGenerator<PassageRow> {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  switch (extname(file).toLowerCase()) {
    case '.jsonl':
    case '.ndjson':
      return yield* checked(file, fromLines(file));
    case '.parquet':
      return yield* checked(file, fromParquet(file));
    default:
      yield* rowsOf(await fromCollection(file, passphrase));
  }
}

/** In batches, the last of them smaller. */
export async function* batches(rows: AsyncIterable<PassageRow>, size: number): AsyncGenerator<readonly PassageRow[]> {
  let batch: PassageRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function fromCollection(file: string, passphrase: string) {
  let blob: Blob = await openAsBlob(file);
  if (await isEncrypted(blob)) {
    if (passphrase === '') throw new Error(`${file} is encrypted: give --passphrase-file with its passphrase in it.`);
    const locked = await readLocked(blob);
    blob = await decrypt(locked, await unlock(locked, passphrase));
  }
  const { documents, records } = await openCollection(blob);
  return {
    async *documents(): AsyncGenerator<DocumentRecords> {
      for (const document of documents) {
        const { path } = document;
        yield {
          ...{ document, original: undefined },
          ...{ text: await records.text('', path), vectors: await records.vectors('', path) },
        };
      }
    },
  };
}

async function* checked(file: string, rows: AsyncIterable<unknown>): AsyncGenerator<PassageRow> {
  let at = 0;
  for await (const row of rows) {
    at++;
    const parsed = v.safeParse(rowSchema, row);
    if (!parsed.success)
      throw new Error(
        `${file}, row ${at}: ${v.getDotPath(parsed.issues[0]) ?? 'all of it'} is not what a passage has.`,
      );
    const { vector } = parsed.output;
    if (vector) checkVector(vector, vector.length);
    yield parsed.output;
  }
}

async function* fromLines(file: string): AsyncGenerator<unknown> {
  let at = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    at++;
    if (line === '') continue;
    try {
      yield JSON.parse(line);
    } catch (error) {
      throw new Error(`${file}, line ${at}, is no JSON.`, { cause: error });
    }
  }
}

async function* fromParquet(path: string): AsyncGenerator<unknown> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  let rowStart = 0;
  for (const { num_rows: rows } of metadata.row_groups) {
    const rowEnd = rowStart + Number(rows);
    yield* await parquetReadObjects({ file, metadata, rowStart, rowEnd });
    rowStart = rowEnd;
  }
}
