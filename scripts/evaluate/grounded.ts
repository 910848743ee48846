/** The folder of grounded questions: rows {id, title, question, passages, gold, answer} over passages {id, text}. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Question } from '../../src/lab/question.ts';
import { jsonLines, type Pool, type QuestionSet, type Source } from './questions.ts';

export interface GroundedRow {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  /** Ids; the first `gold` hold the evidence. */
  readonly passages: readonly string[];
  readonly gold: number;
  /** Null where the passages do not answer. */
  readonly answer: string | null;
}

/** The whole folder. */
export interface Grounded {
  /** By id. */
  readonly texts: ReadonlyMap<string, string>;
  readonly titles: ReadonlyMap<string, string>;
  readonly dev: readonly GroundedRow[];
  readonly train: readonly GroundedRow[];
}

export interface GroundedOptions {
  /** `titles`: a question is asked of the passages under its title; `whole`: of all of them and 5,000 others. */
  readonly pool: 'titles' | 'whole';
  /**
   * `dev`: the development rows. `two`: the rows of either part whose answer needs two documents. `away-dev` and
   * `away-train`: every second passage is taken away, and questions whose evidence went with them have no answer.
   */
  readonly rows: 'dev' | 'two' | 'away-dev' | 'away-train';
}

/** Passages beside the rows' own, in the whole pool. */
const OTHERS = 5000;
/** Rows for calibration: so many of the training part, chosen by hash. */
const MOST_TRAINING_ROWS = 3000;

export async function readGrounded(folder: string): Promise<Grounded> {
  const read = async (name: string): Promise<unknown[]> =>
    jsonLines(gunzipSync(await readFile(join(folder, `${name}.jsonl.gz`))).toString('utf8'));
  const passages = (await read('passages')) as { id: string; text: string }[];
  const dev = (await read('dev')) as GroundedRow[];
  const train = (await read('train')) as GroundedRow[];
  const texts = new Map(passages.map(({ id, text }) => [id, text] as const));
  return { texts, titles: titlesOf([...dev, ...train]), dev, train };
}

/** Each passage is a document of its own, known by its id. */
export function sourceOf({ texts, titles }: Grounded, id: string): Extract<Source, { text: string }> {
  return { path: id, title: titles.get(id) ?? '', text: texts.get(id) ?? '' };
}

export async function fromGrounded(folder: string, options: GroundedOptions): Promise<QuestionSet> {
  const grounded = await readGrounded(folder);
  const { texts, dev, train } = grounded;
  const rows = chosenRows(dev, train, options.rows);
  const away = options.rows.startsWith('away');
  const golds = goldByQuestion([...dev, ...train]);
  const here = (id: string): boolean => !away || parity(id) === 0;
  const poolOf = (some: readonly GroundedRow[], others: readonly string[]): Pool => {
    const ids = [...new Set([...some.flatMap(({ passages }) => passages), ...others])].filter(here);
    const sources = ids.map((id) => sourceOf(grounded, id));
    return { sources, questions: some.flatMap((row) => questionOf(row, golds, here) ?? []) };
  };
  if (options.pool === 'whole') return [poolOf(rows, othersThan(rows, [...texts.keys()]))];
  const byTitle = new Map<string, GroundedRow[]>();
  for (const row of rows) byTitle.set(row.title, [...(byTitle.get(row.title) ?? []), row]);
  // A title whose passages are all away would be refused for being empty, which measures nothing.
  return [...byTitle.values()].map((some) => poolOf(some, [])).filter(({ sources }) => sources.length > 0);
}

function chosenRows(
  dev: readonly GroundedRow[],
  train: readonly GroundedRow[],
  rows: GroundedOptions['rows'],
): readonly GroundedRow[] {
  switch (rows) {
    case 'dev':
      // A question made unanswerable by leaving out its evidence has an answer where all passages are searched.
      return dev.filter(({ id }) => !id.startsWith('derived_negatives/'));
    case 'two':
      return [...dev, ...train].filter(({ id }) => id.startsWith('hotpot_sample/'));
    case 'away-dev':
      return dev;
    case 'away-train':
      return byHash(train, ({ id }) => id).slice(0, MOST_TRAINING_ROWS);
  }
}

/** Null where a part of the evidence is away and a part is not. */
function questionOf(
  { id, question, passages, gold }: GroundedRow,
  golds: ReadonlyMap<string, ReadonlySet<string>>,
  here: (id: string) => boolean,
): Question | null {
  const own = new Set(passages.slice(0, gold));
  const wanted = own.size > 0 ? own : (golds.get(question) ?? own);
  const held = [...wanted].filter(here);
  if (held.length === 0) return { id, question, wanted: { by: 'nothing' } };
  if (held.length < wanted.size || own.size === 0) return null;
  return { id, question, wanted: { by: 'documents', gains: new Map(held.map((name) => [name, 1])) } };
}

/** The evidence of a question in any row: machine-made negatives are questions that have an answer elsewhere. */
export function goldByQuestion(rows: readonly GroundedRow[]): ReadonlyMap<string, ReadonlySet<string>> {
  const golds = new Map<string, Set<string>>();
  for (const { question, passages, gold } of rows) {
    const known = golds.get(question) ?? new Set<string>();
    for (const id of passages.slice(0, gold)) known.add(id);
    golds.set(question, known);
  }
  return golds;
}

/** The title of each passage. A title that names several documents would put the question's names into each: it is left out. */
export function titlesOf(
  rows: readonly Pick<GroundedRow, 'passages' | 'gold' | 'title'>[],
): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  const give = (ids: readonly string[], title: string): void => {
    for (const id of ids) if (!titles.has(id)) titles.set(id, title.includes('; ') ? '' : title);
  };
  for (const { passages, gold, title } of rows) give(passages.slice(0, gold), title);
  for (const { passages, gold, title } of rows) give(passages.slice(gold), title);
  return titles;
}

function othersThan(rows: readonly GroundedRow[], all: readonly string[]): readonly string[] {
  const own = new Set(rows.flatMap(({ passages }) => passages));
  return byHash(
    all.filter((id) => !own.has(id)),
    (id) => id,
  ).slice(0, OTHERS);
}

export function byHash<T>(items: readonly T[], idOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, hash: sha256(idOf(item)) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .map(({ item }) => item);
}

function parity(id: string): number {
  return parseInt(sha256(id).slice(0, 2), 16) % 2;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
