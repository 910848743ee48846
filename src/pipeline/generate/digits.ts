/** A mend for transformers.js 2.17.2, so that prompts have the ids of the training. */
import type { PreTrainedTokenizer } from '@xenova/transformers';

interface PreTokenizer {
  readonly config?: { readonly type?: string; readonly individual_digits?: boolean };
  readonly tokenizers?: readonly PreTokenizer[];
  pattern?: RegExp;
}

/**
 * Hugging Face's `Digits` splits off every sign that Unicode calls a number (½, ², ٣); transformers.js only 0 to 9.
 * Puts the wider pattern in its place, wherever the tokenizer has that step.
 */
export function mendDigits(tokenizer: PreTrainedTokenizer): void {
  const { pre_tokenizer: first } = tokenizer as PreTrainedTokenizer & { pre_tokenizer?: PreTokenizer | null };
  const steps = first ? [first, ...(first.tokenizers ?? [])] : [];
  for (const step of steps) {
    if (step.config?.type !== 'Digits') continue;
    step.pattern = step.config.individual_digits ? /[^\p{N}]+|\p{N}/gu : /[^\p{N}]+|\p{N}+/gu;
  }
}
