/** The questions whose answers are measured, each with the passages it is asked over. */
import type { Site } from '../../built-page.ts';
import { EvaluationDesk, shippedModel, type ShippedModel } from '../desk.ts';
import { byHash, readGrounded, type Grounded, type GroundedRow } from '../grounded.ts';
import type { QuestionSet } from '../questions.ts';
import { averages, score, type Averages, type Row } from '../../../src/lab/score.ts';
import { keptOf, searchPool } from '../searching.ts';
import { settingsFrom, type EvaluationSettings } from '../settings.ts';
import { searchedTask, type Task } from './ask.ts';
import { givenTask } from './given.ts';
import { poolsByTitle, rowsIn } from './rows.ts';

/** `given`: the gold passages among others; `own`: what the page's search finds. */
export const passagesFrom = ['given', 'own'] as const;

export type AnswerSet =
  | { readonly passages: 'given'; readonly grounded: Grounded; readonly rows: readonly GroundedRow[] }
  /** `order`: of the questions' ids in the report. */
  | { readonly passages: 'own'; readonly pools: QuestionSet; readonly order: readonly string[] };

/** Which of the questions are asked. */
export interface Chosen {
  /** The first so many. */
  readonly most: number;
  /** Twenty of them, chosen by a hash with this seed. */
  readonly twenty?: string | undefined;
}

export async function groundedSet(
  folder: string,
  passages: (typeof passagesFrom)[number],
  ids: string,
  chosen: Chosen,
): Promise<AnswerSet> {
  const grounded = await readGrounded(folder);
  const rows = choice(await rowsIn(ids, grounded), chosen);
  if (passages === 'given') return { passages, grounded, rows };
  return { passages, pools: poolsByTitle(rows, grounded), order: rows.map(({ id }) => id) };
}

/** Questions over the documents of a folder. */
export function searchedSet(all: QuestionSet, chosen: Chosen): AnswerSet {
  const order = choice(
    all.flatMap(({ questions }) => questions),
    chosen,
  ).map(({ id }) => id);
  const asked = new Set(order);
  const pools = all.map((pool) => ({ ...pool, questions: pool.questions.filter(({ id }) => asked.has(id)) }));
  return { passages: 'own', pools: pools.filter(({ questions }) => questions.length > 0), order };
}

export interface Prepared {
  readonly tasks: readonly Task[];
  /** What the page's search did; null where the passages are given. */
  readonly search: {
    readonly embedder: ShippedModel;
    readonly settings: EvaluationSettings;
    readonly unread: readonly string[];
    readonly retrieval: Averages;
  } | null;
}

/**
 * Searches, where passages are not given.
 * @param vectors folder of the vectors that earlier runs made
 * @param changes file of settings
 */
export async function prepare(
  set: AnswerSet,
  site: Site,
  vectors: string,
  changes: string | undefined,
): Promise<Prepared> {
  if (set.passages === 'given') return { tasks: set.rows.map((row) => givenTask(row, set.grounded)), search: null };
  const embedder = await shippedModel('embedding');
  const desk = await EvaluationDesk.open(site, embedder, vectors);
  const settings = await settingsFrom(await desk.settings(), changes);
  const tasks = new Map<string, Task>();
  const rows: Row[] = [];
  const unread: string[] = [];
  for (const pool of set.pools) {
    const done = await searchPool(desk, pool, settings);
    unread.push(...done.unread);
    for (const one of done.searched) {
      tasks.set(one.question.id, searchedTask(one));
      rows.push(score(one.question, one.found, keptOf(one), done.passages, settings.k));
    }
  }
  await desk.close();
  const ordered = set.order.map((id) => tasks.get(id)!);
  return { tasks: ordered, search: { embedder, settings, unread, retrieval: averages(rows) } };
}

function choice<T extends { readonly id: string }>(all: readonly T[], { most, twenty }: Chosen): readonly T[] {
  const first = all.slice(0, most);
  return twenty === undefined ? first : byHash(first, ({ id }) => `${twenty} ${id}`).slice(0, 20);
}
