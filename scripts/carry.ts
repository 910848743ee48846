/**
 * `npm run carry`: a collection, for those who outgrow a page, into an engine that they have, and searched there.
 *   -- --to pgvector FILE --into postgres://…        PostgreSQL with the extension pgvector
 *   -- --to pgvector FILE --into DIR                  the same as PGlite, in a folder
 *   -- --to lancedb FILE --into DIR                   LanceDB, in a folder
 *   [--table passages] [--passphrase-file F] [--search "question" | --vector FILE.json] [--top 10]
 * FILE is a collection (.carrel), or its passages as .jsonl or .parquet; without FILE an earlier table is searched. The
 * vector of a question is made by the built page in headless Chromium; --vector takes one, as a list of numbers in JSON.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Embedder, Engine, Found } from './carry/engine.ts';
import { batches, readRows } from './carry/read-rows.ts';
import { checkVector } from '../src/pipeline/index/vector.ts';
import type { PassageRow } from '../src/library/carried/rows.ts';
import { runAsMain } from './main.ts';

const engines = ['pgvector', 'lancedb'] as const;

const USAGE = `Say where to: --to ${engines.join(' or ')} FILE --into PLACE, with --search "question" to search there.`;

/** Rows at a time. */
const batchRows = { pgvector: 500, lancedb: 10_000 } as const;

export async function openEngine(to: string | undefined, into: string, table: string): Promise<Engine> {
  // Each is large: the other is not loaded.
  if (to === 'pgvector') return (await import('./carry/pgvector.ts')).Pgvector.open(into, table);
  if (to === 'lancedb') return (await import('./carry/lancedb.ts')).LanceDb.open(into, table);
  throw new Error(USAGE);
}

/** Loads all rows of a file; resolves with how many there are. @throws Error with a sentence, and there is no table */
export async function carry(engine: Engine, rows: AsyncGenerator<PassageRow>, size: number): Promise<number> {
  const waiting: PassageRow[] = [];
  let embedder: Embedder | null = null;
  // The first vector says how long they are; rows without one may come before it.
  for (let next = await rows.next(); !next.done; next = await rows.next()) {
    waiting.push(next.value);
    const { model, weights, vector } = next.value;
    if (!vector) continue;
    embedder = { model, weights, dimensions: vector.length };
    break;
  }
  if (!embedder) throw new Error('No passage of the file has a vector: there is nothing to search by meaning.');
  async function* all(): AsyncGenerator<PassageRow> {
    yield* waiting;
    yield* rows;
  }
  return engine.load(batches(all(), size), embedder);
}

function listed(found: readonly Found[]): string {
  return found
    .map(({ cosine, document, part, text }, i) => {
      const place = part ? `${document}, ${part}` : document;
      return `${i + 1}. ${cosine.toFixed(4)}  ${place}\n   ${text.replace(/\s+/g, ' ').slice(0, 160)}`;
    })
    .join('\n');
}

async function queryVector(
  engine: Engine,
  question: string | undefined,
  file: string | undefined,
): Promise<Float32Array> {
  const embedder = await engine.embedder();
  if (file === undefined) return (await import('./carry/question.ts')).questionVector(question!, embedder);
  const vector = Float32Array.from(JSON.parse(await readFile(file, 'utf8')) as number[]);
  checkVector(vector, embedder.dimensions);
  return vector;
}

runAsMain(import.meta.url, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      into: { type: 'string' },
      table: { type: 'string', default: 'passages' },
      'passphrase-file': { type: 'string' },
      search: { type: 'string' },
      vector: { type: 'string' },
      top: { type: 'string', default: '10' },
    },
  });
  const [file] = positionals;
  const { to, into, table, search, vector } = values;
  const asks = search !== undefined || vector !== undefined;
  if (into === undefined || (file === undefined && !asks)) throw new Error(USAGE);
  const engine = await openEngine(to, into, table);
  try {
    if (file !== undefined) {
      const secret = values['passphrase-file'];
      const passphrase = secret === undefined ? '' : (await readFile(secret, 'utf8')).replace(/\r?\n$/, '');
      const began = performance.now();
      const loaded = await carry(engine, readRows(file, passphrase), batchRows[to as keyof typeof batchRows]);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`${loaded.toLocaleString('en')} passages are in the table ${table}, loaded in ${seconds} s.`);
    }
    if (asks) console.log(listed(await engine.search(await queryVector(engine, search, vector), Number(values.top))));
  } finally {
    await engine.close();
  }
});
