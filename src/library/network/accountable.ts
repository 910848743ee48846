/** The page's workers as they account for their network: what they measured, their policy, and their cut. */
import type { InForce } from '../../network/in-force.ts';
import type { Measured } from '../../network/seen.ts';
import type { Attempt } from '../../network/severed.ts';
import type { FromAccountable, ToAccountable } from '../../workers/network.ts';
import { running, watchWorkers } from '../../workers/start.ts';

/** A worker may be in the middle of a passage, and hears nothing before its end. */
const PATIENCE = 30_000;

export class AccountableWorkers {
  /** Those that have said that they listen: pdf.js's own worker never does. */
  private readonly listening = new WeakSet<Worker>();
  private nextId = 1;
  private probe: string | null = null;

  /** @param onMeasured hears of every request of every worker */
  constructor(onMeasured: (measured: readonly Measured[]) => void) {
    watchWorkers((worker) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FromAccountable>) => {
        if (data?.type !== 'measured') return;
        this.listening.add(worker);
        if (data.measured.length > 0) onMeasured(data.measured);
      });
      // One that starts while the network is cut must not have it either: this is the first that it is told.
      if (this.probe !== null) worker.postMessage({ type: 'cut', id: 0, probe: this.probe } satisfies ToAccountable);
    });
  }

  /** The workers that run now and listen, with their names. */
  get all(): readonly (readonly [Worker, string])[] {
    return [...running].filter(([worker]) => this.listening.has(worker));
  }

  /** Null if the worker has ended, or does not answer. */
  async policy(worker: Worker): Promise<InForce | null> {
    const answer = await this.ask(worker, { type: 'tell-policy', id: this.nextId++ });
    return answer?.type === 'policy' ? answer.policy : null;
  }

  /** Cuts those that run, and those that start from now on. `attempt` is null for one that has ended meanwhile. */
  cut(probe: string): Promise<readonly { readonly by: string; readonly attempt: Attempt | null }[]> {
    this.probe = probe;
    return Promise.all(
      this.all.map(async ([worker, by]) => {
        const answer = await this.ask(worker, { type: 'cut', id: this.nextId++, probe });
        return { by, attempt: answer?.type === 'cut' ? answer.attempt : null };
      }),
    );
  }

  /** All of them, those that were started meanwhile too. */
  async restore(): Promise<void> {
    this.probe = null;
    await Promise.all([...running.keys()].map((worker) => this.ask(worker, { type: 'restore', id: this.nextId++ })));
  }

  private ask(worker: Worker, message: ToAccountable): Promise<FromAccountable | null> {
    if (!this.listening.has(worker)) {
      worker.postMessage(message);
      return Promise.resolve(null);
    }
    return new Promise((resolve) => {
      const end = (answer: FromAccountable | null): void => {
        clearTimeout(late);
        clearInterval(look);
        worker.removeEventListener('message', hear);
        resolve(answer);
      };
      const hear = ({ data }: MessageEvent<FromAccountable>): void => {
        if ('account' in data && data.account === message.id) end(data);
      };
      const late = setTimeout(() => end(null), PATIENCE);
      const look = setInterval(() => {
        if (!running.has(worker)) end(null);
      }, 200);
      worker.addEventListener('message', hear);
      worker.postMessage(message);
    });
  }
}
