/**
 * Makes the tiny models that stand in for the hub's in tests: a two-layer encoder of hidden size 32 with weights from
 * a seeded generator. It means nothing, but it has the files, inputs and outputs of a sentence embedder.
 *   npx tsx scripts/tiny-models/make.ts
 * The same bytes come each time. Uses onnx-proto, which comes with ONNX Runtime Web.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import onnxProto, { type onnx as Onnx } from 'onnx-proto';
import { ROOT } from '../root.ts';

const HIDDEN = 32;
const INNER = 64;
const LAYERS = 2;

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('');
const words = ['the', 'a', 'is', 'of', 'and', 'to', 'in', 'cat', 'dog', 'rent', 'paper', 'page', 'river', 'house'];
const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const vocabulary = [...special, ...letters, ...letters.map((l) => `##${l}`), ...'.,?!-:'.split(''), ...words];

/** Mulberry32 into Box and Muller: normal numbers, the same on each run. */
function normals(seed: number): () => number {
  const uniform = (): number => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

const { onnx } = onnxProto;
const { FLOAT, INT64 } = onnx.TensorProto.DataType;
const { AttributeType } = onnx.AttributeProto;
const next = normals(7);
const weights: Onnx.ITensorProto[] = [];
const nodes: Onnx.INodeProto[] = [];

function constant(name: string, dims: number[], value: () => number): string {
  const values = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, value);
  weights.push({ name, dims, dataType: FLOAT, rawData: new Uint8Array(values.buffer) });
  return name;
}
const random = (name: string, ...dims: number[]) => constant(name, dims, () => next() / Math.sqrt(HIDDEN));

function node(opType: string, input: string[], attribute: Onnx.IAttributeProto[] = []): string {
  const output = `${opType}_${nodes.length}`;
  nodes.push({ opType, name: output, input, output: [output], attribute });
  return output;
}
const axis = (i: number): Onnx.IAttributeProto => ({ name: 'axis', type: AttributeType.INT, i });

function normalised(name: string, x: string): string {
  const scale = constant(`${name}.scale`, [HIDDEN], () => 1);
  const shift = constant(`${name}.shift`, [HIDDEN], () => 0);
  return node('LayerNormalization', [x, scale, shift], [axis(-1)]);
}

const mask = node('Cast', ['attention_mask'], [{ name: 'to', type: AttributeType.INT, i: FLOAT }]);
const absent = node('Sub', [constant('one', [1], () => 1), mask]);
const hidden = node('Mul', [absent, constant('far', [1], () => -1e4)]);
weights.push({ name: 'second', dims: [1], dataType: INT64, rawData: new Uint8Array(new BigInt64Array([1n]).buffer) });
const bias = node('Unsqueeze', [hidden, 'second']);

const word = node('Gather', [random('word', vocabulary.length, HIDDEN), 'input_ids']);
const kind = node('Gather', [random('kind', 2, HIDDEN), 'token_type_ids']);
let x = normalised('embedding', node('Add', [word, kind]));
for (let layer = 0; layer < LAYERS; layer++) {
  const project = (name: string, from: string, ...dims: [number, number]) =>
    node('MatMul', [from, random(`${layer}.${name}`, ...dims)]);
  const query = project('query', x, HIDDEN, HIDDEN);
  const perm = { name: 'perm', type: AttributeType.INTS, ints: [0, 2, 1] };
  const key = node('Transpose', [project('key', x, HIDDEN, HIDDEN)], [perm]);
  const raw = node('MatMul', [query, key]);
  const scaled = node('Mul', [raw, constant(`${layer}.scale`, [1], () => 1 / Math.sqrt(HIDDEN))]);
  const share = node('Softmax', [node('Add', [scaled, bias])], [axis(-1)]);
  const seen = node('MatMul', [share, project('value', x, HIDDEN, HIDDEN)]);
  x = normalised(`${layer}.attention`, node('Add', [x, project('output', seen, HIDDEN, HIDDEN)]));
  const inner = node('Relu', [project('inner', x, HIDDEN, INNER)]);
  x = normalised(`${layer}.mixing`, node('Add', [x, project('outer', inner, INNER, HIDDEN)]));
}
nodes.push({ opType: 'Identity', name: 'result', input: [x], output: ['last_hidden_state'] });

const value = (name: string, elemType: number, ...more: number[]): Onnx.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType,
      shape: { dim: [{ dimParam: 'batch' }, { dimParam: 'sequence' }, ...more.map((dimValue) => ({ dimValue }))] },
    },
  },
});
const model = onnx.ModelProto.encode({
  irVersion: 8,
  producerName: 'carrel tiny models',
  opsetImport: [{ domain: '', version: 17 }],
  graph: {
    name: 'tiny',
    node: nodes,
    initializer: weights,
    input: ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => value(name, INT64)),
    output: [value('last_hidden_state', FLOAT, HIDDEN)],
  },
}).finish();

const token = (content: string) => ({
  id: vocabulary.indexOf(content),
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
});
const part = (id: string, type_id: number) => ({ SpecialToken: { id, type_id } });
const slot = (id: string, type_id: number) => ({ Sequence: { id, type_id } });
const own = (id: string) => ({ [id]: { id, ids: [vocabulary.indexOf(id)], tokens: [id] } });
const tokenizer = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: special.map(token),
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [part('[CLS]', 0), slot('A', 0), part('[SEP]', 0)],
    pair: [part('[CLS]', 0), slot('A', 0), part('[SEP]', 0), slot('B', 1), part('[SEP]', 1)],
    special_tokens: { ...own('[CLS]'), ...own('[SEP]') },
  },
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(vocabulary.map((text, id) => [text, id])),
  },
};

const target = join(ROOT, 'tests', 'fixtures', 'tiny-models', 'tiny-bert');
const json = (content: object) => JSON.stringify(content, null, 1) + '\n';
const files: Record<string, string | Uint8Array> = {
  'config.json': json({
    architectures: ['BertModel'],
    model_type: 'bert',
    hidden_size: HIDDEN,
    num_hidden_layers: LAYERS,
    vocab_size: vocabulary.length,
    max_position_embeddings: 128,
    pad_token_id: 0,
  }),
  'tokenizer.json': json(tokenizer),
  'tokenizer_config.json': json({
    tokenizer_class: 'BertTokenizer',
    model_max_length: 128,
    cls_token: '[CLS]',
    sep_token: '[SEP]',
    pad_token: '[PAD]',
    unk_token: '[UNK]',
    mask_token: '[MASK]',
  }),
  'onnx/model_quantized.onnx': model,
};
for (const [path, content] of Object.entries(files)) {
  mkdirSync(dirname(join(target, path)), { recursive: true });
  writeFileSync(join(target, path), content);
}
