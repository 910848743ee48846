/**
 * Makes the tiny models of the tests, with weights from a seeded generator: a two-layer encoder of hidden size 32 that
 * stands in for the hub's, and a decoder (decoder.ts). They mean nothing, but the encoder has the files, inputs and
 * outputs of a sentence embedder, the decoder the inputs and outputs of the generator. Two more, with weights set by
 * hand, copy what they are given (writers.ts); they have the files of the hub's generators.
 *   npx tsx scripts/tiny-models/make.ts
 * The same bytes come each time. Uses onnx-proto, which comes with ONNX Runtime Web.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../root.ts';
import { tinyDecoder } from './decoder.ts';
import { axis, FLOAT, Graph, int, ints, INT64, value } from './graph.ts';
import { tinyChat, tinyT5 } from './writers.ts';

const HIDDEN = 32;
const INNER = 64;
const LAYERS = 2;

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('');
const words = ['the', 'a', 'is', 'of', 'and', 'to', 'in', 'cat', 'dog', 'rent', 'paper', 'page', 'river', 'house'];
const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const vocabulary = [...special, ...letters, ...letters.map((l) => `##${l}`), ...'.,?!-:'.split(''), ...words];

const graph = new Graph(Math.sqrt(HIDDEN));
const constant = graph.constant.bind(graph);
const random = graph.random.bind(graph);
const node = graph.node.bind(graph);

function normalised(name: string, x: string): string {
  const scale = constant(`${name}.scale`, [HIDDEN], () => 1);
  const shift = constant(`${name}.shift`, [HIDDEN], () => 0);
  return node('LayerNormalization', [x, scale, shift], [axis(-1)]);
}

const mask = node('Cast', ['attention_mask'], [int('to', FLOAT)]);
const absent = node('Sub', [constant('one', [1], () => 1), mask]);
const hidden = node('Mul', [absent, constant('far', [1], () => -1e4)]);
const bias = node('Unsqueeze', [hidden, graph.whole('second', [1])]);

const word = node('Gather', [random('word', vocabulary.length, HIDDEN), 'input_ids']);
const kind = node('Gather', [random('kind', 2, HIDDEN), 'token_type_ids']);
let x = normalised('embedding', node('Add', [word, kind]));
for (let layer = 0; layer < LAYERS; layer++) {
  const project = (name: string, from: string, ...dims: [number, number]) =>
    node('MatMul', [from, random(`${layer}.${name}`, ...dims)]);
  const query = project('query', x, HIDDEN, HIDDEN);
  const key = node('Transpose', [project('key', x, HIDDEN, HIDDEN)], [ints('perm', [0, 2, 1])]);
  const raw = node('MatMul', [query, key]);
  const scaled = node('Mul', [raw, constant(`${layer}.scale`, [1], () => 1 / Math.sqrt(HIDDEN))]);
  const share = node('Softmax', [node('Add', [scaled, bias])], [axis(-1)]);
  const seen = node('MatMul', [share, project('value', x, HIDDEN, HIDDEN)]);
  x = normalised(`${layer}.attention`, node('Add', [x, project('output', seen, HIDDEN, HIDDEN)]));
  const inner = node('Relu', [project('inner', x, HIDDEN, INNER)]);
  x = normalised(`${layer}.mixing`, node('Add', [x, project('outer', inner, INNER, HIDDEN)]));
}
node('Identity', [x], [], 'last_hidden_state');

const model = graph.encode(
  ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => value(name, INT64, 'batch', 'sequence')),
  [value('last_hidden_state', FLOAT, 'batch', 'sequence', HIDDEN)],
);

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

function below(folder: string, content: Record<string, string | Uint8Array>): Record<string, string | Uint8Array> {
  return Object.fromEntries(Object.entries(content).map(([path, one]) => [`${folder}/${path}`, one]));
}

const target = join(ROOT, 'tests', 'fixtures', 'tiny-models');
const json = (content: object) => JSON.stringify(content, null, 1) + '\n';
const files: Record<string, string | Uint8Array> = {
  'tiny-bert/config.json': json({
    architectures: ['BertModel'],
    model_type: 'bert',
    hidden_size: HIDDEN,
    num_hidden_layers: LAYERS,
    vocab_size: vocabulary.length,
    max_position_embeddings: 128,
    pad_token_id: 0,
  }),
  'tiny-bert/tokenizer.json': json(tokenizer),
  'tiny-bert/tokenizer_config.json': json({
    tokenizer_class: 'BertTokenizer',
    model_max_length: 128,
    cls_token: '[CLS]',
    sep_token: '[SEP]',
    pad_token: '[PAD]',
    unk_token: '[UNK]',
    mask_token: '[MASK]',
  }),
  'tiny-bert/onnx/model_quantized.onnx': model,
  'tiny-decoder.onnx': tinyDecoder(),
  ...below('tiny-t5', tinyT5()),
  ...below('tiny-chat', tinyChat()),
};
for (const [path, content] of Object.entries(files)) {
  mkdirSync(dirname(join(target, path)), { recursive: true });
  writeFileSync(join(target, path), content);
}
