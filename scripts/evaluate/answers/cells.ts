/** `--cells`: every question answered four ways, with and without the adapter, with and without passages. */
import { writeFile } from 'node:fs/promises';
import { cellMeans, cellMeasures, contrasts, scoreCell } from '../../../src/lab/cell-score.ts';
import { cellReport, type WrittenQuestion } from '../../../src/lab/cell-report.ts';
import { cells, writeCell, type CellAnswer } from '../../../src/lab/four-cells.ts';
import type { Place } from '../../../src/lab/metrics.ts';
import { sourcesOf } from '../../../src/pipeline/pipeline.ts';
import { withBuiltPage } from '../../built-page.ts';
import { shippedModel } from '../desk.ts';
import { intervalText, three } from '../figures.ts';
import type { Task } from './ask.ts';
import { KeptAnswers } from './kept.ts';
import { Progress } from './progress.ts';
import { prepare, type AnswerSet } from './set.ts';
import { shareOut, Writer } from './writers.ts';

export interface CellOptions {
  /** Pages that write side by side. */
  readonly writers: number;
  /** Folder of what the generator wrote in earlier runs. */
  readonly kept: string;
  /** Folder of the vectors that earlier runs made. */
  readonly vectors: string;
  /** A file of settings. */
  readonly settings?: string | undefined;
  /** File for the report. */
  readonly json?: string | undefined;
}

/** Passages are given also where the page would refuse without asking the model. */
export async function evaluateCells(set: AnswerSet, options: CellOptions): Promise<void> {
  const generator = await shippedModel('generation');
  const written = await withBuiltPage(async (site) => {
    const { tasks } = await prepare(set, site, options.vectors, options.settings);
    const kept = new KeptAnswers(options.kept, generator);
    const writers = await Writer.openFor(tasks, site, options.writers, kept);
    const progress = new Progress('four cells', tasks.length);
    return shareOut(tasks, writers, async (task, writer) => {
      const { written, asked } = await writeTask(task, writer);
      progress.one(asked);
      return written;
    });
  });
  for (const line of tableLines(written)) console.log(line);
  if (!options.json) return;
  const setting = { passages: set.passages, generator: { id: generator.id, sha256: generator.sha256 } };
  await writeFile(options.json, cellReport(setting, written, []));
}

/** `asked`: the model was; else all four were kept from an earlier run. */
async function writeTask(task: Task, writer: Writer): Promise<{ written: WrittenQuestion; asked: boolean }> {
  let asked = false;
  const model = (adapterScale: 0 | 1) =>
    writer.model({ adapterScale, reading: 'together' }, ({ milliseconds }) => (asked ||= milliseconds !== null));
  const { id, question, golds } = task.question;
  const { found, evidence } = await task.find(model(1));
  const sources = sourcesOf(found.candidates, { place: ({ path }) => ({ documentName: path, part: '' }) });
  const { signal } = new AbortController();
  const answers: CellAnswer[] = [];
  for (const cell of cells) {
    const one = model(cell.tuned ? 1 : 0);
    answers.push(await writeCell(one, cell, task.asked.text, sources, signal, () => undefined));
  }
  const placed = { id, question, answers: golds, wanted: wantedOf(golds, evidence) };
  return { written: { id, question, answers, scores: answers.map((answer) => scoreCell(placed, answer)) }, asked };
}

/** Without a right answer it is to be refused. */
export function wantedOf(golds: readonly string[], places: readonly Place[]) {
  return golds.length === 0 ? ({ by: 'nothing' } as const) : ({ by: 'spans', places } as const);
}

/** A Markdown table of the means, and one line for each difference that a switch makes. */
function tableLines(written: readonly WrittenQuestion[]): string[] {
  const names = cells.map(
    ({ tuned, passages }) => `${tuned ? 'tuned' : 'base'} ${passages ? 'with passages' : 'alone'}`,
  );
  const rows = cellMeasures.map((measure) => {
    const means = cellMeans(measure, written, cells);
    return `| ${[measure, ...means.map(({ mean }) => (mean === null ? '' : three(mean))), means[0]!.n].join(' | ')} |`;
  });
  const differences = cellMeasures.flatMap((measure) =>
    contrasts(measure, written, cells).map(({ switched, other, figure }) => {
      const beside =
        switched === 'passages' ? `${other ? 'tuned' : 'base'} model` : `${other ? 'with' : 'without'} passages`;
      return `${measure}, ${switched} on, ${beside}: ${intervalText(figure)}, p ${three(figure.p)}, n ${figure.n}`;
    }),
  );
  const head = [`| measure | ${names.join(' | ')} | n |`, `| --- |${' --- |'.repeat(cells.length + 1)}`];
  return [...head, ...rows, '', ...differences];
}
