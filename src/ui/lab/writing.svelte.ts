/** Answers of the lab that are written one after the other, can be stopped, and stay. */
import type { CellAnswer } from '../../lab/four-cells.ts';
import { sentenceOf } from '../../library/sentence.ts';

export class Writing<Key> {
  written = $state.raw<ReadonlyMap<Key, CellAnswer>>(new Map());
  /** The one that is being written; null while none is. */
  at = $state.raw<Key | null>(null);
  streamed = $state('');
  problem = $state('');
  private controller = $state.raw<AbortController | null>(null);

  get running(): boolean {
    return this.controller !== null;
  }

  /** Writes each in its turn. What was there of them goes when its turn comes. */
  async write(
    keys: readonly Key[],
    one: (key: Key, signal: AbortSignal, onText: (piece: string) => void) => Promise<CellAnswer>,
  ): Promise<void> {
    if (this.controller) return;
    const controller = new AbortController();
    this.controller = controller;
    this.problem = '';
    try {
      for (const key of keys) {
        if (controller.signal.aborted) break;
        this.at = key;
        this.streamed = '';
        const answer = await one(key, controller.signal, (piece) => (this.streamed += piece));
        this.written = new Map([...this.written, [key, answer]]);
      }
    } catch (error) {
      this.problem = controller.signal.aborted ? '' : `${sentenceOf(error)} What had been written stays.`;
    } finally {
      this.controller = null;
      this.at = null;
    }
  }

  stop(): void {
    this.controller?.abort(new Error('Stopped.'));
  }
}
