/** What is told of the long instruction beside the short one. */
import type { CellAnswer } from '../../lab/four-cells.ts';
import { count, duration } from '../wording.ts';

type Cost = Pick<CellAnswer, 'promptTokens' | 'milliseconds'>;

/** What the short prompt saves with each question. */
export function savedText(long: Cost, short: Cost): string {
  const tokens = long.promptTokens - short.promptTokens;
  const milliseconds = long.milliseconds.read - short.milliseconds.read;
  const time =
    milliseconds > 0
      ? `${duration(milliseconds)} of reading`
      : 'no time this once (the first after loading reads more slowly)';
  return (
    `The long prompt has ${count(long.promptTokens, 'token')}, the short one ${short.promptTokens}: with each question ` +
    `tuning saves ${count(tokens, 'token')} and ${time}.`
  );
}
