/** An ONNX graph in the making: weights from a seeded generator, so that the same bytes come each time. */
import { randomFrom } from '../../src/pipeline/random.ts';
import onnxProto, { type onnx as Onnx } from 'onnx-proto';

const { onnx } = onnxProto;
export const { FLOAT, INT64, BOOL } = onnx.TensorProto.DataType;
const { AttributeType } = onnx.AttributeProto;

export const int = (name: string, i: number): Onnx.IAttributeProto => ({ name, type: AttributeType.INT, i });
export const ints = (name: string, list: number[]): Onnx.IAttributeProto => ({
  name,
  type: AttributeType.INTS,
  ints: list,
});
export const axis = (i: number): Onnx.IAttributeProto => int('axis', i);

/** An input or output; a text stands for a size that is known only when the model runs. */
export const value = (name: string, elemType: number, ...dims: (number | string)[]): Onnx.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType,
      shape: { dim: dims.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size })) },
    },
  },
});

export class Graph {
  private readonly next = normals(7);
  private readonly weights: Onnx.ITensorProto[] = [];
  private readonly nodes: Onnx.INodeProto[] = [];

  /** @param deviation divides the normal numbers: the square root of the model's width */
  constructor(private readonly deviation: number) {}

  constant(name: string, dims: number[], one: () => number): string {
    const values = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, one);
    this.weights.push({ name, dims, dataType: FLOAT, rawData: new Uint8Array(values.buffer) });
    return name;
  }

  random(name: string, ...dims: number[]): string {
    return this.constant(name, dims, () => this.next() / this.deviation);
  }

  /** Whole numbers; a single one without brackets is a scalar. */
  whole(name: string, given: number | readonly number[]): string {
    const list = typeof given === 'number' ? [given] : given;
    const dims = typeof given === 'number' ? [] : [list.length];
    const rawData = new Uint8Array(BigInt64Array.from(list, BigInt).buffer);
    this.weights.push({ name, dims, dataType: INT64, rawData });
    return name;
  }

  node(opType: string, input: string[], attribute: Onnx.IAttributeProto[] = [], output?: string): string {
    const name = `${opType}_${this.nodes.length}`;
    this.nodes.push({ opType, name, input, output: [output ?? name], attribute });
    return output ?? name;
  }

  /** The ONNX file. */
  encode(input: Onnx.IValueInfoProto[], output: Onnx.IValueInfoProto[]): Uint8Array {
    return onnx.ModelProto.encode({
      irVersion: 8,
      producerName: 'carrel tiny models',
      opsetImport: [{ domain: '', version: 17 }],
      graph: { name: 'tiny', node: this.nodes, initializer: this.weights, input, output },
    }).finish();
  }
}

/** Mulberry32 into Box and Muller: normal numbers, the same on each run. */
function normals(seed: number): () => number {
  const uniform = randomFrom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
