/** A language model of two layers with the generator's inputs and outputs: keys and values in, keys and values out. */
import { axis, BOOL, FLOAT, Graph, int, INT64, ints, value } from './graph.ts';

const [LAYERS, HEADS, WIDTH, HIDDEN, VOCABULARY, PLACES] = [2, 2, 4, 16, 64, 256];

/** The ONNX file. Activations are not quantised: a text gives the same scores however it is cut into calls. */
export function tinyDecoder(): Uint8Array {
  const graph = new Graph(2);
  const node = graph.node.bind(graph);
  const tokens = node('Gather', [graph.random('tokens', VOCABULARY, HIDDEN), 'input_ids']);
  const places = node('Gather', [graph.random('places', PLACES, HIDDEN), 'position_ids']);
  let x = node('Add', [tokens, places]);

  // Each new token sees all before it and itself: column <= row + what was there before.
  const [zero, one] = [graph.whole('zero', 0), graph.whole('one', 1)];
  const [first, second] = [graph.whole('first', [0]), graph.whole('second', [1])];
  const count = node('Gather', [node('Shape', ['input_ids']), one]);
  const all = node('Gather', [node('Shape', ['attention_mask']), one]);
  const row = node('Add', [node('Range', [zero, count, one]), node('Sub', [all, count])]);
  const column = node('Unsqueeze', [node('Range', [zero, all, one]), first]);
  const causal = node('LessOrEqual', [column, node('Unsqueeze', [row, second])]);
  const seen = node('And', [causal, node('Cast', ['attention_mask'], [int('to', BOOL)])]);
  const scores = [graph.constant('none', [], () => 0), graph.constant('never', [], () => -1e9)];
  const mask = node('Where', [seen, ...scores]);

  const heads = graph.whole('heads', [0, 0, HEADS, WIDTH]);
  const joined = graph.whole('joined', [0, 0, HEADS * WIDTH]);
  const swap = [ints('perm', [0, 2, 1, 3])];
  for (let layer = 0; layer < LAYERS; layer++) {
    const project = (name: string, from: string, ...dims: [number, number]) =>
      node('MatMul', [from, graph.random(`${layer}.${name}`, ...dims)]);
    const head = (name: string) => {
      const split = node('Reshape', [project(name, x, HIDDEN, HEADS * WIDTH), heads]);
      return node('Transpose', [split], swap);
    };
    const whole = (name: string) => {
      const parts = [`past_key_values.${layer}.${name}`, head(name)];
      return node('Concat', parts, [axis(2)], `present.${layer}.${name}`);
    };
    const keys = node('Transpose', [whole('key')], [ints('perm', [0, 1, 3, 2])]);
    const raw = node('MatMul', [head('query'), keys]);
    const share = node('Softmax', [node('Add', [raw, mask])], [axis(-1)]);
    const found = node('Transpose', [node('MatMul', [share, whole('value')])], swap);
    x = node('Add', [x, project('output', node('Reshape', [found, joined]), HEADS * WIDTH, HIDDEN)]);
  }
  const last = node('Gather', [x, graph.whole('last', [-1])], [axis(1)]);
  const plain = node('MatMul', [last, graph.random('head', HIDDEN, VOCABULARY)]);
  const tuned = node('MatMul', [last, graph.random('adapter', HIDDEN, VOCABULARY)]);
  node('Add', [plain, node('Mul', [tuned, 'adapter_scale'])], [], 'logits');

  const names = Array.from({ length: LAYERS }, (_, layer) => [`${layer}.key`, `${layer}.value`]).flat();
  const cache = (prefix: string, tokens: string) =>
    names.map((name) => value(`${prefix}.${name}`, FLOAT, 1, HEADS, tokens, WIDTH));
  return graph.encode(
    [
      value('input_ids', INT64, 1, 'new'),
      value('attention_mask', INT64, 1, 'all'),
      value('position_ids', INT64, 1, 'new'),
      value('adapter_scale', FLOAT),
      ...cache('past_key_values', 'past'),
    ],
    [value('logits', FLOAT, 1, 1, VOCABULARY), ...cache('present', 'all')],
  );
}
