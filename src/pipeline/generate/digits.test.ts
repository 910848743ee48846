import { readFileSync } from 'node:fs';
import { AutoTokenizer, env } from '@xenova/transformers';
import { expect, it } from 'vitest';
import { configureTransformers, type TransformersEnv } from '../../models/transformers.ts';
import { buildPrompt, promptIds } from '../prompt/prompt.ts';
import { mendDigits } from './digits.ts';

interface Row {
  readonly passages: readonly string[];
  readonly question: string;
  readonly ids: readonly number[];
}

// The ids were made with Hugging Face's own tokenizers (scripts/fixtures/prompts.py).
it('gives the ids of the training, also for ½ and other numbers beyond 0 to 9', async () => {
  const modelId = 'smollm2-135m-grounded';
  const names = ['tokenizer.json', 'tokenizer_config.json'];
  const files = new Map(names.map((name) => [name, new Blob([readFileSync(`public/models/${modelId}/${name}`)])]));
  configureTransformers(env as TransformersEnv, { wasmPaths: '', files, modelId });
  const tokenizer = await AutoTokenizer.from_pretrained(modelId);
  const rows = JSON.parse(readFileSync('tests/fixtures/prompts.json', 'utf8')) as Row[];
  const ids = (text: string) => tokenizer.encode(text, null, { add_special_tokens: false });
  const promptOf = ({ passages, question }: Row) => {
    const numbered = passages.map((text, i) => ({ number: i + 1, context: '', text }));
    return buildPrompt(numbered, question, ids);
  };
  const encode = (row: Row) => promptIds(promptOf(row).pieces);
  expect(rows.some((row) => JSON.stringify(encode(row)) !== JSON.stringify(row.ids))).toBe(true);
  mendDigits(tokenizer);
  for (const row of rows) {
    expect(encode(row)).toEqual(row.ids);
    // Pieces encoded apart are the whole encoded at once.
    expect(ids(promptOf(row).text)).toEqual(row.ids);
  }
});
