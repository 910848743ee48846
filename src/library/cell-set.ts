/** The four cells of every question of a set, one question after the other. */
import { scoreCell, type CellScore } from '../lab/cell-score.ts';
import type { Cell, CellAnswer } from '../lab/four-cells.ts';
import type { Question } from '../lab/question.ts';
import type { Placed } from '../lab/quotes.ts';
import { sourcesOf, type Stages } from '../pipeline/pipeline.ts';
import { searchStages } from './ask.ts';
import { writeCells } from './cells.ts';
import { placeAll, type LeftOut } from './placing.ts';
import type { Shelf } from './shelf.ts';
import type { AskSettings, Entry } from './state.ts';
import { isHere } from './waiting.ts';
import type { Writers } from './writers.ts';

export interface CellSetProgress {
  /** Of the questions that can be asked. */
  onBegin(question: Placed, done: number, total: number): void;
  /** All four are written. `searched` is in milliseconds: spelling, embedding and search. */
  onWritten(question: Placed, answers: readonly CellAnswer[], scores: readonly CellScore[], searched: number): void;
}

/** The desk as it is when the run begins, and how it is asked. */
export interface CellSetDesk {
  readonly shelf: Shelf;
  /** Id of its embedder. */
  readonly embedder: string;
  readonly entries: readonly Entry[];
  readonly asked: Pick<AskSettings, 'search' | 'promptPassages' | 'promptText'>;
  readonly writers: Pick<Writers, 'own' | 'instead'>;
  /** Takes the generator: what the person asks meanwhile is answered between two questions of the set. */
  between(work: () => Promise<void>): Promise<void>;
}

/**
 * The search is the desk's own and runs once a question; what it finds is given also where the page would refuse without
 * asking a model. Ends early, with the questions that have all four, when it is stopped.
 * @returns the questions that could not be asked
 * @throws Error with a sentence when the model cannot be had, or a worker dies
 */
export async function writeCellSet(
  questions: readonly Question[],
  desk: CellSetDesk,
  signal: AbortSignal,
  { onBegin, onWritten }: CellSetProgress,
): Promise<readonly LeftOut[]> {
  const { ready, leftOut } = placeAll(questions, desk.entries);
  const { shelf, embedder, entries, asked } = desk;
  const embedding = await isHere(shelf.embedder);
  const stages = searchStages({ shelf, embedding, embedder, entries }, asked);
  for (const [i, question] of ready.entries()) {
    if (signal.aborted) break;
    onBegin(question, i, ready.length);
    await desk.between(async () => {
      const { answers, searched } = await writeFour(question, stages, desk, signal);
      if (answers)
        onWritten(
          question,
          answers,
          answers.map((answer) => scoreCell(question, answer)),
          searched,
        );
    });
  }
  return leftOut;
}

/** `answers` in the order of `cells`; null when it was stopped before the last was whole. */
async function writeFour(
  { question }: Placed,
  stages: Pick<Stages, 'understand' | 'search' | 'place'>,
  { writers }: CellSetDesk,
  signal: AbortSignal,
): Promise<{ readonly answers: readonly CellAnswer[] | null; readonly searched: number }> {
  const from = performance.now();
  try {
    const { text, vector } = await stages.understand(question, signal);
    const { candidates } = await stages.search(text, vector, signal);
    const searched = performance.now() - from;
    const answers: CellAnswer[] = [];
    await writeCells(writers, text, sourcesOf(candidates, stages), signal, {
      onBegin: () => undefined,
      onText: () => undefined,
      onWritten: (_: Cell, answer) => void answers.push(answer),
    });
    const whole = !signal.aborted && answers.every(({ stopped }) => !stopped);
    return { answers: whole ? answers : null, searched };
  } catch (error) {
    if (signal.aborted) return { answers: null, searched: performance.now() - from };
    throw error;
  }
}
