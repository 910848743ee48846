/** `--cells --instruction long`: the base model told at length against the fine-tuned one as it was trained. */
import { writeFile } from 'node:fs/promises';
import { scoreCell } from '../../../src/lab/cell-score.ts';
import { writeCell, type CellAnswer } from '../../../src/lab/four-cells.ts';
import { arms, toldDifference, toldMeasures, toldReport } from '../../../src/lab/told.ts';
import type { ToldQuestion } from '../../../src/lab/told.ts';
import { sourcesOf } from '../../../src/pipeline/pipeline.ts';
import { answerBudget } from '../../../src/pipeline/prompt/format.ts';
import { withBuiltPage } from '../../built-page.ts';
import { shippedModel } from '../desk.ts';
import { differenceCells } from '../figures.ts';
import type { Task } from './ask.ts';
import { wantedOf, type CellOptions } from './cells.ts';
import { KeptAnswers } from './kept.ts';
import { Progress } from './progress.ts';
import { prepare, type AnswerSet } from './set.ts';
import { shareOut, Writer } from './writers.ts';

interface Timed {
  readonly told: ToldQuestion;
  /** Milliseconds to read the prompt, in the order of `arms`; null for an answer kept from an earlier run. */
  readonly reading: readonly (number | null)[];
}

/** The passages are those that fit into the prompt of the training; the longer prompt gives them the same room. */
export async function evaluateTold(set: AnswerSet, options: CellOptions): Promise<void> {
  const generator = await shippedModel('generation');
  const { timed, machine } = await withBuiltPage(async (site) => {
    const { tasks } = await prepare(set, site, options.vectors, options.settings);
    const kept = new KeptAnswers(options.kept, generator);
    const writers = await Writer.openFor(tasks, site, options.writers, kept);
    const progress = new Progress('told and tuned', tasks.length);
    const timed = await shareOut(tasks, writers, async (task, writer) => {
      const done = await writeTask(task, writer);
      progress.one(done.reading.some((one) => one !== null));
      return done;
    });
    return { timed, machine: site.machine };
  });
  const questions = timed.map(({ told }) => told);
  for (const line of lines(questions, timed)) console.log(line);
  console.log(machine);
  if (!options.json) return;
  const setting = { passages: set.passages, generator: { id: generator.id, sha256: generator.sha256 } };
  await writeFile(options.json, toldReport(setting, questions));
  const times = timed.map(({ told: { id }, reading }) => ({ id, reading }));
  await writeFile(`${options.json}.times.json`, `${JSON.stringify({ machine, times })}\n`);
}

async function writeTask({ question: asked, asked: { text }, find }: Task, writer: Writer): Promise<Timed> {
  const { id, question, golds } = asked;
  const { found, evidence } = await find(writer.model({ adapterScale: 1, reading: 'together' }));
  const sources = sourcesOf(found.candidates, { place: ({ path }) => ({ documentName: path, part: '' }) });
  const { signal } = new AbortController();
  const answers: CellAnswer[] = [];
  const reading: (number | null)[] = [];
  for (const { tuned, wording } of arms) {
    const readAs = { adapterScale: tuned ? 1 : 0, reading: 'together' } as const;
    const onAsked = ({ reading: took }: { readonly reading: number | null }) => void reading.push(took);
    const model = writer.model(readAs, onAsked, { wording, maxTokens: answerBudget });
    answers.push(await writeCell(model, { passages: true }, text, sources, signal, () => undefined));
  }
  const placed = { id, question, answers: golds, wanted: wantedOf(golds, evidence) };
  const scores = answers.map((answer) => scoreCell(placed, answer));
  return { told: { id, question, answers, scores }, reading };
}

/** A Markdown table. */
function lines(questions: readonly ToldQuestion[], timed: readonly Timed[]): string[] {
  const names = arms.map(({ tuned, wording }) => `${tuned ? 'tuned' : 'base'}, ${wording}`);
  const rows = toldMeasures.flatMap((measure) => {
    const figure = toldDifference(measure, questions);
    if (!figure) return [];
    return [`| ${[measure, ...differenceCells(figure)].join(' | ')} |`];
  });
  const times = arms.map((_, i) => timed.flatMap(({ reading }) => reading[i] ?? []).sort((a, b) => a - b));
  const middle = times.map((all) => (all.length > 0 ? Math.round(all[all.length >> 1]!) : ''));
  return [
    ...[`| measure | ${names.join(' | ')} | difference | p | n |`, `| --- |${' --- |'.repeat(arms.length + 3)}`],
    ...rows,
    `| ms to read, median | ${middle.join(' | ')} | | | ${Math.max(...times.map(({ length }) => length))} |`,
  ];
}
