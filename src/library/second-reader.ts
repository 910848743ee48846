/**
 * A second worker with the page's own model, which reads passages beside the one that writes. It is loaded when several
 * passages first wait to be read, and helps from when it is there.
 */
import type { PassageApart } from '../pipeline/generate/read-once.ts';
import { shareOut } from '../pipeline/generate/share-out.ts';
import type { PromptPieces } from '../pipeline/prompt/prompt.ts';
import type { CallOptions } from '../workers/bridge.ts';
import type { GeneratorProgress, GeneratorReply, GeneratorRequest } from '../workers/generator.ts';

/** One of the two workers. */
export interface GeneratorDoor {
  call(request: GeneratorRequest, options?: CallOptions<GeneratorProgress>): Promise<GeneratorReply>;
}

/** With fewer unread passages there is nothing to share. */
const SEVERAL = 2;

export class SecondReader {
  /** Where it could not be loaded or has died, the next one would fare alike. */
  private failed = false;

  constructor(private readonly door: GeneratorDoor & { close(): void }) {}

  /**
   * Reads what has not been read of the prompt's passages, where several have not; what is left is the writer's to read.
   * @param writer the worker that will write, and keeps what was read
   * @returns tokens of the prompt that had been read before
   * @throws the signal's reason; what was read until then is kept
   */
  async read(
    writer: GeneratorDoor,
    { system, passages }: PromptPieces,
    adapterScale: number,
    signal: AbortSignal,
  ): Promise<number> {
    const prompt = { system, passages, question: [] };
    const reply = await writer.call({ type: 'unread', prompt, adapterScale }, { signal });
    if (reply.type !== 'unread') throw new Error('The generator did not tell what it has read.');
    const { unread } = reply;
    if (this.failed || unread.passages.length < SEVERAL) return unread.readBefore;
    await shareOut(unread.passages, {
      async own(place) {
        const one = { ...prompt, passages: [passages[place]!] };
        const readAs = { adapterScale, reading: 'once' } as const;
        await writer.call({ type: 'read-ahead', prompt: one, readAs }, { signal });
      },
      // What it has begun it ends, also when this question is given up: the next one will want it.
      otherReady: this.asked({ type: 'ready' }),
      other: (place) => this.readApart(writer, { system, ids: passages[place]!, adapterScale }),
    });
    return unread.readBefore;
  }

  /** Ends its worker for good. */
  close(): void {
    this.door.close();
  }

  /** The writer hears only between two passages of its own: the next is not put off until it has taken this one. */
  private async readApart(writer: GeneratorDoor, passage: PassageApart): Promise<{ readonly brought: Promise<void> }> {
    const reply = await this.asked({ type: 'read-apart', passage });
    if (reply.type !== 'read-apart') throw new Error('The second reader read no passage.');
    const { block } = reply;
    const taken = writer.call({ type: 'take', passage, block }, { transfer: [block.values.buffer as ArrayBuffer] });
    return { brought: taken.then(() => undefined) };
  }

  private async asked(request: GeneratorRequest): Promise<GeneratorReply> {
    try {
      return await this.door.call(request);
    } catch (error) {
      this.failed = true;
      throw error;
    }
  }
}
