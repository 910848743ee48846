/**
 * Models that answer with the first sentence of the first passage, copied token by token: an encoder-decoder with the
 * inputs and outputs of T5, and a decoder with those of Qwen. What they write is known, so a test sees at once when a
 * past, a position or a mask goes wrong. Each token is a one-hot vector with its place behind it.
 */
import { axis, FLOAT, Graph, int, INT64, ints, value } from './graph.ts';

export interface Copied {
  /** The copied text begins `behind` tokens after the first token `marker`. */
  readonly marker: number;
  readonly behind: number;
  /** After `last`, `end` is written. */
  readonly last: number;
  readonly end: number;
  readonly vocabulary: number;
}

const swapped = ints('perm', [0, 2, 1]);

/** A graph with the parts that both models share. */
class CopierGraph extends Graph {
  readonly width: number;

  constructor(private readonly copied: Copied) {
    super(1);
    this.width = copied.vocabulary + 1;
  }

  /** [rows, columns], 1 where `isOne`, else 0. */
  ones(name: string, columns: number, isOne: (row: number, column: number) => boolean): string {
    let at = 0;
    const next = (): number => {
      const [row, column] = [Math.floor(at / columns), at++ % columns];
      return isOne(row, column) ? 1 : 0;
    };
    return this.constant(name, [this.copied.vocabulary, columns], next);
  }

  /** Element `at` of the shape, a scalar. */
  size(of: string, at: number): string {
    return this.node('Gather', [this.node('Shape', [of]), this.whole(`${of}.${at}`, at)]);
  }

  unsqueezed(x: string, at: number): string {
    return this.node('Unsqueeze', [x, this.whole(`${x}.axis${at}`, [at])]);
  }

  /** Columns from `start` up to `end` of the last axis. */
  columns(x: string, start: number, end: number): string {
    const ends = [start, end, -1].map((n) => this.whole(`${x}.${start}.${n}`, [n]));
    return this.node('Slice', [x, ...ends]);
  }

  /** Where in the sequence the copied text begins. @param tokens [1, tokens, more than the vocabulary] */
  beginning(tokens: string): string {
    const { marker, behind } = this.copied;
    const found = this.node('ArgMax', [this.columns(tokens, marker, marker + 1)], [axis(1)]);
    return this.node('Add', [found, this.whole('behind', behind)]);
  }

  /**
   * Scores: the token whose place is that of the one to write.
   * @param tokens [1, tokens, vocabulary] @param places [1, 1, tokens] @param wanted [1, new, 1]
   */
  copy(tokens: string, places: string, wanted: string): void {
    const { vocabulary, last, end } = this.copied;
    const far = this.node('Sub', [wanted, places]);
    const near = this.node('Mul', [this.node('Mul', [far, far]), this.constant('sharp', [], () => -50)]);
    const share = this.node('Softmax', [near], [axis(-1)]);
    const ending = this.ones('ending', vocabulary, (row, column) => row === last && column === end);
    const over = this.node('Mul', [this.node('Gather', [ending, 'input_ids']), this.constant('sure', [], () => 10)]);
    this.node('Add', [this.node('MatMul', [share, tokens]), over], [], 'logits');
  }

  /** Past and new ones together, as the key and as the value. [1, 1, all, width] */
  grown(name: string, fresh: string): string {
    this.node('Concat', [`past_key_values.${name}.key`, fresh], [axis(2)], `present.${name}.key`);
    return this.node('Concat', [`past_key_values.${name}.value`, fresh], [axis(2)], `present.${name}.value`);
  }

  /** Takes away the axis of the one head. */
  headless(x: string): string {
    return this.node('Squeeze', [x, this.whole(`${x}.head`, [1])]);
  }

  asNumber(x: string): string {
    return this.node('Cast', [x], [int('to', FLOAT)]);
  }

  range(from: string, to: string): string {
    return this.node('Range', [from, to, this.whole(`${from}.step`, 1)]);
  }

  caches(names: readonly string[], prefix: string, tokens: string) {
    return names.flatMap((name) =>
      ['key', 'value'].map((kind) => value(`${prefix}.${name}.${kind}`, FLOAT, 1, 1, tokens, this.width)),
    );
  }
}

/** `encoder_model`: each token with its place, counted from where the copied text begins. */
export function copyingEncoder(copied: Copied): Uint8Array {
  const graph = new CopierGraph(copied);
  const tokens = graph.node('Gather', [
    graph.ones('identity', copied.vocabulary, (row, column) => row === column),
    'input_ids',
  ]);
  const all = graph.range(graph.whole('zero', 0), graph.size('input_ids', 1));
  const places = graph.asNumber(graph.node('Sub', [graph.unsqueezed(all, 1), graph.beginning(tokens)]));
  graph.node('Concat', [tokens, places], [axis(2)], 'last_hidden_state');
  return graph.encode(
    ['input_ids', 'attention_mask'].map((name) => value(name, INT64, 1, 'encoded')),
    [value('last_hidden_state', FLOAT, 1, 'encoded', graph.width)],
  );
}

/** `decoder_model_merged`: what it has read before tells by its length how much has been written. */
export function copyingDecoder(copied: Copied): Uint8Array {
  const { vocabulary } = copied;
  const graph = new CopierGraph(copied);
  // Of the past where there is one: what comes behind it is the same once more, and cut off.
  const encoded = graph.grown('0.encoder', graph.unsqueezed('encoder_hidden_states', 1));
  const bounds = [graph.whole('start', [0]), graph.unsqueezed(graph.size('encoder_hidden_states', 1), 0)];
  const seen = graph.headless(graph.node('Slice', [encoded, ...bounds, graph.whole('tokens', [2])]));
  const own = graph.node('Gather', [graph.ones('identity', graph.width, (row, column) => row === column), 'input_ids']);
  const written = graph.grown('0.decoder', graph.unsqueezed(own, 1));
  const wanted = graph.range(graph.size('past_key_values.0.decoder.key', 2), graph.size(written, 2));
  const places = graph.node('Transpose', [graph.columns(seen, vocabulary, vocabulary + 1)], [swapped]);
  graph.copy(graph.columns(seen, 0, vocabulary), places, graph.asNumber(graph.unsqueezed(wanted, 1)));
  const names = ['0.decoder', '0.encoder'];
  return graph.encode(
    [
      value('input_ids', INT64, 1, 'new'),
      value('encoder_attention_mask', INT64, 1, 'encoded'),
      value('encoder_hidden_states', FLOAT, 1, 'encoded', graph.width),
      ...graph.caches(names.slice(0, 1), 'past_key_values', 'past'),
      ...graph.caches(names.slice(1), 'past_key_values', 'past encoded'),
    ],
    [
      value('logits', FLOAT, 1, 'new', vocabulary),
      ...graph.caches(names.slice(0, 1), 'present', 'all'),
      ...graph.caches(names.slice(1), 'present', 'all encoded'),
    ],
  );
}

/**
 * A decoder alone. The answer begins `before` tokens after the last token `start`.
 */
export function copyingCausal(copied: Copied, { start, before }: { start: number; before: number }): Uint8Array {
  const { vocabulary } = copied;
  const graph = new CopierGraph(copied);
  const tokens = graph.node('Gather', [
    graph.ones('identity', vocabulary, (row, column) => row === column),
    'input_ids',
  ]);
  const positions = graph.asNumber(graph.unsqueezed('position_ids', 2));
  const fresh = graph.node('Concat', [tokens, positions], [axis(2)]);
  const all = graph.headless(graph.grown('0', graph.unsqueezed(fresh, 1)));
  const starts = graph.columns(all, start, start + 1);
  const lastStart = graph.asNumber(graph.node('ArgMax', [starts], [axis(1), int('select_last_index', 1)]));
  const answer = graph.node('Add', [lastStart, graph.constant('before', [], () => before)]);
  const places = graph.node('Sub', [
    graph.columns(all, vocabulary, vocabulary + 1),
    graph.asNumber(graph.beginning(all)),
  ]);
  graph.copy(
    graph.columns(all, 0, vocabulary),
    graph.node('Transpose', [places], [swapped]),
    graph.node('Sub', [positions, answer]),
  );
  return graph.encode(
    [
      value('input_ids', INT64, 1, 'new'),
      value('attention_mask', INT64, 1, 'all'),
      value('position_ids', INT64, 1, 'new'),
      ...graph.caches(['0'], 'past_key_values', 'past'),
    ],
    [value('logits', FLOAT, 1, 'new', vocabulary), ...graph.caches(['0'], 'present', 'all')],
  );
}
