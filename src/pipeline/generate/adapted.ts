/** The page's own model: SmolLM2 with an adapter that can be scaled, in ONNX Runtime's memory without transformers.js. */
import { buildPrompt, promptIds, type Prompt, type PromptPassage, type PromptPieces } from '../prompt/prompt.ts';
import { formatOf, type Wording } from '../prompt/wording.ts';
import { loadCodec, type TextCodec } from './codec.ts';
import { decode, type Reader } from './decode.ts';
import { fileOf, type Generated, type GenerateOptions, type GeneratorFiles } from './generator.ts';
import type { KeyValueBlock, KeyValues } from './key-values.ts';
import { LanguageModel } from './language-model.ts';
import { ReadOnce, type PassageApart, type Unread } from './read-once.ts';
import type { ReadAs } from './reading.ts';
import { Runtime } from './runtime.ts';
import { weigh, type Weighed } from './weigh.ts';

/** As transformers.js v2 names it. */
const WEIGHTS = 'onnx/decoder_model_merged_quantized.onnx';

/** Ends a turn: `<|im_end|>`. */
const endToken = 2;

export class AdaptedGenerator {
  private readonly once: ReadOnce;

  constructor(
    private readonly codec: TextCodec,
    readonly model: LanguageModel,
  ) {
    this.once = new ReadOnce(model);
  }

  /**
   * The tokenizer's files come from the cache that `configureTransformers` (src/models) has set up.
   * @param wasm ONNX Runtime for this engine: see `Runtime.start`
   */
  static async load(model: GeneratorFiles, wasm: ArrayBuffer): Promise<AdaptedGenerator> {
    const codec = await loadCodec(model.modelId);
    const config = JSON.parse(await fileOf(model, 'config.json').text()) as Record<string, number>;
    const { num_hidden_layers: layers, num_key_value_heads: heads, head_dim: width, rope_theta: ropeTheta } = config;
    const shape = { layers: layers!, heads: heads!, width: width!, ropeTheta: ropeTheta! };
    const runtime = await Runtime.start(wasm);
    return new AdaptedGenerator(codec, await LanguageModel.open(runtime, fileOf(model, WEIGHTS), shape));
  }

  prompt(passages: readonly PromptPassage[], question: string, wording: Wording = 'training'): Prompt {
    return buildPrompt(passages, question, (text) => this.codec.encode(text), formatOf[wording]);
  }

  /** How likely each continuation is to follow a text. @throws the signal's reason */
  weigh(
    text: string,
    continuations: readonly string[],
    adapterScale: number,
    signal?: AbortSignal,
  ): Promise<readonly Weighed[]> {
    return weigh(this.model, this.codec, { text, continuations, adapterScale, ...(signal && { signal }) });
  }

  /**
   * Reads a prompt's passages before it is asked, where they are read once: `generate` goes on from there.
   * @throws the signal's reason; what was read until then is kept
   */
  async readAhead(prompt: PromptPieces, { adapterScale, reading }: ReadAs, signal?: AbortSignal): Promise<void> {
    if (reading === 'once') await this.once.read(prompt, adapterScale, signal);
  }

  unread(prompt: PromptPieces, adapterScale: number): Unread {
    return this.once.unread(prompt, adapterScale);
  }

  /** Reads a passage for another generator, which takes it with `take`. */
  readApart(passage: PassageApart): KeyValueBlock {
    return this.once.readApart(passage);
  }

  take(passage: PassageApart, block: KeyValueBlock): void {
    this.once.take(passage, block);
  }

  /** Of one token; '' of a control token, and � where a sign takes several tokens. */
  textOf(id: number): string {
    return this.codec.decode([id]);
  }

  isEnd(id: number): boolean {
    return id === endToken;
  }

  /** The same prompt read the same way gives the same text, whatever had been read before: greedy, or by a seed. */
  async generate(prompt: PromptPieces, options: GenerateOptions & ReadAs): Promise<Generated> {
    const start = await this.start(prompt, options);
    if (!start) return { text: '', ids: [], ended: 'stopped', readBefore: 0 };
    const { codec } = this;
    const begun = { reader: this.readerFrom(start, options.adapterScale), parts: [start.ids] };
    const written = await decode(begun, { ...options, codec, ends: [endToken] });
    return { ...written, readBefore: start.readBefore };
  }

  private readerFrom({ past: before }: Start, adapterScale: number): Reader {
    let past = before;
    return {
      read: (ids) => {
        const { logits, keyValues } = this.model.read(ids, { adapterScale, past });
        past.release();
        past = keyValues;
        return logits;
      },
      release: () => past.release(),
    };
  }

  /** What was read before and what is read now; null if stopped meanwhile. */
  private async start(
    prompt: PromptPieces,
    { adapterScale, reading, signal }: ReadAs & GenerateOptions,
  ): Promise<Start | null> {
    // Not even the system prompt is kept: activations are quantised by the call, so that a text in two gives other scores.
    if (reading === 'together') return { past: this.model.join([]), ids: promptIds(prompt), readBefore: 0 };
    try {
      const { blocks, readBefore } = await this.once.read(prompt, adapterScale, signal);
      return { past: this.model.join(blocks), ids: prompt.question, readBefore };
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
