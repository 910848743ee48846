/** Text -> Float32Array: the sentence embedder. */
import { AutoModel, AutoTokenizer, Tensor, type PreTrainedModel, type PreTrainedTokenizer } from '@xenova/transformers';
import type { CountTokens } from '../chunk/units.ts';
import { firstToken, meanPool } from './pool.ts';
import type { EmbeddingForm } from './stamp.ts';
import { wordByWord } from './word-by-word.ts';

/** A text is longer than the model reads; it would have been cut silently. */
export class TooLongError extends Error {
  override readonly name = 'TooLongError';
}

/** Counts with the embedder's own tokenizer, special tokens left out. */
export async function loadTokenCounter(modelId: string): Promise<CountTokens> {
  const tokenizer = await AutoTokenizer.from_pretrained(modelId);
  const whole: CountTokens = (text) => encode(tokenizer, text, false).length;
  const { type } = (tokenizer as { model?: { config?: { type?: string } } }).model?.config ?? {};
  return type === 'WordPiece' ? wordByWord(whole) : whole;
}

/** A token of a passage: put there by the tokenizer, a word or sign it does not know, or a piece of the text. */
export interface Token {
  /** As the vocabulary writes it: `##ing` goes on with a word, `▁the` begins one. */
  readonly text: string;
  readonly kind: 'added' | 'unknown' | 'piece';
}

/** A passage as the model reads it, before its tokens' vectors become one. */
export interface TokenVectors {
  /** All that was read, with what goes before a passage. */
  readonly input: string;
  readonly tokens: readonly Token[];
  /** [tokens, dimensions], row by row. */
  readonly vectors: Float32Array;
  readonly dimensions: number;
  readonly pooling: EmbeddingForm['pooling'];
  /** What `embed` gives: pooled from `vectors`, L2-normalised. */
  readonly vector: Float32Array;
}

/**
 * A sentence-transformers model through transformers.js. The files come from the cache that
 * `configureTransformers` (src/models) has set up; nothing is fetched here.
 */
export class Embedder {
  private constructor(
    private readonly tokenizer: PreTrainedTokenizer,
    private readonly model: PreTrainedModel,
    private readonly form: EmbeddingForm,
    /** Most tokens of one text, special tokens included. */
    readonly limit: number,
  ) {}

  static async load(modelId: string, form: EmbeddingForm): Promise<Embedder> {
    const tokenizer = await AutoTokenizer.from_pretrained(modelId);
    const model = await AutoModel.from_pretrained(modelId, { quantized: true });
    const { max_position_embeddings: limit } = model.config as { max_position_embeddings?: number };
    // RoBERTa's kin count positions from 2 on: 514 of them hold 512 tokens.
    return new Embedder(tokenizer, model, form, Math.min(limit ?? 512, 512));
  }

  /**
   * The L2-normalised vector of one passage. One text a call: in a batch, dynamic quantisation would let
   * the texts change each other's vectors. @throws TooLongError over `limit` tokens.
   */
  async embed(text: string): Promise<Float32Array> {
    return this.pool(await this.forward(this.idsOf(this.form.passagePrefix + text)));
  }

  /** The same with the vectors of its tokens, also of a question. @throws TooLongError over `limit` tokens. */
  async embedTokens(text: string, as: 'passage' | 'question' = 'passage'): Promise<TokenVectors> {
    const input = (as === 'passage' ? this.form.passagePrefix : this.form.queryPrefix) + text;
    const ids = this.idsOf(input);
    const output = await this.forward(ids);
    return {
      input,
      tokens: this.tokensOf(ids, input),
      vectors: output.data,
      dimensions: output.dims[2],
      pooling: this.form.pooling,
      vector: this.pool(output),
    };
  }

  /** The vector of a question; what is over the limit is left out from its end and counted in `leftOut`. */
  async embedQuestion(text: string): Promise<{ vector: Float32Array; leftOut: number }> {
    const ids = encode(this.tokenizer, this.form.queryPrefix + text, true);
    const leftOut = Math.max(0, ids.length - this.limit);
    if (leftOut > 0) ids.splice(this.limit - 1, leftOut);
    return { vector: this.pool(await this.forward(ids)), leftOut };
  }

  /** The words of a text that the model's vocabulary does not hold whole: rare names, codes, slips of the keyboard. */
  unusualWords(text: string): string[] {
    const all = new Set(text.match(/\p{L}+/gu));
    return [...all].filter((word) => encode(this.tokenizer, word, false).length > 1);
  }

  private idsOf(input: string): number[] {
    const ids = encode(this.tokenizer, input, true);
    if (ids.length > this.limit) {
      throw new TooLongError(`A text of ${ids.length} tokens is longer than the ${this.limit} that the model reads.`);
    }
    return ids;
  }

  private tokensOf(ids: readonly number[], input: string): Token[] {
    const { model } = this.tokenizer as PreTrainedTokenizer & { model: Vocabulary };
    const own = encode(this.tokenizer, input, false);
    // The tokenizer's frame: what it adds goes before and behind, and nothing between.
    const before = ids.findIndex((_, i) => own.every((id, j) => ids[i + j] === id));
    return model.convert_ids_to_tokens([...ids]).map((text, i) => {
      if (i < before || i >= before + own.length) return { text, kind: 'added' };
      return { text, kind: ids[i] === model.unk_token_id ? 'unknown' : 'piece' };
    });
  }

  /** The vectors of the tokens. */
  private async forward(ids: readonly number[]): Promise<ModelOutput> {
    const shape = [1, ids.length];
    const row = (value: (id: number) => number) =>
      new Tensor(
        'int64',
        BigInt64Array.from(ids, (id) => BigInt(value(id))),
        shape,
      );
    const output = (await this.model({
      input_ids: row((id) => id),
      attention_mask: row(() => 1),
      token_type_ids: row(() => 0),
    })) as { last_hidden_state: ModelOutput };
    return output.last_hidden_state;
  }

  private pool({ data, dims }: ModelOutput): Float32Array {
    return this.form.pooling === 'mean' ? meanPool(data, dims[1], dims[2]) : firstToken(data, dims[2]);
  }
}

/** `dims`: 1, tokens, dimensions. */
interface ModelOutput {
  readonly data: Float32Array;
  readonly dims: readonly [number, number, number];
}

/** What transformers.js 2.17.2 has and its types leave out. */
interface Vocabulary {
  readonly unk_token_id: number | undefined;
  convert_ids_to_tokens(ids: number[]): string[];
}

function encode(tokenizer: PreTrainedTokenizer, text: string, special: boolean): number[] {
  return tokenizer.encode(text, null, { add_special_tokens: special });
}
