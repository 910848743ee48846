/** The four cells of one question, written by the page's own model, one after the other. */
import { cells, writeCell, type Cell, type CellAnswer } from '../lab/four-cells.ts';
import type { Source } from '../pipeline/answer.ts';
import { inSentence, type Writers } from './writers.ts';

export interface CellProgress {
  onBegin(cell: Cell): void;
  /** Text of the cell that has begun last. */
  onText(piece: string): void;
  onWritten(cell: Cell, answer: CellAnswer): void;
}

/**
 * All four read their prompts together, from the beginning: the base model knows no other way, and times compare.
 * Ends early, with what has been written, when it is stopped.
 * @throws Error with a sentence when the model cannot be had
 */
export async function writeCells(
  writers: Pick<Writers, 'own' | 'instead'>,
  question: string,
  found: readonly Source[],
  signal: AbortSignal,
  progress: CellProgress,
): Promise<void> {
  for (const cell of cells) {
    if (signal.aborted) return;
    try {
      const writer = await writers.own(cell.tuned ? 'adapter' : 'base', { reading: 'together' }, signal);
      if (writer.made === 'extractive') throw new Error(writer.because);
      progress.onBegin(cell);
      const model = await writer.load();
      const onText = (piece: string) => progress.onText(piece);
      progress.onWritten(cell, await writeCell(model, cell, question, found, signal, onText));
    } catch (error) {
      if (signal.aborted) return;
      throw inSentence(writers, error);
    }
  }
}
