/**
 * The page's own model with any share of its adapter and in other words than the desk's, between two answers of the
 * conversation: what tuning changes, saves and forgets.
 */
import { writeCell, type CellAnswer } from '../lab/four-cells.ts';
import type { GeneralItem } from '../lab/general/item.ts';
import { say, weighItem, type GeneralAsking, type Said } from '../lab/general/write-item.ts';
import type { Choice } from '../lab/general/weigh-item.ts';
import type { Source } from '../pipeline/answer.ts';
import type { ReadAs } from '../pipeline/generate/reading.ts';
import type { Weighed } from '../pipeline/generate/weigh.ts';
import { answerBudget } from '../pipeline/prompt/format.ts';
import type { Asking, Wording } from '../pipeline/prompt/wording.ts';
import { inSentence, type Writers } from './writers.ts';

export interface TuningLabOptions {
  readonly writers: Pick<Writers, 'model' | 'instead'>;
  /** As `Engine.weigh`. */
  weigh(
    text: string,
    continuations: readonly string[],
    adapterScale: number,
    signal: AbortSignal,
  ): Promise<readonly Weighed[]>;
  /** Runs what needs the generator, not in the middle of another answer. */
  between<T>(work: () => Promise<T>): Promise<T>;
}

/** Which model answers, and in what words it is asked. */
export interface Asked {
  /** The adapter's share: 0 is the base model, 1 the fine-tuned one. */
  readonly adapterScale: number;
  readonly wording: Wording;
}

/** An item by both models. */
export interface WeighedItem {
  readonly item: GeneralItem;
  readonly base: readonly Choice[];
  readonly tuned: readonly Choice[];
}

export class TuningLab {
  constructor(private readonly options: TuningLabOptions) {}

  /**
   * Reads the passages together, from the beginning of the prompt, as the four cells do.
   * @param found passages under their numbers, best first; none for an answer without passages
   * @throws Error with a sentence when the model cannot be had; the signal's reason when nothing was written
   */
  write(
    { adapterScale, wording }: Asked,
    question: string,
    found: readonly Source[],
    signal: AbortSignal,
    onText: (piece: string) => void,
  ): Promise<CellAnswer> {
    return this.own(signal, async () => {
      const model = await this.options.writers.model(
        together(adapterScale),
        { wording, maxTokens: answerBudget },
        signal,
      );
      return writeCell(model, { passages: found.length > 0 }, question, found, signal, onText);
    });
  }

  /** @throws as `write` */
  weigh(item: GeneralItem, signal: AbortSignal): Promise<WeighedItem> {
    return this.own(signal, async () => {
      const weighed = (adapterScale: number) => {
        const weigh = (text: string, continuations: readonly string[]) =>
          this.options.weigh(text, continuations, adapterScale, signal);
        return weighItem({ weigh }, item);
      };
      // Asked for, so that a model which cannot be had is told in a sentence.
      await this.options.writers.model(together(0), asPlain, signal);
      return { item, base: await weighed(0), tuned: await weighed(1) };
    });
  }

  /** What one model writes to a text of a general item. @throws as `write` */
  say(adapterScale: number, text: string, asking: GeneralAsking, signal: AbortSignal): Promise<Said> {
    const model = (asked: Asking) => this.options.writers.model(together(adapterScale), asked, signal);
    return this.own(signal, () => say({ model }, text, asking, signal));
  }

  private own<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return this.options.between(async () => {
      signal.throwIfAborted();
      try {
        return await work();
      } catch (error) {
        signal.throwIfAborted();
        throw inSentence(this.options.writers, error);
      }
    });
  }
}

const together = (adapterScale: number): ReadAs => ({ adapterScale, reading: 'together' });

const asPlain = { wording: 'plain', maxTokens: 1 } as const;
