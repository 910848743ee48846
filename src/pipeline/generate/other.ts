/** Models that the page does not ship, through transformers.js: fetched by the person's consent, read from the store. */
import { chat, plainInstruction } from '../prompt/formats.ts';
import type { PromptFormat } from '../prompt/format.ts';
import { buildPrompt, promptIds, type Prompt, type PromptPassage, type PromptPieces } from '../prompt/prompt.ts';
import { loadCausal } from './causal.ts';
import { loadCodec, type TextCodec } from './codec.ts';
import { decode, type Begin } from './decode.ts';
import { loadEncoderDecoder } from './encoder-decoder.ts';
import { fileOf, type Generated, type GenerateOptions, type GeneratorFiles } from './generator.ts';

interface Family {
  readonly format: PromptFormat;
  load(modelId: string): Promise<Begin>;
}

/** By the `model_type` of a model's config.json. */
const families: ReadonlyMap<string, Family> = new Map([
  ['t5', { format: plainInstruction, load: loadEncoderDecoder }],
  ['qwen2', { format: chat, load: loadCausal }],
]);

export class OtherGenerator {
  private constructor(
    private readonly codec: TextCodec,
    private readonly format: PromptFormat,
    private readonly ends: readonly number[],
    private readonly begin: Begin,
  ) {}

  /**
   * The files come from the cache that `configureTransformers` (src/models) has set up.
   * @throws Error for a kind of model that the page does not know how to ask
   */
  static async load(model: GeneratorFiles): Promise<OtherGenerator> {
    const config = JSON.parse(await fileOf(model, 'config.json').text()) as { readonly model_type?: string };
    const family = families.get(config.model_type ?? '');
    if (!family) {
      const kind = config.model_type === undefined ? 'an unknown kind' : `the kind ${config.model_type}`;
      const known = [...families.keys()].join(' and ');
      throw new Error(`${model.modelId} is of ${kind}; this page knows how to ask ${known}.`);
    }
    const { format } = family;
    const codec = await loadCodec(model.modelId);
    const ends = format.ends.flatMap((name) => codec.encode(name));
    if (ends.length !== format.ends.length) {
      throw new Error(
        `The tokenizer of ${model.modelId} does not know all of its control tokens ${format.ends.join(', ')}.`,
      );
    }
    return new OtherGenerator(codec, format, ends, await family.load(model.modelId));
  }

  /** In the words of the model's family and within its budgets, counted in its tokens. */
  prompt(passages: readonly PromptPassage[], question: string): Prompt {
    return buildPrompt(passages, question, (text) => this.codec.encode(text), this.format);
  }

  /** Greedy: the same prompt gives the same text. */
  async generate(prompt: PromptPieces, options: GenerateOptions): Promise<Generated> {
    const { codec, ends } = this;
    return { ...(await decode(this.begin(promptIds(prompt)), { ...options, codec, ends })), readBefore: 0 };
  }
}
