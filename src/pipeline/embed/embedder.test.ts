/** What each embedder of the registry is given, and how its token vectors become one: by its own code but for the weights. */
import { readFileSync } from 'node:fs';
import { AutoModel, AutoTokenizer, env, type PreTrainedModel, type PreTrainedTokenizer } from '@xenova/transformers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { formOf } from '../../library/models.ts';
import { entryOf, parseRegistry } from '../../models/registry.ts';
import { configureTransformers, type TransformersEnv } from '../../models/transformers.ts';
import { Embedder } from './embedder.ts';

const models = new URL('../../../public/models/', import.meta.url);
const registry = parseRegistry(JSON.parse(readFileSync(new URL('registry.json', models), 'utf8')));
const [question, passage] = ['Where is the key?', 'The key hangs behind the clock.'];

// The page's own tokenizer, which those of the English models are like: it only has to tell texts apart.
const modelId = 'all-MiniLM-L6-v2';
let tokenizer: PreTrainedTokenizer;
const heard: number[][] = [];

/** Row t of its output is `[t === 0 ? 3 : 0, 4]`: the first token's vector and the mean point in different directions. */
const model = Object.assign(
  ({ input_ids: { data } }: { input_ids: { data: BigInt64Array } }) => {
    heard.push([...data].map(Number));
    const rows = [...data].flatMap((_, t) => [t === 0 ? 3 : 0, 4]);
    return Promise.resolve({ last_hidden_state: { data: Float32Array.from(rows), dims: [1, data.length, 2] } });
  },
  { config: { max_position_embeddings: 512 } },
) as unknown as PreTrainedModel;

beforeAll(async () => {
  const names = ['tokenizer.json', 'tokenizer_config.json'];
  const files = new Map(names.map((name) => [name, new Blob([readFileSync(new URL(`${modelId}/${name}`, models))])]));
  configureTransformers(env as TransformersEnv, { wasmPaths: '', files, modelId });
  tokenizer = await AutoTokenizer.from_pretrained(modelId);
  vi.spyOn(AutoModel, 'from_pretrained').mockResolvedValue(model);
});

async function embedderOf(id: string): Promise<Embedder> {
  const entry = registry.models.find((one) => one.id === id)!;
  heard.length = 0;
  return Embedder.load(modelId, formOf(entryOf(registry.hub, entry, [])));
}

/** The mean of n rows, L2-normalised. */
function meanOf(n: number): number[] {
  const [x, y] = [3 / n, 4];
  return [x / Math.hypot(x, y), y / Math.hypot(x, y)];
}

describe.each([
  ['bge-small-en-v1.5', 'cls', `Represent this sentence for searching relevant passages: ${question}`, passage],
  ['gte-small', 'mean', question, passage],
  ['multilingual-e5-small', 'mean', `query: ${question}`, `passage: ${passage}`],
])('%s', (id, pooling, asked, told) => {
  it('gets its prefixes before a question and before a passage', async () => {
    const embedder = await embedderOf(id);
    await embedder.embedQuestion(question);
    await embedder.embed(passage);
    expect(heard).toEqual([asked, told].map((text) => tokenizer.encode(text)));
  });

  it(`makes one vector by ${pooling}, as long as a token's and of length 1`, async () => {
    const embedder = await embedderOf(id);
    for (const embed of [() => embedder.embed(passage), async () => (await embedder.embedQuestion(question)).vector]) {
      const vector = await embed();
      const wanted = pooling === 'cls' ? [0.6, 0.8] : meanOf(heard.at(-1)!.length);
      expect(vector).toHaveLength(2);
      wanted.forEach((value, i) => expect(vector[i]).toBeCloseTo(value, 6));
    }
  });

  it('gives the tokens of a passage, prefix included, with the vectors that its own is made of', async () => {
    const embedder = await embedderOf(id);
    const { input, tokens, vectors, dimensions, pooling: by, vector } = await embedder.embedTokens(passage);
    expect([input, by, dimensions]).toEqual([told, pooling, 2]);
    expect(vectors).toHaveLength(2 * tokens.length);
    expect(vector).toEqual(await embedder.embed(passage));
    expect(tokens.map(({ text }) => text).join(' ')).toBe(tokenizer.model.convert_ids_to_tokens(heard[0]!).join(' '));
    expect(tokens.map(({ kind }) => kind)).toEqual(['added', ...tokens.slice(2).map(() => 'piece'), 'added']);
  });

  it('counts the prefix of a question among its tokens: what is over the limit is left out of the question', async () => {
    const embedder = await embedderOf(id);
    const { leftOut } = await embedder.embedQuestion('key '.repeat(600));
    const prefix = tokenizer.encode(asked).length - tokenizer.encode(question).length;
    expect(leftOut).toBe(600 + 2 + prefix - 512);
    expect(heard[0]!.slice(0, prefix + 1)).toEqual(tokenizer.encode(asked).slice(0, prefix + 1));
    expect([heard[0]!.length, heard[0]!.at(-1)]).toEqual([512, tokenizer.encode('').at(-1)]);
  });
});
