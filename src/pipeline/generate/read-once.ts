/**
 * Passages that the model has read, each by itself: none sees another, and each is read right after the system prompt,
 * so that its keys and values can be used in every prompt that it stands in. There its keys are moved to its place: a
 * position turns a key by an angle, and can be changed later (Block-Attention, Ma et al. 2024; TurboRAG, Lu et al. 2024).
 * The question sees them all.
 */
import type { PromptPieces } from '../prompt/prompt.ts';
import type { KeyValueBlock, Moved } from './key-values.ts';
import type { LanguageModel } from './language-model.ts';
import { macrotask } from './macrotask.ts';

/** About twenty passages of 130 tokens, at 46 kB a token. */
const MOST_BYTES = 128 * 2 ** 20;

/** All that stands before the question. */
export interface ReadPassages {
  /** System prompt and passages in the prompt's order, each moved to its place: what the question is read after. */
  readonly blocks: readonly Moved[];
  /** Tokens that had been read before. */
  readonly readBefore: number;
}

/** A passage as it is read by itself: all that its keys and values depend on. */
export interface PassageApart {
  readonly system: readonly number[];
  readonly ids: readonly number[];
  readonly adapterScale: number;
}

/** What of a prompt has not been read. */
export interface Unread {
  /** Places of passages in the prompt. */
  readonly passages: readonly number[];
  /** Tokens of all that has been. */
  readonly readBefore: number;
}

export class ReadOnce {
  /** By what was read; the one that was used longest ago first. */
  private readonly kept = new Map<string, KeyValueBlock>();
  private bytes = 0;

  constructor(
    private readonly model: LanguageModel,
    private readonly mostBytes = MOST_BYTES,
  ) {}

  /**
   * Reads what has not been read.
   * @throws the signal's reason; what was read until then is kept
   */
  async read(prompt: PromptPieces, adapterScale: number, signal?: AbortSignal): Promise<ReadPassages> {
    const { system, passages } = prompt;
    let readBefore = 0;
    const blockOf = async (ids: readonly number[], after: KeyValueBlock | null): Promise<KeyValueBlock> => {
      const key = keyOf({ system: after ? system : [], ids, adapterScale });
      const known = this.kept.get(key);
      if (known) readBefore += ids.length;
      const block = known ?? this.readBlock(ids, after, adapterScale);
      this.keep(key, block);
      // ONNX Runtime computes without a pause: only here can a message, such as Stop, come in.
      if (!known) await macrotask();
      signal?.throwIfAborted();
      return block;
    };
    const start = await blockOf(system, null);
    const blocks = [{ block: start, by: 0 }];
    let by = 0;
    for (const ids of passages) {
      const block = await blockOf(ids, start);
      blocks.push({ block, by });
      by += block.tokens;
    }
    return { blocks, readBefore };
  }

  unread({ system, passages }: PromptPieces, adapterScale: number): Unread {
    const isRead = (ids: readonly number[]) => this.kept.has(keyOf({ system, ids, adapterScale }));
    const places = passages.map((_, i) => i);
    const read = passages.filter(isRead);
    if (this.kept.has(keyOf({ system: [], ids: system, adapterScale }))) read.push(system);
    return {
      passages: places.filter((i) => !isRead(passages[i]!)),
      readBefore: read.reduce((sum, { length }) => sum + length, 0),
    };
  }

  /** Reads a passage for another worker. It is not kept here, so that its memory can be given away. */
  readApart({ system, ids, adapterScale }: PassageApart): KeyValueBlock {
    const key = keyOf({ system: [], ids: system, adapterScale });
    const start = this.kept.get(key) ?? this.readBlock(system, null, adapterScale);
    this.keep(key, start);
    return this.readBlock(ids, start, adapterScale);
  }

  /** Keeps what another worker has read: the same to the bit as if it had been read here. */
  take(passage: PassageApart, block: KeyValueBlock): void {
    this.keep(keyOf(passage), block);
  }

  private readBlock(ids: readonly number[], after: KeyValueBlock | null, adapterScale: number): KeyValueBlock {
    const past = this.model.join(after ? [{ block: after, by: 0 }] : []);
    try {
      const { keyValues } = this.model.read(ids, { adapterScale, past });
      const block = keyValues.copy(past.tokens);
      keyValues.release();
      return block;
    } finally {
      past.release();
    }
  }

  /** Keeps it as the one used last, and lets go of those used longest ago. */
  private keep(key: string, block: KeyValueBlock): void {
    if (this.kept.delete(key)) this.bytes -= block.values.byteLength;
    this.kept.set(key, block);
    this.bytes += block.values.byteLength;
    for (const [oldest, { values }] of this.kept) {
      if (this.bytes <= this.mostBytes || oldest === key) break;
      this.kept.delete(oldest);
      this.bytes -= values.byteLength;
    }
  }
}

/** A system prompt is read after none. */
const keyOf = ({ system, ids, adapterScale }: PassageApart): string => JSON.stringify([adapterScale, system, ids]);
