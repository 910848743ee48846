/** SmolLM2 with its adapter: token ids -> scores of the next token, and the keys and values of what was read. */
import { KeyValues, type KeyValueShape, type Moved } from './key-values.ts';
import type { Runtime } from './runtime.ts';
import { Session } from './session.ts';
import { Tensor } from './tensor.ts';

export interface ReadOptions {
  /** 0 is the base model, 1 the fine-tuned one; the graph scales the adapter's share by it. */
  readonly adapterScale: number;
  /** What was read before and is seen by the new tokens; it stays as it is, and the caller's. */
  readonly past?: KeyValues;
}

export interface Reading {
  /** One score for each token of the vocabulary, to come after the last id. */
  readonly logits: Float32Array;
  /** Of the past and the new tokens together, to be released by the caller. */
  readonly keyValues: KeyValues;
}

export class LanguageModel {
  private constructor(
    private readonly runtime: Runtime,
    private readonly session: Session,
    private readonly shape: KeyValueShape,
  ) {}

  static async open(runtime: Runtime, model: Blob, shape: KeyValueShape): Promise<LanguageModel> {
    return new LanguageModel(runtime, await Session.open(runtime, model), shape);
  }

  /**
   * Reads `ids`, each seeing the past, the ids before it and itself. Activations are quantised by the call: a text read
   * in two calls gives slightly other scores than in one.
   */
  read(ids: readonly number[], { adapterScale, past }: ReadOptions): Reading {
    const before = past ?? this.join([]);
    const inputs = new Map<string, Tensor>();
    const feed = (name: string, values: Float32Array | BigInt64Array, dims: readonly number[]) =>
      inputs.set(name, Tensor.of(this.runtime, values, dims));
    let outputs: Map<string, Tensor>;
    try {
      const row = (length: number, value: (i: number) => number) =>
        [BigInt64Array.from({ length }, (_, i) => BigInt(value(i))), [1, length]] as const;
      feed('input_ids', ...row(ids.length, (i) => ids[i]!));
      feed('attention_mask', ...row(before.tokens + ids.length, () => 1));
      feed('position_ids', ...row(ids.length, (i) => before.tokens + i));
      feed('adapter_scale', Float32Array.of(adapterScale), []);
      outputs = this.session.run(
        new Map([...inputs, ...before.tensors.map((tensor, i) => [pastName(i), tensor] as const)]),
      );
    } finally {
      for (const tensor of inputs.values()) tensor.release();
      if (!past) before.release();
    }
    const scores = outputs.get('logits')!;
    const logits = scores.floats.slice();
    scores.release();
    const made = before.tensors.map((_, i) => outputs.get(presentName(i))!);
    return { logits, keyValues: KeyValues.made(this.runtime, this.shape, made) };
  }

  /** One past of several blocks, in this order, each moved to its place. They stay as they are. */
  join(blocks: readonly Moved[]): KeyValues {
    return KeyValues.join(this.runtime, this.shape, blocks);
  }

  release(): void {
    this.session.release();
  }
}

const pastName = (i: number): string => `past_key_values.${i >> 1}.${i % 2 ? 'value' : 'key'}`;
const presentName = (i: number): string => `present.${i >> 1}.${i % 2 ? 'value' : 'key'}`;
