/** With the page's own tokenizer. */
import { readdirSync, readFileSync } from 'node:fs';
import { AutoModel, env, type PreTrainedModel } from '@xenova/transformers';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { configureTransformers, type TransformersEnv } from '../models/transformers.ts';
import { Embedder, type Token } from '../pipeline/embed/embedder.ts';
import { tokenSpans } from './token-spans.ts';

let embedder: Embedder;
const none = { pooling: 'mean', queryPrefix: '', passagePrefix: '' } as const;

beforeAll(async () => {
  const modelId = 'all-MiniLM-L6-v2';
  const names = ['tokenizer.json', 'tokenizer_config.json'];
  const files = new Map(names.map((name) => [name, new Blob([readFileSync(`public/models/${modelId}/${name}`)])]));
  configureTransformers(env as TransformersEnv, { wasmPaths: '', files, modelId });
  const model = ({ input_ids: { data } }: { input_ids: { data: BigInt64Array } }) =>
    Promise.resolve({ last_hidden_state: { data: new Float32Array(data.length), dims: [1, data.length, 1] } });
  const limitless = Object.assign(model, { config: { max_position_embeddings: 512 } });
  vi.spyOn(AutoModel, 'from_pretrained').mockResolvedValue(limitless as unknown as PreTrainedModel);
  embedder = await Embedder.load(modelId, none);
});

const tokensOf = async (text: string): Promise<readonly Token[]> => (await embedder.embedTokens(text)).tokens;

/** What each token covers; null for what the tokenizer added. */
async function covered(text: string): Promise<(string | null)[] | null> {
  const spans = tokenSpans(text, await tokensOf(text));
  return spans && spans.map((span) => span && text.slice(span.start, span.end));
}

describe('the places of tokens', () => {
  it('give back the text as it is written, pieces of words too', async () => {
    expect(await covered('The Zürichsee’s   deposit:\n£1,575!')).toEqual([
      ...[null, 'The', 'Zürich', 'see', '’', 's', 'deposit', ':', '£1', ',', '57', '5', '!', null],
    ]);
  });

  it('are those of whole words, of punctuation and of Chinese characters where the tokenizer knows none of it', async () => {
    const text = 'seen ⵣⵓⵔ-ⵣ, 犇 too';
    const tokens = await tokensOf(text);
    expect(tokens.filter(({ kind }) => kind === 'unknown').length).toBeGreaterThan(2);
    expect(await covered(text)).toEqual([null, 'seen', 'ⵣⵓⵔ', '-', 'ⵣ', ',', '犇', 'too', null]);
  });

  it('tell a sign that the text itself has from one that the tokenizer added', async () => {
    expect(await covered('a [SEP] b [UNK]')).toEqual([null, 'a', '[SEP]', 'b', '[UNK]', null]);
    expect(await covered('')).toEqual([null, null]);
  });

  it('are found with SentencePiece’s marks', () => {
    const pieces = ['▁The', '▁dep', 'osit'].map((text): Token => ({ text, kind: 'piece' }));
    expect(tokenSpans('The deposit', pieces)).toEqual([
      { start: 0, end: 3 },
      { start: 4, end: 7 },
      { start: 7, end: 11 },
    ]);
  });

  it('are not guessed where text and tokens do not belong together', () => {
    const piece: Token = { text: 'rent', kind: 'piece' };
    expect(tokenSpans('deposit', [piece])).toBeNull();
    expect(tokenSpans('rent deposit', [piece])).toBeNull();
    expect(tokenSpans('rent', [piece, piece])).toBeNull();
  });

  it('cover every sign of documents, in order', async () => {
    const folder = 'tests/fixtures/documents/collection';
    const texts = readdirSync(folder).filter((name) => /\.(?:txt|md|html|csv)$/.test(name));
    expect(texts.length).toBeGreaterThan(3);
    for (const name of texts) {
      for (const text of readFileSync(`${folder}/${name}`, 'utf8').match(/[^]{1,500}/g) ?? []) {
        const spans = tokenSpans(text, await tokensOf(text));
        expect(spans, text).not.toBeNull();
        let end = 0;
        for (const span of spans!) {
          if (!span) continue;
          expect(text.slice(end, span.start).trim()).toBe('');
          end = span.end;
        }
        expect(text.slice(end).trim()).toBe('');
      }
    }
  });

  it('never run backwards or beyond the text, whatever it is', async () => {
    const pieces = fc.constantFrom(
      'naïve',
      'ΟΔΟΣ',
      '東京',
      '½',
      '㎏',
      '[SEP]',
      '##s',
      'e\u0301',
      '\u00AD',
      'ﬁ',
      ' ',
      'İ',
    );
    const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'grapheme', maxLength: 8 })), { maxLength: 12 });
    let found = 0;
    await fc.assert(
      fc.asyncProperty(text, async (parts) => {
        const input = parts.join('');
        const spans = tokenSpans(input, await tokensOf(input));
        // Of words in scripts that the tokenizer does not know it keeps one sign each: some of these cannot be placed.
        if (!spans) return;
        found++;
        let end = 0;
        for (const span of spans) {
          if (!span) continue;
          expect(span.start).toBeGreaterThanOrEqual(end);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          end = span.end;
        }
        expect(end).toBeLessThanOrEqual(input.length);
      }),
      { numRuns: 300, seed: 8 },
    );
    expect(found).toBeGreaterThan(200);
  });
});
