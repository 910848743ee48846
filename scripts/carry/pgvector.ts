/** PostgreSQL with pgvector: a server by its connection string, or PGlite, the same in WebAssembly, in a folder. */
import type { PassageRow } from '../../src/library/carried/rows.ts';
import { missing, ranked, slack, tableName, taken, type Embedder, type Engine, type Found } from './engine.ts';

/** What both clients do alike. */
interface Sql {
  query(text: string, given?: readonly unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
  close(): Promise<void>;
}

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
/** `end` is a word of SQL. */
const names = [...numbers, ...texts].map((name) => `"${name}"`).join(', ');

export class Pgvector implements Engine {
  private constructor(
    private readonly sql: Sql,
    private readonly table: string,
  ) {}

  /** @param where `postgres://…`, or a folder for PGlite; '' for PGlite in memory */
  static async open(where: string, table: string): Promise<Pgvector> {
    return new Pgvector(/^postgres(ql)?:/.test(where) ? await server(where) : await lite(where), tableName(table));
  }

  async load(batches: AsyncIterable<readonly PassageRow[]>, { dimensions }: Embedder): Promise<number> {
    const { sql, table } = this;
    await sql.query('CREATE EXTENSION IF NOT EXISTS vector');
    if (await this.isThere()) throw taken(table);
    await sql.query('BEGIN');
    try {
      const columns = [
        ...numbers.map((name) => `"${name}" integer NOT NULL${name === 'row' ? ' PRIMARY KEY' : ''}`),
        ...texts.map((name) => `"${name}" text NOT NULL`),
        `vector vector(${dimensions})`,
      ];
      await sql.query(`CREATE TABLE ${table} (${columns.join(', ')})`);
      let loaded = 0;
      for await (const batch of batches) {
        await this.insert(batch);
        loaded += batch.length;
      }
      await sql.query('COMMIT');
      return loaded;
    } catch (error) {
      await sql.query('ROLLBACK');
      throw error;
    }
  }

  async embedder(): Promise<Embedder> {
    if (!(await this.isThere())) throw missing(this.table);
    const { rows } = await this.sql.query(
      `SELECT model, weights, vector_dims(vector) AS dimensions FROM ${this.table} WHERE vector IS NOT NULL LIMIT 1`,
    );
    if (rows.length === 0) throw new Error(`No passage in ${this.table} has a vector.`);
    return rows[0] as Embedder;
  }

  async search(vector: Float32Array, k: number): Promise<readonly Found[]> {
    const { rows } = await this.sql.query(
      `SELECT "row", document, part, "start", "end", text, vector::text AS vector FROM ${this.table} ` +
        `WHERE vector IS NOT NULL ORDER BY vector <=> $1::vector, "row" LIMIT ${k + slack}`,
      [vectorText(vector)],
    );
    const found = (rows as (Omit<Found, 'cosine'> & { vector: string })[]).map((one) => {
      return { ...one, vector: Float32Array.from(JSON.parse(one.vector) as number[]) };
    });
    return ranked(vector, found, k);
  }

  close(): Promise<void> {
    return this.sql.close();
  }

  private async isThere(): Promise<boolean> {
    const { rows } = await this.sql.query('SELECT to_regclass($1) IS NOT NULL AS there', [this.table]);
    return (rows[0] as { there: boolean }).there;
  }

  private async insert(batch: readonly PassageRow[]): Promise<void> {
    const given = [
      ...numbers.map((name) => batch.map((row) => row[name])),
      // PostgreSQL holds no zero in a text.
      ...texts.map((name) => batch.map((row) => row[name].replaceAll('\0', '\ufffd'))),
      batch.map(({ vector }) => vector && vectorText(vector)),
    ];
    const types = [...numbers.map(() => 'integer'), ...texts.map(() => 'text'), 'text'];
    const arrays = types.map((type, i) => `$${i + 1}::${type}[]`).join(', ');
    await this.sql.query(
      `INSERT INTO ${this.table} (${names}, vector) ` +
        `SELECT ${names}, vector::vector FROM unnest(${arrays}) AS given (${names}, vector)`,
      given,
    );
  }
}

async function server(connectionString: string): Promise<Sql> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString });
  await client.connect();
  return {
    query: async (text, given) => client.query(text, given as unknown[] | undefined),
    close: () => client.end(),
  };
}

async function lite(folder: string): Promise<Sql> {
  const [{ PGlite }, { vector }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('@electric-sql/pglite/vector'),
  ]);
  const database = await PGlite.create({ ...(folder ? { dataDir: folder } : {}), extensions: { vector } });
  return {
    query: async (text, given) => database.query(text, given as unknown[] | undefined),
    close: () => database.close(),
  };
}

/** As pgvector reads it; nine digits tell every single-precision number from its neighbours. */
function vectorText(vector: Float32Array): string {
  return `[${Array.from(vector, (value) => Number(value.toPrecision(9))).join(',')}]`;
}
