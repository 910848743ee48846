/** The local language model: prompt ids -> text, token by token. */
import { AutoTokenizer } from '@xenova/transformers';
import type { PromptPieces } from '../prompt/prompt.ts';
import { mendDigits } from './digits.ts';
import type { KeyValues } from './key-values.ts';
import { LanguageModel } from './language-model.ts';
import { macrotask } from './macrotask.ts';
import { ReadOnce } from './read-once.ts';
import type { ReadAs } from './reading.ts';
import { Runtime } from './runtime.ts';
import { TokenStream } from './stream.ts';

export interface GeneratorFiles {
  readonly modelId: string;
  /** Path in the model's folder -> its content. */
  readonly files: ReadonlyMap<string, Blob>;
  /** ONNX Runtime for this engine: see `Runtime.start`. */
  readonly wasm: ArrayBuffer;
}

/** Text to token ids and back; control tokens count as such on the way in and are left out on the way back. */
export interface TextCodec {
  encode(text: string): number[];
  decode(ids: number[]): string;
}

export interface GenerateOptions extends ReadAs {
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
  /** Tokens of the prompt that had been read before and were not read again. */
  readonly readBefore: number;
}

/** As transformers.js v2 names it. */
const WEIGHTS = 'onnx/decoder_model_merged_quantized.onnx';

/** Ends a turn: `<|im_end|>`. */
const endToken = 2;

/** An answer ends when its last ids, at least `length` of them, only repeat a period of at most `period`. */
const repetition = { period: 40, length: 24 } as const;

/**
 * SmolLM2 with its adapter. The decode loop is ours, not transformers.js's `generate()`: that one cannot
 * be stopped and does not know `adapter_scale`.
 */
export class Generator {
  private readonly once: ReadOnce;

  constructor(
    private readonly codec: TextCodec,
    readonly model: LanguageModel,
  ) {
    this.once = new ReadOnce(model);
  }

  /** The tokenizer's files come from the cache that `configureTransformers` (src/models) has set up. */
  static async load({ modelId, files, wasm }: GeneratorFiles): Promise<Generator> {
    const tokenizer = await AutoTokenizer.from_pretrained(modelId);
    mendDigits(tokenizer);
    const codec: TextCodec = {
      encode: (text) => tokenizer.encode(text, null, { add_special_tokens: false }),
      decode: (ids) => tokenizer.decode(ids, { skip_special_tokens: true, clean_up_tokenization_spaces: false }),
    };
    const config = JSON.parse(await fileOf(files, 'config.json').text()) as Record<string, number>;
    const { num_hidden_layers: layers, num_key_value_heads: heads, head_dim: width, rope_theta: ropeTheta } = config;
    const shape = { layers: layers!, heads: heads!, width: width!, ropeTheta: ropeTheta! };
    return new Generator(codec, await LanguageModel.open(await Runtime.start(wasm), fileOf(files, WEIGHTS), shape));
  }

  /** Ids of a whole prompt; control tokens in it count as such. */
  encode(text: string): number[] {
    return this.codec.encode(text);
  }

  /**
   * Reads a prompt's passages before it is asked, where they are read once: `generate` goes on from there.
   * @throws the signal's reason; what was read until then is kept
   */
  async readAhead(prompt: PromptPieces, { adapterScale, reading }: ReadAs, signal?: AbortSignal): Promise<void> {
    if (reading === 'once') (await this.once.read(prompt, adapterScale, signal)).past.release();
  }

  /** Greedy: the same prompt read the same way gives the same text, whatever had been read before. */
  async generate(prompt: PromptPieces, options: GenerateOptions): Promise<Generated> {
    const stream = new TokenStream((ids) => this.codec.decode(ids));
    const written: number[] = [];
    let text = '';
    const say = (piece: string) => {
      if (!piece) return;
      text += piece;
      options.onText?.(piece);
    };
    const { adapterScale, signal } = options;
    const start = await this.start(prompt, options);
    if (!start) return { text, ids: written, ended: 'stopped', readBefore: 0 };
    const { readBefore } = start;
    let { past, ids: next } = start;
    let ended: Generated['ended'] = 'length';
    try {
      while (written.length < options.maxTokens) {
        const { logits, keyValues } = this.model.read(next, { adapterScale, past });
        past.release();
        past = keyValues;
        if (written.length === 0) options.onRead?.();
        // ONNX Runtime computes without a pause: only here can a message, such as Stop, come in.
        await macrotask();
        if (signal?.aborted) {
          ended = 'stopped';
          break;
        }
        const id = argmax(logits);
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
    } finally {
      past.release();
    }
    say(stream.end());
    return { text, ids: written, ended, readBefore };
  }

  /** What was read before (of each prompt the system prompt) and what is read now; null if stopped meanwhile. */
  private async start(prompt: PromptPieces, { adapterScale, reading, signal }: GenerateOptions): Promise<Start | null> {
    const { passages, question } = prompt;
    const [apart, ids] = reading === 'once' ? [passages, question] : [[], [...passages.flat(), ...question]];
    try {
      return { ...(await this.once.read({ ...prompt, passages: apart }, adapterScale, signal)), ids };
    } catch (error) {
      if (signal?.aborted) return null;
      throw error;
    }
  }
}

interface Start {
  readonly past: KeyValues;
  readonly ids: readonly number[];
  readonly readBefore: number;
}

function fileOf(files: ReadonlyMap<string, Blob>, path: string): Blob {
  const file = files.get(path);
  if (!file) throw new Error(`The generator's file ${path} is missing.`);
  return file;
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
