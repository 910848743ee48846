/** The decode loop of every model: one token after the other, the likeliest unless it is to be drawn by lot. */
import type { TextCodec } from './codec.ts';
import type { Generated, GenerateOptions } from './generator.ts';
import { macrotask } from './macrotask.ts';
import { chooser } from './sampling.ts';
import { TokenStream } from './stream.ts';

/** A text that a model is reading on with. It holds what was read, and is released by whoever began it. */
export interface Reader {
  /**
   * Reads ids after all that was read before.
   * @returns one score for each token of the vocabulary, to come after the last id
   */
  read(ids: readonly number[]): Float32Array | Promise<Float32Array>;
  release(): void;
}

/** A prompt about to be read: by whom, and in which parts. Stop is heard after each of them. */
export interface Beginning {
  readonly reader: Reader;
  readonly parts: readonly (readonly number[])[];
}

/** How a model begins with the ids of a prompt. */
export type Begin = (prompt: readonly number[]) => Beginning;

export interface DecodeOptions extends GenerateOptions {
  readonly codec: TextCodec;
  /** Ids that end the answer. */
  readonly ends: readonly number[];
}

/** An answer ends when its last ids, at least `length` of them, only repeat a period of at most `period`. */
const repetition = { period: 40, length: 24 } as const;

/**
 * Reads a prompt and writes on from there. Not transformers.js's `generate()`: that one cannot be stopped.
 * Its reader is released, however it ends.
 */
export async function decode(
  { reader, parts }: Beginning,
  { codec, ends, maxTokens, sampling, signal, onRead, onText, onChosen }: DecodeOptions,
): Promise<Omit<Generated, 'readBefore'>> {
  const stream = new TokenStream((ids) => codec.decode(ids));
  const choose = chooser(sampling);
  const ids: number[] = [];
  let text = '';
  const say = (piece: string): void => {
    if (!piece) return;
    text += piece;
    onText?.(piece);
  };
  let ended: Generated['ended'] = 'length';
  const unread = [...parts];
  try {
    while (ids.length < maxTokens) {
      const scores = await reader.read(unread.shift()!);
      const isRead = unread.length === 0;
      if (isRead && ids.length === 0) onRead?.();
      // ONNX Runtime computes without a pause: only here can a message, such as Stop, come in.
      await macrotask();
      if (signal?.aborted) {
        ended = 'stopped';
        break;
      }
      if (!isRead) continue;
      const id = choose(scores);
      onChosen?.(id, scores);
      if (ends.includes(id)) {
        ended = 'end-token';
        break;
      }
      ids.push(id);
      say(stream.push(id));
      if (repeats(ids)) {
        ended = 'repetition';
        break;
      }
      unread.push([id]);
    }
  } finally {
    reader.release();
  }
  say(stream.end());
  return { text, ids, ended };
}

function repeats(ids: readonly number[]): boolean {
  for (let period = 1; period <= repetition.period; period++) {
    const compared = Math.max(period, repetition.length - period);
    if (ids.length < compared + period) return false;
    let same = 0;
    while (same < compared && ids[ids.length - 1 - same] === ids[ids.length - 1 - same - period]) same++;
    if (same === compared) return true;
  }
  return false;
}
