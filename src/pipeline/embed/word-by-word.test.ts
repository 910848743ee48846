import { readdirSync, readFileSync } from 'node:fs';
import { AutoTokenizer, env } from '@xenova/transformers';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { configureTransformers, type TransformersEnv } from '../../models/transformers.ts';
import { wordByWord } from './word-by-word.ts';

let whole: (text: string) => number;

beforeAll(async () => {
  const modelId = 'all-MiniLM-L6-v2';
  const names = ['tokenizer.json', 'tokenizer_config.json'];
  const files = new Map(names.map((name) => [name, new Blob([readFileSync(`public/models/${modelId}/${name}`)])]));
  configureTransformers(env as TransformersEnv, { wasmPaths: '', files, modelId });
  const tokenizer = await AutoTokenizer.from_pretrained(modelId);
  whole = (text) => tokenizer.encode(text, null, { add_special_tokens: false }).length;
});

describe('tokens counted word by word', () => {
  it('are as many as of the whole text, in prose, tables and code', () => {
    const folder = 'tests/fixtures/documents/collection';
    const texts = readdirSync(folder).filter((name) => /\.(?:txt|md|html|csv)$/.test(name));
    expect(texts.length).toBeGreaterThan(3);
    const count = wordByWord(whole);
    for (const name of texts) {
      const text = readFileSync(`${folder}/${name}`, 'utf8');
      expect(count(text), name).toBe(whole(text));
      // Once more, from what is remembered.
      expect(count(text), name).toBe(whole(text));
    }
  });

  it('are as many in any text at all', () => {
    const count = wordByWord(whole);
    const words = fc.constantFrom(
      'naïve',
      'ΟΔΟΣ',
      '東京',
      '½',
      '[SEP]',
      'e\u0301',
      '\u00A0',
      '\uFEFF',
      '\u00AD',
      'x'.repeat(130),
    );
    const text = fc.array(
      fc.oneof(words, fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom(' ', '\n', '\t')),
    );
    fc.assert(
      fc.property(text, (pieces) => {
        expect(count(pieces.join(''))).toBe(whole(pieces.join('')));
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it('asks for each word once', () => {
    let asked = 0;
    const count = wordByWord((text) => (asked++, text.length));
    expect(count('one two one\n two  one ')).toBe(15);
    expect(asked).toBe(2);
  });
});
