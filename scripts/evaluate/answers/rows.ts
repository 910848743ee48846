/** The grounded rows whose answers are measured. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerKind, containsGold } from '../../../src/lab/answer-metrics.ts';
import { goldByQuestion, sourceOf, type Grounded, type GroundedRow } from '../grounded.ts';
import type { Question } from '../../../src/lab/question.ts';
import type { Pool, QuestionSet } from '../questions.ts';
import type { Judged } from './row.ts';

/** Ids of the 600 rows, one a line, in the order they are asked; `chooseRows` chose them. */
export const CHOSEN_ROWS = join(import.meta.dirname, 'dev-rows.txt');

/** The rows of a file of ids, in its order. @throws Error that names an id no development row has */
export async function rowsIn(file: string, { dev }: Grounded): Promise<GroundedRow[]> {
  const known = new Map(dev.map((row) => [row.id, row]));
  const ids = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return ids.map((id) => {
    const row = known.get(id.trim());
    if (!row) throw new Error(`${file} names ${id}, which is no development row.`);
    return row;
  });
}

export function judgedOf({ id, question, answer }: GroundedRow): Omit<Judged, 'evidence'> {
  return { id, source: dataSetOf(id), question, golds: answer === null ? [] : [answer] };
}

/** `squad_train_part/56ce…` is from squad_train_part. */
export function dataSetOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

/**
 * The passages that must not stand beside a row's own: what is gold for its question in another row, and what holds its
 * answer. The answer of a machine-made negative, `derived_negatives/SET:REST`, is that of the row it was made from.
 */
export function withheldFrom(row: GroundedRow, { dev, train, texts }: Grounded): (passage: string) => boolean {
  const rows = [...dev, ...train];
  const gold = goldByQuestion(rows.filter(({ question }) => question === row.question)).get(row.question);
  const made = row.id.startsWith('derived_negatives/') ? row.id.slice(row.id.indexOf('/') + 1).replace(':', '/') : '';
  const answer = row.answer ?? rows.find(({ id }) => id === made)?.answer;
  const span = answer && answerKind([answer]) === 'span' ? [answer] : [];
  return (passage) => gold?.has(passage) === true || containsGold(texts.get(passage) ?? '', span);
}

/**
 * The passages of each title as a collection of its own, and the rows asked of it. A row without an answer has its own
 * collection: what answers its question is taken out of it.
 */
export function poolsByTitle(rows: readonly GroundedRow[], grounded: Grounded): QuestionSet {
  const titled = new Map<string, Set<string>>();
  for (const { title, passages } of grounded.dev)
    for (const passage of passages) titled.set(title, (titled.get(title) ?? new Set()).add(passage));
  const poolOf = (some: readonly GroundedRow[], passages: readonly string[]): Pool => ({
    sources: passages.map((id) => sourceOf(grounded, id)),
    questions: some.map(questionOf),
  });
  const answerable = rows.filter(({ answer }) => answer !== null);
  const titles = [...new Set(answerable.map(({ title }) => title))];
  const shared = titles.map((title) =>
    poolOf(
      answerable.filter((row) => row.title === title),
      [...titled.get(title)!],
    ),
  );
  const alone = rows
    .filter(({ answer }) => answer === null)
    .map((row) => {
      const withheld = withheldFrom(row, grounded);
      const left = [...titled.get(row.title)!].filter((id) => row.passages.includes(id) || !withheld(id));
      return poolOf([row], left);
    });
  return [...shared, ...alone];
}

function questionOf(row: GroundedRow): Question {
  const { id, source, question, golds } = judgedOf(row);
  const gold = row.passages.slice(0, row.gold);
  const wanted: Question['wanted'] =
    golds.length > 0 ? { by: 'documents', gains: new Map(gold.map((name) => [name, 1])) } : { by: 'nothing' };
  return { id, question, wanted, answers: golds, source };
}
