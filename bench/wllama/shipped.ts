/** The generator's files, joined from their parts, and its weights taken out of the graph. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import onnxProto from 'onnx-proto';
import { parseManifest } from '../../src/models/manifest.ts';
import { ROOT } from '../../scripts/root.ts';

const MODELS = join(ROOT, 'public/models');
const GRAPH = 'onnx/decoder_model_merged_quantized.onnx';

export interface Shape {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly keyHeads: number;
  readonly inner: number;
  readonly vocabulary: number;
  readonly epsilon: number;
  readonly ropeTheta: number;
}

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Row by row. */
  readonly values: Float32Array;
}

/** Joins the files of the shipped generator into `folder`. */
export function joinGenerator(folder: string): void {
  const { models } = parseManifest(JSON.parse(readFileSync(join(MODELS, 'manifest.json'), 'utf8')));
  const generator = models.find(({ task }) => task === 'generation');
  if (!generator) throw new Error('The manifest names no generator.');
  for (const { path, parts } of generator.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), Buffer.concat(parts.map((part) => readFileSync(join(MODELS, part.path)))));
  }
}

/** The base model in `folder`: its shape and its weights, the adapter left out. */
export class BaseWeights {
  readonly shape: Shape;
  readonly #held: ReadonlyMap<string, { dims: readonly number[]; bytes: Uint8Array }>;

  constructor(folder: string) {
    const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as Record<string, number>;
    this.shape = {
      layers: config['num_hidden_layers']!,
      width: config['hidden_size']!,
      heads: config['num_attention_heads']!,
      keyHeads: config['num_key_value_heads']!,
      inner: config['intermediate_size']!,
      vocabulary: config['vocab_size']!,
      epsilon: config['rms_norm_eps']!,
      ropeTheta: config['rope_theta']!,
    };
    const { graph } = onnxProto.onnx.ModelProto.decode(readFileSync(join(folder, GRAPH)));
    this.#held = new Map(
      (graph?.initializer ?? []).map(({ name, dims, rawData }) => [
        name ?? '',
        { dims: (dims ?? []).map(Number), bytes: rawData ?? new Uint8Array() },
      ]),
    );
  }

  /** A vector of float32. */
  vector(name: string): Float32Array {
    const { bytes } = this.#get(name);
    return new Float32Array(Uint8Array.from(bytes).buffer);
  }

  /** The embedding table, a row a token. */
  table(): Matrix {
    const [q, scale] = [this.#get('table.q'), this.vector('table.s')];
    const [rows, columns] = q.dims as [number, number];
    const codes = new Int8Array(q.bytes.buffer, q.bytes.byteOffset, q.bytes.length);
    return { rows, columns, values: Float32Array.from(codes, (code, i) => code * scale[(i / columns) | 0]!) };
  }

  /** Columns `from` to `to` of a product's weight [in, out], turned: a row for each output. */
  linear(name: string, from: number, to: number, factor = 1): Matrix {
    const [q, scale] = [this.#get(`${name}.q`), this.vector(`${name}.s`)];
    const [inputs, outputs] = q.dims as [number, number];
    const codes = new Int8Array(q.bytes.buffer, q.bytes.byteOffset, q.bytes.length);
    const values = new Float32Array((to - from) * inputs);
    for (let row = 0; row < to - from; row++) {
      for (let i = 0; i < inputs; i++)
        values[row * inputs + i] = codes[i * outputs + from + row]! * scale[from + row]! * factor;
    }
    return { rows: to - from, columns: inputs, values };
  }

  #get(name: string): { dims: readonly number[]; bytes: Uint8Array } {
    const found = this.#held.get(name);
    if (!found) throw new Error(`The graph holds no ${name}.`);
    return found;
  }
}
