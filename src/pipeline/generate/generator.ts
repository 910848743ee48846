/** The local language model: prompt ids -> text, token by token. */
import {
  AutoModelForCausalLM,
  AutoTokenizer,
  Tensor,
  type PreTrainedModel,
  type PreTrainedTokenizer,
} from '@xenova/transformers';
import { mendDigits } from './digits.ts';
import { TokenStream } from './stream.ts';

/** An ONNX Runtime session, as far as the loop needs it. */
interface Session {
  run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>;
}

export interface GenerateOptions {
  /** 0 is the base model, 1 the fine-tuned one; the graph scales the adapter's share by it. */
  readonly adapterScale: number;
  readonly maxTokens: number;
  readonly signal?: AbortSignal;
  /** The prompt has been read; called once, before the first text. */
  onRead?(): void;
  /** Whole characters, as they come. */
  onText?(piece: string): void;
}

export interface Generated {
  readonly text: string;
  /** Without the end token. */
  readonly ids: readonly number[];
  readonly ended: 'end-token' | 'length' | 'repetition' | 'stopped';
}

/** Ends a turn: `<|im_end|>`. */
const endToken = 2;

/** An answer ends when its last ids, at least `length` of them, only repeat a period of at most `period`. */
const repetition = { period: 40, length: 24 } as const;

/**
 * SmolLM2 with its adapter. The decode loop is ours, not transformers.js's `generate()`: that one cannot
 * be stopped and does not know `adapter_scale`.
 */
export class Generator {
  private constructor(
    private readonly tokenizer: PreTrainedTokenizer,
    private readonly session: Session,
    private readonly shape: { layers: number; heads: number; width: number },
  ) {}

  static async load(modelId: string): Promise<Generator> {
    const tokenizer = await AutoTokenizer.from_pretrained(modelId);
    mendDigits(tokenizer);
    const model = await AutoModelForCausalLM.from_pretrained(modelId, { quantized: true });
    const { num_hidden_layers, num_key_value_heads, head_dim } = model.config as Record<string, number>;
    const shape = { layers: num_hidden_layers!, heads: num_key_value_heads!, width: head_dim! };
    return new Generator(tokenizer, (model as PreTrainedModel & { session: Session }).session, shape);
  }

  /** Ids of a whole prompt; control tokens in it count as such. */
  encode(text: string): number[] {
    return this.tokenizer.encode(text, null, { add_special_tokens: false });
  }

  /** Greedy: the same prompt gives the same text. */
  async generate(prompt: readonly number[], options: GenerateOptions): Promise<Generated> {
    const stream = new TokenStream((ids) =>
      this.tokenizer.decode(ids, { skip_special_tokens: true, clean_up_tokenization_spaces: false }),
    );
    const written: number[] = [];
    let text = '';
    const say = (piece: string) => {
      if (!piece) return;
      text += piece;
      options.onText?.(piece);
    };
    let past = this.emptyCache();
    let next = prompt;
    let length = 0;
    let ended: Generated['ended'] = 'length';
    while (written.length < options.maxTokens) {
      const step = await this.step(next, past, length, options.adapterScale);
      length += next.length;
      past = step.cache;
      if (written.length === 0) options.onRead?.();
      // ONNX Runtime computes without a pause: only here can a message, such as Stop, come in.
      await macrotask();
      if (options.signal?.aborted) {
        ended = 'stopped';
        break;
      }
      const id = argmax(step.logits);
      if (id === endToken) {
        ended = 'end-token';
        break;
      }
      written.push(id);
      say(stream.push(id));
      if (repeats(written)) {
        ended = 'repetition';
        break;
      }
      next = [id];
    }
    say(stream.end());
    return { text, ids: written, ended };
  }

  /** Runs `ids` after the `length` tokens already in the cache. */
  private async step(ids: readonly number[], past: Record<string, Tensor>, length: number, adapterScale: number) {
    const count = ids.length;
    const outputs = await this.session.run({
      ...past,
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, count]),
      attention_mask: new Tensor('int64', new BigInt64Array(length + count).fill(1n), [1, length + count]),
      position_ids: new Tensor(
        'int64',
        BigInt64Array.from(ids, (_, i) => BigInt(length + i)),
        [1, count],
      ),
      adapter_scale: new Tensor('float32', Float32Array.of(adapterScale), []),
    });
    const cache: Record<string, Tensor> = {};
    for (const [name, tensor] of Object.entries(outputs)) {
      if (name.startsWith('present.')) cache[name.replace('present.', 'past_key_values.')] = tensor;
    }
    return { logits: outputs['logits']!.data as Float32Array, cache };
  }

  private emptyCache(): Record<string, Tensor> {
    const cache: Record<string, Tensor> = {};
    for (let layer = 0; layer < this.shape.layers; layer++) {
      for (const part of ['key', 'value']) {
        const shape = [1, this.shape.heads, 0, this.shape.width];
        cache[`past_key_values.${layer}.${part}`] = new Tensor('float32', new Float32Array(0), shape);
      }
    }
    return cache;
  }
}

function argmax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
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

function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}
