/** One question answered four ways: by the base model and the fine-tuned one, each without and with passages. */
import type { Sentence, Source } from '../pipeline/answer.ts';
import { checkedSentences } from '../pipeline/cite/checked.ts';
import { holdToGiven } from '../pipeline/cite/citations.ts';
import type { Model } from '../pipeline/pipeline.ts';
import { isRefusal } from '../pipeline/prompt/format.ts';
import { leftOut } from '../pipeline/prompt/left-out.ts';
import { promptIds } from '../pipeline/prompt/prompt.ts';

export interface Cell {
  /** The adapter's scale is 1, else 0. */
  readonly tuned: boolean;
  /** The passages that were found stand in the prompt. */
  readonly passages: boolean;
}

/** In the order in which they are written. */
export const cells: readonly Cell[] = [false, true].flatMap((passages) =>
  [false, true].map((tuned) => ({ tuned, passages })),
);

export interface CellAnswer {
  /** Without citations to passages that were not given. */
  readonly text: string;
  /** Those that stood in the prompt. */
  readonly sources: readonly Source[];
  /** Each held against what it cites; `instead` may be a passage that was found and not given. */
  readonly sentences: readonly Sentence[];
  readonly removedCitations: readonly number[];
  /** What the prompt had no room for, as sentences; '' if nothing. */
  readonly leftOut: string;
  readonly refused: boolean;
  readonly stopped: boolean;
  readonly promptTokens: number;
  readonly writtenTokens: number;
  /** To read the prompt, and from then on to the end; loading is not counted. */
  readonly milliseconds: { readonly read: number; readonly write: number };
}

/**
 * @param found the passages, best first, under the numbers that they have in the prompt
 * @throws the signal's reason when it is stopped before anything was written
 */
export async function writeCell(
  model: Model,
  { passages }: Pick<Cell, 'passages'>,
  question: string,
  found: readonly Source[],
  signal: AbortSignal,
  onText: (piece: string) => void,
): Promise<CellAnswer> {
  const offered = passages ? found : [];
  const prompt = await model.prompt(
    offered.map(({ number, passage }) => ({ ...passage, number })),
    question,
  );
  signal.throwIfAborted();
  const began = performance.now();
  let read = began;
  const generated = await model.generate(prompt, signal, () => (read = performance.now()), onText);
  const ended = performance.now();
  const sources = offered.slice(0, prompt.passages);
  const numbers = sources.map(({ number }) => number);
  const { text, removed } = holdToGiven(generated.text.trim(), numbers);
  const refused = isRefusal(text);
  const beside = found.filter((source) => !sources.includes(source));
  return {
    ...{ text, sources, removedCitations: removed, leftOut: leftOut(prompt, offered), refused },
    sentences: refused ? [] : checkedSentences(text, question, sources, beside),
    stopped: generated.ended === 'stopped',
    promptTokens: promptIds(prompt.pieces).length,
    writtenTokens: generated.ids.length,
    milliseconds: { read: read - began, write: ended - read },
  };
}
