/** Text to a generator's tokens and back. */
import { AutoTokenizer } from '@xenova/transformers';
import { mendDigits } from './digits.ts';

/** Control tokens count as such on the way in and are left out on the way back. */
export interface TextCodec {
  encode(text: string): number[];
  decode(ids: number[]): string;
}

/** The tokenizer's files come from the cache that `configureTransformers` (src/models) has set up. */
export async function loadCodec(modelId: string): Promise<TextCodec> {
  const tokenizer = await AutoTokenizer.from_pretrained(modelId);
  mendDigits(tokenizer);
  return {
    encode: (text) => tokenizer.encode(text, null, { add_special_tokens: false }),
    decode: (ids) => tokenizer.decode(ids, { skip_special_tokens: true, clean_up_tokenization_spaces: false }),
  };
}
