/** Several embedding workers behind one queue. Questions go first: they wait for at most one passage in flight. */
import type { TokenVectors } from '../pipeline/embed/embedder.ts';
import type { EmbedderReply, EmbedderRequest } from '../workers/embedder.ts';
import type { CallOptions } from '../workers/bridge.ts';

/** One worker of the pool. */
export interface EmbedderDoor {
  call(request: EmbedderRequest, options?: CallOptions<never>): Promise<EmbedderReply>;
}

export interface Embedded {
  readonly vector: Float32Array;
  /** Tokens over the model's limit that were left out, from the end; 0 for a passage. */
  readonly leftOut: number;
}

export interface PassageOptions {
  readonly signal?: AbortSignal;
  /** Before what waits already. */
  readonly urgent?: boolean;
}

interface Job {
  readonly request: EmbedderRequest;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (reply: EmbedderReply) => void;
  readonly reject: (error: unknown) => void;
}

export class EmbedderPool {
  private readonly first: Job[] = [];
  private readonly later: Job[] = [];
  private readonly idle: EmbedderDoor[];
  /** Texts embedded since the page opened: what a change costs can be counted. */
  calls = 0;

  constructor(doors: readonly EmbedderDoor[]) {
    this.idle = [...doors];
  }

  async passage(text: string, options: PassageOptions = {}): Promise<Float32Array> {
    const queue = options.urgent ? this.first : this.later;
    return embedded(await this.enqueue({ type: 'passage', text }, queue, options.signal)).vector;
  }

  async question(text: string, signal?: AbortSignal): Promise<Embedded> {
    return embedded(await this.enqueue({ type: 'question', text }, this.first, signal));
  }

  /** A text with the vectors of its tokens; goes before what waits. */
  async tokens(text: string, as: 'passage' | 'question' = 'passage'): Promise<TokenVectors> {
    const reply = await this.enqueue({ type: 'tokens', text, as }, this.first, undefined);
    if (reply.type !== 'tokens') throw new Error('The embedder gave no vectors of tokens.');
    return reply.tokens;
  }

  /** The words of a question that the embedder's vocabulary does not hold whole. */
  async unusualWords(text: string, signal?: AbortSignal): Promise<readonly string[]> {
    const reply = await this.enqueue({ type: 'unusual', text }, this.first, signal);
    return reply.type === 'unusual' ? reply.words : [];
  }

  private enqueue(request: EmbedderRequest, queue: Job[], signal: AbortSignal | undefined): Promise<EmbedderReply> {
    return new Promise((resolve, reject) => {
      queue.push({ request, signal, resolve, reject });
      this.dispatch();
    });
  }

  private dispatch(): void {
    for (;;) {
      const job = this.first[0] ?? this.later[0];
      if (!job) return;
      if (job.signal?.aborted) {
        this.take();
        job.reject(job.signal.reason);
        continue;
      }
      const door = this.idle.pop();
      if (!door) return;
      this.take();
      void this.work(door, job);
    }
  }

  private take(): void {
    if (!this.first.shift()) this.later.shift();
  }

  /** A job in flight is not stopped: it takes a few hundredths of a second, a new worker half a second. */
  private async work(door: EmbedderDoor, { request, resolve, reject }: Job): Promise<void> {
    try {
      if (request.type !== 'unusual') this.calls++;
      resolve(await door.call(request, { again: true }));
    } catch (error) {
      reject(error);
    } finally {
      this.idle.push(door);
      this.dispatch();
    }
  }
}

/** @throws Error on a reply without a vector */
function embedded(reply: EmbedderReply): Embedded {
  if (reply.type !== 'embedded') throw new Error('The embedder gave no vector.');
  return { vector: reply.vector, leftOut: reply.leftOut };
}
