/** A generator that is not the page's own comes into use: its files are opened, then it takes the worker. */
import type { OpenOptions } from '../models/store.ts';
import type { ModelForWorker } from '../workers/model.ts';
import type { Switching } from './state.ts';

export interface GeneratorSwitchOptions {
  /** @throws Error with a sentence; the signal's reason when it is aborted */
  open(id: string, options: Pick<OpenOptions, 'signal' | 'onProgress'>): Promise<ModelForWorker>;
  /** Lets the model in the worker go and loads this one, unless it is stopped first. @throws Error with a sentence */
  load(model: ModelForWorker, signal: AbortSignal): Promise<void>;
  /** Null when no switch is under way any more. */
  onState(state: Switching | null): void;
}

export class GeneratorSwitch {
  private stopped: AbortController | null = null;

  constructor(private readonly options: GeneratorSwitchOptions) {}

  /**
   * In the place of a switch that is under way. True when the model is loaded, false if another choice came in between.
   * @throws Error with a sentence when it cannot be done
   */
  async begin(to: string): Promise<boolean> {
    this.stop();
    const stopped = new AbortController();
    const { signal } = stopped;
    this.stopped = stopped;
    const { open, load, onState } = this.options;
    const onProgress = (done: number, total: number): void => {
      if (!signal.aborted) onState({ state: 'loading', to, done, total });
    };
    try {
      onProgress(0, 0);
      const model = await open(to, { signal, onProgress });
      signal.throwIfAborted();
      await load(model, signal);
      return !signal.aborted;
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    } finally {
      if (!signal.aborted) this.stop();
    }
  }

  /** The generator in use stays. */
  stop(): void {
    this.stopped?.abort(new Error('The change of the generator was stopped.'));
    this.stopped = null;
    this.options.onState(null);
  }
}
