import { existsSync, readFileSync } from 'node:fs';
import { env, AutoTokenizer, pipeline } from '@xenova/transformers';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { parseManifest } from './manifest.ts';
import type { TransformersEnv } from './transformers.ts';
import { configureTransformers } from './transformers.ts';

const models = new URL('../../public/models/', import.meta.url);
const manifest = parseManifest(JSON.parse(readFileSync(new URL('manifest.json', models), 'utf8')));

function filesOf(id: string, wanted: (path: string) => boolean = () => true): Map<string, Blob> {
  const entry = manifest.models.find((model) => model.id === id);
  const files = entry?.files.filter(({ path }) => wanted(path)) ?? [];
  return new Map(
    files.map(({ path, parts }) => [path, new Blob(parts.map((part) => readFileSync(new URL(part.path, models))))]),
  );
}

const use = (modelId: string, files: ReadonlyMap<string, Blob>) =>
  configureTransformers(env as TransformersEnv, { wasmPaths: 'unused in Node', files, modelId });

describe('the real embedder through its Blobs', () => {
  const sentences = [
    'The cat sleeps on the warm sofa.',
    'A kitten is napping on the couch.',
    'The invoice is due on the first of March.',
  ];
  const vectors: number[][] = [];

  beforeAll(async () => {
    use('all-MiniLM-L6-v2', filesOf('all-MiniLM-L6-v2'));
    const embed = await pipeline('feature-extraction', 'all-MiniLM-L6-v2');
    for (const sentence of sentences) {
      const output = await embed(sentence, { pooling: 'mean', normalize: true });
      vectors.push(Array.from(output.data as Float32Array));
    }
    await embed.dispose();
  }, 60_000);

  const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * (b[i] ?? NaN), 0);

  test('gives 384 dimensions of length 1', () => {
    for (const vector of vectors) {
      expect(vector).toHaveLength(384);
      expect(Math.sqrt(dot(vector, vector))).toBeCloseTo(1, 5);
    }
  });

  test('puts sentences of one meaning closer than others', () => {
    const [cat = [], kitten = [], invoice = []] = vectors;
    expect(dot(cat, kitten)).toBeGreaterThan(0.5);
    expect(dot(cat, invoice)).toBeLessThan(0.2);
  });
});

test('the tiny model of the tests loads and embeds', async () => {
  const folder = new URL('../../tests/fixtures/tiny-models/tiny-bert/', import.meta.url);
  const paths = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'];
  use('tiny-bert', new Map(paths.map((path) => [path, new Blob([readFileSync(new URL(path, folder))])])));
  const embed = await pipeline('feature-extraction', 'tiny-bert');
  const output = await embed(['The cat is in the house.', 'Rent'], { pooling: 'mean', normalize: true });
  expect(output.dims).toEqual([2, 32]);
  expect(Array.from(output.data as Float32Array).every(Number.isFinite)).toBe(true);
  await embed.dispose();
});

describe("the generator's tokenizer through its Blobs", () => {
  const open = () => {
    use(
      'smollm2-135m-grounded',
      filesOf('smollm2-135m-grounded', (path) => !path.endsWith('.onnx')),
    );
    return AutoTokenizer.from_pretrained('smollm2-135m-grounded');
  };

  test('knows the control tokens and gives text back', async () => {
    const tokenizer = await open();
    const ids: number[] = tokenizer.encode('<|im_start|>user\nWhy 42?<|im_end|>\n');
    expect([ids.at(0), ids.at(-2)]).toEqual([1, 2]);
    expect(tokenizer.decode(ids)).toBe('<|im_start|>user\nWhy 42?<|im_end|>\n');
  });

  test('gives the ids of the prompts it was trained on, where they are at hand', async () => {
    const prompts = new URL('../../../shared/models/prompts.json', import.meta.url);
    const given = existsSync(prompts)
      ? (JSON.parse(readFileSync(prompts, 'utf8')) as { text: string; ids: number[] }[])
      : [];
    if (given.length === 0) console.info('The prompts that came with the weights are not here: checked one by hand.');
    const tokenizer = await open();
    expect(tokenizer.encode('Not in the documents.<|im_end|>')).toEqual([5884, 281, 260, 5660, 30, 2]);
    for (const { text, ids } of given) expect(tokenizer.encode(text)).toEqual(ids);
  });
});

describe('a file that is not among the Blobs', () => {
  test('is never looked for on the network', async () => {
    const asked: string[] = [];
    const network = vi.spyOn(globalThis, 'fetch').mockImplementation((url) => {
      asked.push(String(url));
      return Promise.reject(new TypeError('fetch failed'));
    });
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const files = filesOf('all-MiniLM-L6-v2', (path) => path !== 'tokenizer.json');
    use('all-MiniLM-L6-v2', files);
    await expect(AutoTokenizer.from_pretrained('all-MiniLM-L6-v2')).rejects.toThrow(/tokenizer\.json/);
    expect(asked).toEqual(['carrel-model:/all-MiniLM-L6-v2/tokenizer.json']);
    network.mockRestore();
    warn.mockRestore();
    await expect(fetch(asked[0] ?? '')).rejects.toThrow(TypeError);
  });
});
