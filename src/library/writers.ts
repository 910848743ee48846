/** Who writes an answer: the one that was chosen, as far as it can be had and this machine can hold it. */
import type { OwnModel } from '../pipeline/answer.ts';
import type { ReadAs } from '../pipeline/generate/reading.ts';
import type { Model, Writer } from '../pipeline/pipeline.ts';
import type { Asking } from '../pipeline/prompt/wording.ts';
import { hasDied } from '../workers/bridge.ts';
import type { ModelForWorker } from '../workers/model.ts';
import { readAsOf } from './ask.ts';
import type { Engine } from './engine.ts';
import { otherId } from './generators.ts';
import { instead, triedInVain } from './machine.ts';
import type { OpenedModels } from './models.ts';
import { sentenceOf } from './sentence.ts';
import type { AskSettings } from './state.ts';
import { aborted, after } from './waiting.ts';

/** A generator that will be here within so many seconds is waited for; else the answer is extractive. */
const worthWaiting = 20;

export interface WritersOptions {
  readonly engine: Pick<Engine, 'model' | 'otherModel'>;
  readonly models: Pick<OpenedModels, 'generator' | 'secondsLeft'>;
  /** A generator that is not the page's own. @throws Error with a sentence when it cannot be had */
  open(id: string, signal: AbortSignal): Promise<ModelForWorker>;
  /** It was to write and cannot be had; the page's own takes its place. */
  onLost(id: string, reason: string): void;
  /** Why there is no model of the page's own now, as sentences; '' if there is. */
  without(): string;
}

export class Writers {
  /** The sentence with which loading it ended for want of memory. */
  private inVain = '';

  constructor(private readonly options: WritersOptions) {}

  /** @throws the signal's reason */
  async chosen(askedWith: AskSettings, signal: AbortSignal, onLoading: () => void): Promise<Writer> {
    const { generator } = askedWith;
    if (generator === 'off') {
      return { made: 'extractive', because: 'The language model was switched off for this answer.' };
    }
    if (generator === 'adapter' || generator === 'base') return this.own(generator, askedWith, signal);
    const { engine, open, onLost } = this.options;
    const id = otherId(generator);
    onLoading();
    try {
      const model = await engine.otherModel(id, () => open(id, signal), signal);
      return { made: { model: id }, load: () => Promise.resolve(model) };
    } catch (error) {
      signal.throwIfAborted();
      onLost(id, sentenceOf(error));
      return this.own('adapter', askedWith, signal);
    }
  }

  /** The page's own model, or nobody and why. @throws the signal's reason */
  async own(made: OwnModel, askedWith: Pick<AskSettings, 'reading'>, signal: AbortSignal): Promise<Writer> {
    const because = await this.absent(signal);
    if (because !== null) return { made: 'extractive', because };
    return { made, load: () => this.options.engine.model(readAsOf(made, askedWith), signal) };
  }

  /**
   * The page's own model, read and asked as the lab wants it.
   * @throws Error with a sentence when it cannot be had; the signal's reason
   */
  async model(readAs: ReadAs, asking: Asking, signal: AbortSignal): Promise<Model> {
    const because = await this.absent(signal);
    if (because !== null) throw new Error(because);
    return this.options.engine.model(readAs, signal, asking);
  }

  /** Why the page's own model cannot be had now; null where it can. */
  private async absent(signal: AbortSignal): Promise<string | null> {
    const { models, without } = this.options;
    const none = this.inVain || without();
    if (none) return none;
    const ready = models.generator.then(() => null, sentenceOf);
    const late = 'The language model is still being loaded. Ask again when it is here.';
    const patience = models.secondsLeft() < worthWaiting ? worthWaiting * 1000 : 0;
    return Promise.race([ready, after(patience, late), aborted(signal)]);
  }

  /**
   * Who writes instead of a model that there was no memory for, now and from now on, or that has died over a question
   * twice; null where it failed otherwise.
   */
  instead(error: unknown): Writer | null {
    if (hasDied(error)) {
      const because = `${sentenceOf(error)} It did so twice over this question. ${instead} Ask again to try once more.`;
      return { made: 'extractive', because };
    }
    const because = triedInVain(error);
    if (!because) return null;
    this.inVain = because;
    return { made: 'extractive', because };
  }
}

/** What to throw where nothing is written without the model: why it cannot be had, as a sentence, or what was thrown. */
export function inSentence(writers: Pick<Writers, 'instead'>, error: unknown): unknown {
  const instead = writers.instead(error);
  return instead?.made === 'extractive' ? new Error(instead.because) : error;
}
