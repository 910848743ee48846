/** Writes GGUF, version 3 (ggml/docs/gguf.md), and the base model in it as llama.cpp wants a Llama. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode, formatNumber, type Format } from './blocks.ts';
import { BaseWeights, type Matrix } from './shipped.ts';

const ALIGNMENT = 32;
const HEAD = 64;

type Value =
  | { readonly type: 'u32' | 'f32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'i32s'; readonly value: readonly number[] };

export interface Tensor {
  readonly name: string;
  /** Innermost first. */
  readonly dims: readonly number[];
  readonly format: Format;
  readonly bytes: Uint8Array;
}

export function writeGguf(path: string, metadata: Readonly<Record<string, Value>>, tensors: readonly Tensor[]): void {
  const head: Buffer[] = [Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(Object.keys(metadata).length)];
  for (const [key, value] of Object.entries(metadata)) head.push(text(key), encoded(value));
  let offset = 0;
  for (const { name, dims, format, bytes } of tensors) {
    head.push(text(name), u32(dims.length), ...dims.map(u64), u32(formatNumber[format]), u64(offset));
    offset += padded(bytes.length);
  }
  const start = Buffer.concat(head);
  const body = tensors.flatMap(({ bytes }) => [bytes, Buffer.alloc(padded(bytes.length) - bytes.length)]);
  writeFileSync(path, Buffer.concat([start, Buffer.alloc(padded(start.length) - start.length), ...body]));
}

const padded = (length: number) => Math.ceil(length / ALIGNMENT) * ALIGNMENT;

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function f32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}

function encoded(value: Value): Buffer {
  switch (value.type) {
    case 'u32':
      return Buffer.concat([u32(4), u32(value.value)]);
    case 'f32':
      return Buffer.concat([u32(6), f32(value.value)]);
    case 'bool':
      return Buffer.concat([u32(7), Buffer.from([Number(value.value)])]);
    case 'string':
      return Buffer.concat([u32(8), text(value.value)]);
    case 'strings':
      return Buffer.concat([u32(9), u32(8), u64(value.value.length), ...value.value.map(text)]);
    case 'i32s':
      return Buffer.concat([u32(9), u32(5), u64(value.value.length), Buffer.from(Int32Array.from(value.value).buffer)]);
  }
}

/** The base of the generator in `folder`, its products in `format`, table and norms in Q8_0 and F32. */
export function writeBase(folder: string, path: string, format: 'Q8_0' | 'Q4_0'): void {
  const weights = new BaseWeights(folder);
  const { layers, width, heads, keyHeads, inner, vocabulary, epsilon, ropeTheta } = weights.shape;
  const [queries, keys] = [heads * HEAD, keyHeads * HEAD];
  const matrix = (name: string, { rows, columns, values }: Matrix, as: Format): Tensor => ({
    name: `${name}.weight`,
    dims: [columns, rows],
    format: as,
    bytes: encode(values, columns, as),
  });
  const norm = (name: string, held: string): Tensor => {
    const values = weights.vector(held);
    return {
      name: `${name}.weight`,
      dims: [values.length],
      format: 'F32',
      bytes: encode(values, values.length, 'F32'),
    };
  };
  const tensors = [matrix('token_embd', weights.table(), 'Q8_0'), norm('output_norm', 'nf')];
  for (let layer = 0; layer < layers; layer++) {
    const block = `blk.${layer}`;
    const [qkv, gateUp] = [`${layer}.qkv`, `${layer}.gu`];
    tensors.push(
      norm(`${block}.attn_norm`, `${layer}.n1`),
      // The graph's query holds the attention's scale.
      matrix(`${block}.attn_q`, interleaved(weights.linear(qkv, 0, queries, Math.sqrt(HEAD))), format),
      matrix(`${block}.attn_k`, interleaved(weights.linear(qkv, queries, queries + keys)), format),
      matrix(`${block}.attn_v`, weights.linear(qkv, queries + keys, queries + 2 * keys), format),
      matrix(`${block}.attn_output`, weights.linear(`${layer}.o`, 0, width), format),
      norm(`${block}.ffn_norm`, `${layer}.n2`),
      matrix(`${block}.ffn_gate`, weights.linear(gateUp, 0, inner), format),
      matrix(`${block}.ffn_up`, weights.linear(gateUp, inner, 2 * inner), format),
      matrix(`${block}.ffn_down`, weights.linear(`${layer}.dn`, 0, width), format),
    );
  }
  writeGguf(path, { ...metadataOf(weights, vocabulary, epsilon, ropeTheta), ...tokenizerOf(folder) }, tensors);
}

/** llama.cpp turns neighbouring numbers of a head by one angle, the checkpoint those half a head apart. */
function interleaved({ rows, columns, values }: Matrix): Matrix {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const [head, place] = [Math.floor(row / HEAD), row % HEAD];
    const from = head * HEAD + (place % 2) * (HEAD / 2) + (place >> 1);
    turned.set(values.subarray(from * columns, (from + 1) * columns), row * columns);
  }
  return { rows, columns, values: turned };
}

function metadataOf(
  { shape: { layers, width, heads, keyHeads, inner } }: BaseWeights,
  vocabulary: number,
  epsilon: number,
  ropeTheta: number,
): Record<string, Value> {
  const count = (value: number): Value => ({ type: 'u32', value });
  return {
    'general.architecture': { type: 'string', value: 'llama' },
    'general.name': { type: 'string', value: 'SmolLM2 135M' },
    'llama.context_length': count(8192),
    'llama.embedding_length': count(width),
    'llama.block_count': count(layers),
    'llama.feed_forward_length': count(inner),
    'llama.attention.head_count': count(heads),
    'llama.attention.head_count_kv': count(keyHeads),
    'llama.rope.dimension_count': count(HEAD),
    'llama.rope.freq_base': { type: 'f32', value: ropeTheta },
    'llama.attention.layer_norm_rms_epsilon': { type: 'f32', value: epsilon },
    'llama.vocab_size': count(vocabulary),
  };
}

function tokenizerOf(folder: string): Record<string, Value> {
  const { model, added_tokens: added } = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')) as {
    model: { vocab: Record<string, number>; merges: string[] };
    added_tokens: { id: number; content: string }[];
  };
  const tokens: string[] = [];
  for (const [token, id] of Object.entries(model.vocab)) tokens[id] = token;
  const [NORMAL, CONTROL] = [1, 3];
  const types = tokens.map(() => NORMAL);
  for (const { id, content } of added) [tokens[id], types[id]] = [content, CONTROL];
  return {
    'tokenizer.ggml.model': { type: 'string', value: 'gpt2' },
    'tokenizer.ggml.pre': { type: 'string', value: 'smollm' },
    'tokenizer.ggml.tokens': { type: 'strings', value: tokens },
    'tokenizer.ggml.token_type': { type: 'i32s', value: types },
    'tokenizer.ggml.merges': { type: 'strings', value: model.merges },
    'tokenizer.ggml.bos_token_id': { type: 'u32', value: 1 },
    'tokenizer.ggml.eos_token_id': { type: 'u32', value: 2 },
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
  };
}
