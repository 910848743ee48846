/** T5 and its kin: the prompt goes through the encoder once, the answer is written by the decoder. */
import { AutoModelForSeq2SeqLM, type Tensor } from '@xenova/transformers';
import type { Begin } from './decode.ts';
import { idRow, lastScores } from './id-row.ts';

/** As transformers.js gives it, and takes it again for the next token. */
interface Output {
  readonly logits: Tensor;
  readonly encoder_outputs: Tensor;
  readonly past_key_values: Readonly<Record<string, Tensor>>;
}

export async function loadEncoderDecoder(modelId: string): Promise<Begin> {
  const model = await AutoModelForSeq2SeqLM.from_pretrained(modelId, { quantized: true });
  const { decoder_start_token_id: start } = model.config as { readonly decoder_start_token_id?: number };
  if (start === undefined) throw new Error(`config.json of ${modelId} does not say what its answers begin with.`);
  return (prompt) => {
    const asked = { input_ids: idRow(prompt), attention_mask: idRow(prompt.map(() => 1)) };
    let before: Omit<Output, 'logits'> | null = null;
    return {
      parts: [[start]],
      reader: {
        read: async (ids) => {
          const { logits, ...output } = (await model({ ...asked, ...before, decoder_input_ids: idRow(ids) })) as Output;
          before = output;
          return lastScores(logits);
        },
        release: () => (before = null),
      },
    };
  };
}
