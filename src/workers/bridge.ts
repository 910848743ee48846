/**
 * The page's end of a worker: calls become promises, one at a time, in order. The worker starts with the
 * first call and ends when it has been idle for a while: WASM memory never shrinks, ending the worker frees it.
 */
import { dataToError, type FromWorker, type ToWorker } from './protocol.ts';

/** The worker died, did not even start, or was ended while it worked on this call. `message` is for the person. */
export class WorkerEndedError extends Error {
  override readonly name = 'WorkerEndedError';
  constructor(
    readonly how: 'died' | 'not-started' | 'ended',
    message: string,
  ) {
    super(message);
  }
}

/** The part of a Worker that the bridge uses; tests give their own. */
export interface WorkerLike {
  postMessage(message: unknown, transfer: Transferable[]): void;
  terminate(): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: Event) => void): void;
}

export interface BridgeOptions<Request> {
  /** As the person reads it: `The reader stopped working.` */
  readonly name: string;
  readonly start: () => WorkerLike;
  /** First request to every new worker, such as loading a model; its reply is not used. */
  readonly prepare?: () => Promise<Request>;
  /** After so long without a call the worker is ended; Infinity keeps it. */
  readonly idleMilliseconds: number;
  /**
   * How long an aborted call may go on before the worker is ended; 0 ends it at once. The caller's promise
   * is rejected at once either way.
   */
  readonly graceMilliseconds: number;
  /** A worker that had answered has ended, and with it what it held; not told of `close`. */
  readonly onEnded?: () => void;
}

export interface CallOptions<Progress> {
  readonly signal?: AbortSignal;
  readonly transfer?: Transferable[];
  readonly onProgress?: (progress: Progress) => void;
  /** The request leaves the queue and is given to the worker. */
  readonly onStart?: () => void;
  /** Asked once more, of a new worker, when the first dies with it: for what may be asked twice, and transfers nothing. */
  readonly again?: boolean;
}

interface Call<Reply, Progress> {
  readonly id: number;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

export class WorkerBridge<Request, Reply, Progress = never> {
  private worker: WorkerLike | null = null;
  private running: Call<Reply, Progress> | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  private nextId = 1;
  private idle: ReturnType<typeof setTimeout> | undefined;
  private closed = false;
  /** The worker has answered: before, it holds nothing. */
  private answered = false;

  constructor(private readonly options: BridgeOptions<Request>) {}

  /** @throws the signal's reason on abort; WorkerEndedError when the worker dies; else what the worker threw. */
  call(request: Request, options: CallOptions<Progress> = {}): Promise<Reply> {
    const { signal } = options;
    return new Promise<Reply>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      // An abort settles the caller's promise at once, also while the call waits in the queue.
      const aborted = () => reject(signal?.reason);
      signal?.addEventListener('abort', aborted, { once: true });
      this.queue = this.queue.then(async () => {
        if (!signal?.aborted) await this.runAgain(request, options).then(resolve, reject);
        signal?.removeEventListener('abort', aborted);
      });
    });
  }

  /** Ends the worker; a running call is rejected, waiting ones start a new worker. */
  end(): void {
    this.fail(this.wasEnded());
  }

  /** Ends the worker for good: running, waiting and later calls are rejected. */
  close(): void {
    this.closed = true;
    this.end();
  }

  private async runAgain(request: Request, options: CallOptions<Progress>): Promise<Reply> {
    try {
      return await this.run(request, options);
    } catch (error) {
      if (!options.again || !hasDied(error)) throw error;
      return await this.run(request, options);
    }
  }

  private async run(
    request: Request,
    { signal, transfer, onProgress, onStart }: CallOptions<Progress>,
  ): Promise<Reply> {
    clearTimeout(this.idle);
    this.throwIfClosed();
    if (!this.worker) {
      const first = await this.options.prepare?.();
      this.throwIfClosed();
      this.worker = this.listen(this.options.start());
      if (first !== undefined) {
        await this.post(first, [], undefined).reply.catch((error: unknown) => {
          this.end();
          throw error;
        });
      }
    }
    // Preparing may have taken long; the caller may have gone.
    signal?.throwIfAborted();
    onStart?.();
    // Who has stopped a call must not hear of its progress while it winds down.
    const heard = (progress: Progress) => void (signal?.aborted || onProgress?.(progress));
    const { id, reply } = this.post(request, transfer ?? [], heard);
    const stop = () => this.stop(id);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await reply;
    } finally {
      signal?.removeEventListener('abort', stop);
      if (this.worker && Number.isFinite(this.options.idleMilliseconds)) {
        this.idle = setTimeout(() => this.end(), this.options.idleMilliseconds);
      }
    }
  }

  private wasEnded(): WorkerEndedError {
    return new WorkerEndedError('ended', `The ${this.options.name} was ended.`);
  }

  private throwIfClosed(): void {
    if (this.closed) throw this.wasEnded();
  }

  private post(request: Request, transfer: Transferable[], onProgress: ((progress: Progress) => void) | undefined) {
    const id = this.nextId++;
    const reply = new Promise<Reply>((resolve, reject) => {
      this.running = { id, resolve, reject, onProgress };
    });
    const message: ToWorker<Request> = { type: 'request', id, request };
    this.worker?.postMessage(message, transfer);
    return { id, reply };
  }

  private stop(id: number): void {
    const ended = () => {
      if (this.running?.id === id) this.fail(this.wasEnded());
    };
    if (this.options.graceMilliseconds === 0) return ended();
    const message: ToWorker<Request> = { type: 'stop', id };
    this.worker?.postMessage(message, []);
    setTimeout(ended, this.options.graceMilliseconds);
  }

  private listen(worker: WorkerLike): WorkerLike {
    worker.addEventListener('message', (event) => {
      if (worker !== this.worker) return;
      const message = event.data as FromWorker<Reply, Progress>;
      const call = this.running;
      if (!call || call.id !== message.id) return;
      if (message.type === 'progress') return call.onProgress?.(message.progress);
      this.running = null;
      this.answered = true;
      if (message.type === 'reply') call.resolve(message.reply);
      else call.reject(dataToError(message.error));
    });
    const died = (event: Event) => {
      if (worker !== this.worker) return;
      const why = event instanceof ErrorEvent && event.message ? ` (${event.message})` : '';
      const { name } = this.options;
      if (this.answered) return this.fail(new WorkerEndedError('died', `The ${name} stopped working${why}.`));
      const reload = 'A file of the page did not come, or this browser refuses it. Reload the page to try again.';
      this.fail(new WorkerEndedError('not-started', `The ${name} did not start${why}. ${reload}`));
    };
    worker.addEventListener('error', died);
    worker.addEventListener('messageerror', died);
    return worker;
  }

  private fail(error: Error): void {
    clearTimeout(this.idle);
    this.worker?.terminate();
    this.worker = null;
    const call = this.running;
    this.running = null;
    call?.reject(error);
    const lost = this.answered && !this.closed;
    this.answered = false;
    if (lost) this.options.onEnded?.();
  }
}

/** The worker had answered before, and died over this call: a new one may do better. */
export function hasDied(error: unknown): boolean {
  return error instanceof WorkerEndedError && error.how === 'died';
}
