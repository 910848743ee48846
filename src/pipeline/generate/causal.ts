/** Qwen and its kin: prompt and answer are one text. */
import { AutoModelForCausalLM, type Tensor } from '@xenova/transformers';
import type { Begin } from './decode.ts';
import { idRow, lastScores } from './id-row.ts';

/** The model gives scores for every token that it reads, not for the last alone: 39 MB for so many of Qwen's. */
const MOST_AT_ONCE = 64;

type Tensors = Readonly<Record<string, Tensor>>;

interface Session {
  readonly inputNames: readonly string[];
  run(feeds: Tensors): Promise<Tensors>;
}

export async function loadCausal(modelId: string): Promise<Begin> {
  const model = await AutoModelForCausalLM.from_pretrained(modelId, { quantized: true });
  const session = model.session as Session;
  // Not the model's `forward`: behind a past it gives a position to the last token alone.
  const feedsOf = (ids: readonly number[], tokensBefore: number, past: Tensors | null): Tensors => {
    const feeds: Record<string, Tensor> = {
      input_ids: idRow(ids),
      attention_mask: idRow(Array.from({ length: tokensBefore + ids.length }, () => 1)),
    };
    if (session.inputNames.includes('position_ids')) feeds.position_ids = idRow(ids.map((_, i) => tokensBefore + i));
    model.addPastKeyValues(feeds, past);
    return feeds;
  };
  return (prompt) => {
    let past: Tensors | null = null;
    let tokensBefore = 0;
    return {
      parts: partsOf(prompt, MOST_AT_ONCE),
      reader: {
        read: async (ids) => {
          const outputs = await session.run(feedsOf(ids, tokensBefore, past));
          past = model.getPastKeyValues(outputs, past) as Tensors;
          tokensBefore += ids.length;
          return lastScores(outputs.logits!);
        },
        release: () => (past = null),
      },
    };
  };
}

function partsOf(ids: readonly number[], most: number): readonly (readonly number[])[] {
  return Array.from({ length: Math.ceil(ids.length / most) }, (_, i) => ids.slice(i * most, (i + 1) * most));
}
