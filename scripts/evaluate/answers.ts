/** The report on the page's answers: asked of its own generator, judged by what is known to be right. */
import { writeFile } from 'node:fs/promises';
import { withBuiltPage } from '../built-page.ts';
import { readAsOf } from '../../src/library/ask.ts';
import type { ReadAs, Reading } from '../../src/pipeline/generate/reading.ts';
import { answerBudget } from '../../src/pipeline/prompt/format.ts';
import { shippedModel } from './desk.ts';
import { ask, type Task } from './answers/ask.ts';
import { KeptAnswers } from './answers/kept.ts';
import { promptLine } from './answers/prompts.ts';
import { Progress } from './answers/progress.ts';
import type { AnswerRow } from './answers/row.ts';
import { prepare, type AnswerSet } from './answers/set.ts';
import { summaries, summaryLines } from './answers/summary.ts';
import { asMarkdown } from './answers/twenty.ts';
import { generators, shareOut, Writer, type GeneratorName } from './answers/writers.ts';

export interface AnswerOptions {
  readonly generator: GeneratorName;
  /** How the adapter reads the passages. */
  readonly reading: Reading;
  /** Pages that write side by side. */
  readonly writers: number;
  /** Folder of what the generator wrote in earlier runs. */
  readonly kept: string;
  /** Folder of the vectors that earlier runs made. */
  readonly vectors: string;
  /** A file of settings. */
  readonly settings?: string | undefined;
  /** File for the report; its times go to `FILE.times.json`. */
  readonly json?: string | undefined;
  /** File for what the model would be asked: it is written and nothing is asked. */
  readonly prompts?: string | undefined;
  /** File for the answers of both generators, to be read. */
  readonly markdown?: string | undefined;
}

interface Asked {
  readonly row: AnswerRow;
  /** Null where the model was not asked, or its answer was kept from an earlier run. */
  readonly milliseconds: number | null;
}

/** Writes what the model would be asked about the questions, in their order. */
export async function writePrompts(
  set: AnswerSet,
  options: AnswerOptions & { readonly prompts: string },
): Promise<void> {
  const kept = new KeptAnswers(options.kept, await shippedModel('generation'));
  const lines = await withBuiltPage(async (site) => {
    const { tasks } = await prepare(set, site, options.vectors, options.settings);
    const [writer] = await Writer.open(site, 1, kept);
    const made: string[] = [];
    for (const task of tasks) {
      const line = await promptLine(task, writer!.model(readAsOf('adapter', options)));
      if (line !== null) made.push(line);
    }
    console.log(`${made.length} prompts; ${tasks.length - made.length} questions are refused without asking.`);
    return made;
  });
  await writeFile(options.prompts, lines.map((line) => `${line}\n`).join(''));
}

export async function evaluateAnswers(set: AnswerSet, options: AnswerOptions): Promise<void> {
  const generator = await shippedModel('generation');
  const began = performance.now();
  const { prepared, asked } = await withBuiltPage(async (site) => {
    const prepared = await prepare(set, site, options.vectors, options.settings);
    const writers = await Writer.openFor(
      prepared.tasks,
      site,
      options.writers,
      new KeptAnswers(options.kept, generator),
    );
    const names = options.markdown ? generators : [options.generator];
    const asked = new Map<GeneratorName, readonly Asked[]>();
    for (const name of names) asked.set(name, await askAll(prepared.tasks, writers, name, readAsOf(name, options)));
    return { prepared, asked };
  });
  const { search } = prepared;
  for (const line of search?.unread ?? []) console.error(`Not read: ${line}`);
  const rowsBy = (name: GeneratorName): AnswerRow[] => (asked.get(name) ?? []).map(({ row }) => row);
  if (options.markdown) await writeFile(options.markdown, asMarkdown(rowsBy('base'), rowsBy('adapter')));
  const rows = rowsBy(options.generator);
  const { answers, byKind, bySource } = summaries(rows);
  for (const line of summaryLines(answers)) console.log(line);
  for (const [kind, summary] of Object.entries(byKind))
    for (const line of [`\n${kind}`, ...summaryLines(summary)]) console.log(line);
  if (!options.json) return;
  const { id, sha256 } = generator;
  const { reading } = readAsOf(options.generator, options);
  const settings = { passages: set.passages, generator: options.generator, reading, answerBudget, ...search?.settings };
  const model = { id, sha256, ...(search && { embedder: { id: search.embedder.id, sha256: search.embedder.sha256 } }) };
  const found = search && { unread: search.unread, retrieval: search.retrieval };
  const report = { settings, model, ...found, answers, byKind, bySource, rows };
  await writeFile(options.json, `${JSON.stringify(report, null, 1)}\n`);
  const written = (asked.get(options.generator) ?? []).map(({ row, milliseconds }) => ({ id: row.id, milliseconds }));
  const times = { whole: performance.now() - began, answers: written };
  await writeFile(`${options.json}.times.json`, `${JSON.stringify(times)}\n`);
}

async function askAll(
  tasks: readonly Task[],
  writers: readonly Writer[],
  generator: GeneratorName,
  readAs: ReadAs,
): Promise<readonly Asked[]> {
  const progress = new Progress(generator, tasks.length);
  return shareOut(tasks, writers, async (task, writer) => {
    let milliseconds: number | null = null;
    const model = writer.model(readAs, (asked) => (milliseconds = asked.milliseconds));
    const row = await ask(task, model, generator);
    progress.one(milliseconds !== null);
    return { row, milliseconds };
  });
}
