/** The report on the page's search. */
import { writeFile } from 'node:fs/promises';
import { withBuiltPage } from '../built-page.ts';
import { EvaluationDesk, shippedModel } from './desk.ts';
import type { QuestionSet } from './questions.ts';
import { averages, score, type Row } from '../../src/lab/score.ts';
import { keptOf, searchPool } from './searching.ts';
import { settingsFrom } from './settings.ts';

export interface RetrievalOptions {
  /** A file of settings. */
  readonly settings?: string | undefined;
  /** Folder of the vectors that earlier runs made. */
  readonly vectors: string;
  /** File for the report; its times go to `FILE.times.json`. */
  readonly json?: string | undefined;
}

/** Searches every question, prints the averages and writes the report. */
export async function evaluateRetrieval(set: QuestionSet, options: RetrievalOptions): Promise<void> {
  const model = await shippedModel('embedding');
  const rows: Row[] = [];
  const unread: string[] = [];
  const milliseconds: number[] = [];
  let [documents, passages] = [0, 0];
  const { settings, whole } = await withBuiltPage(async (site) => {
    const desk = await EvaluationDesk.open(site, model, options.vectors);
    const chosen = await settingsFrom(await desk.settings(), options.settings);
    const began = performance.now();
    for (const pool of set) {
      const done = await searchPool(desk, pool, chosen);
      for (const one of done.searched) {
        rows.push(score(one.question, one.found, keptOf(one), done.passages, chosen.k));
        milliseconds.push(one.milliseconds);
      }
      unread.push(...done.unread);
      documents += done.documents;
      passages += done.passages.length;
    }
    return { settings: chosen, whole: performance.now() - began };
  });
  for (const line of unread) console.error(`Not read: ${line}`);
  const retrieval = averages(rows);
  print({ documents, passages, ...retrieval });
  if (!options.json) return;
  const of = { id: model.id, sha256: model.sha256 };
  const report = { settings, model: of, documents, passages, unread, retrieval, rows };
  await writeFile(options.json, `${JSON.stringify(report, null, 1)}\n`);
  const times = { whole, search: milliseconds };
  await writeFile(`${options.json}.times.json`, `${JSON.stringify(times)}\n`);
}

function print(values: Readonly<Record<string, number | null>>): void {
  for (const [name, value] of Object.entries(values))
    console.log(`${name.padEnd(14)} ${value === null ? '-' : Number.isInteger(value) ? value : value.toFixed(3)}`);
}
