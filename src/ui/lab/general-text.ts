/** What is told of general items. */
import type { GeneralItem, ItemKind } from '../../lab/general/item.ts';
import type { PairedDifference } from '../../lab/paired.ts';
import { count } from '../wording.ts';
import { significant } from './trial-text.ts';

export const kindText: Readonly<Record<ItemKind, string>> = {
  facts: 'General knowledge',
  words: 'Words',
  sums: 'Simple sums',
  language: 'Plain language',
};

/** `73%`, `0.4%`, `< 0.1%`: of a probability's logarithm. */
export function probabilityText(logProbability: number): string {
  const percent = Math.exp(logProbability) * 100;
  if (percent < 0.1) return '< 0.1%';
  return `${percent.toFixed(percent < 10 ? 1 : 0)}%`;
}

export function changeVerdict({ difference, p }: PairedDifference): string {
  if (difference === 0) return 'The same';
  if (p >= significant) return 'Could be chance';
  return difference > 0 ? 'Better' : 'Worse';
}

/** What tuning has turned, in a sentence. */
export function turnedText(lost: readonly GeneralItem[], gained: readonly GeneralItem[], of: number): string {
  return (
    `Of ${count(of, 'item')} the base model alone chooses ${lost.length} rightly, the fine-tuned one alone ` +
    `${gained.length}; on the others they agree.`
  );
}

/** By how much more or less likely the right continuation has become, in the middle. @param nats the mean difference */
export function likelierText(nats: number): string {
  const times = Math.exp(Math.abs(nats)).toFixed(2);
  if (nats === 0) return 'The right continuations are as likely as before.';
  return `To the fine-tuned model the right continuations are ${times} times ${nats > 0 ? 'likelier' : 'less likely'} (the geometric mean of all).`;
}
