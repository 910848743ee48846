/** A general item by likelihood: whether a model holds the right continuation for likelier than every wrong one. */
import { sumOf, type Weighed } from '../../pipeline/generate/weigh.ts';
import type { GeneralItem } from './item.ts';

/** The right continuation first, then the wrong ones, each after its space. */
export function continuationsOf({ right, wrong }: GeneralItem): readonly string[] {
  return [right, ...wrong].map((text) => ` ${text}`);
}

export interface Choice {
  readonly text: string;
  readonly right: boolean;
  /** Natural logarithm of its probability, whole. */
  readonly logProbability: number;
}

/** @param weighed in the order of `continuationsOf` */
export function choicesOf({ right, wrong }: GeneralItem, weighed: readonly Weighed[]): readonly Choice[] {
  return [right, ...wrong].map((text, i) => ({ text, right: i === 0, logProbability: sumOf(weighed[i]!) }));
}

/** The right one's log-probability less that of the likeliest wrong one: above 0 where the model chooses right. In nats. */
export function marginOf(choices: readonly Choice[]): number {
  const of = (right: boolean) =>
    choices.filter((one) => one.right === right).map(({ logProbability }) => logProbability);
  return Math.max(...of(true)) - Math.max(...of(false));
}

/** The model holds the right one for the likeliest. */
export function choosesRight(choices: readonly Choice[]): boolean {
  return marginOf(choices) > 0;
}
