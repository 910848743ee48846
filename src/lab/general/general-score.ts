/** What general items have cost: base model against fine-tuned one, item by item. */
import { containsGold, normalisedWords } from '../answer-metrics.ts';
import { mean } from '../metrics.ts';
import { pairedDifference, type PairedDifference } from '../paired.ts';
import type { GeneralItem, ItemKind } from './item.ts';
import { choosesRight, marginOf, type Choice } from './weigh-item.ts';
import type { ItemAnswer, Said } from './write-item.ts';

/** By likelihood alone: a forward pass for each token. */
export const weighedMeasures = ['chosen', 'margin', 'likely'] as const;
export const writtenMeasures = ['goesOn', 'plainRight', 'plainRefused', 'trainingRight', 'trainingRefused'] as const;
export const generalMeasures = [...weighedMeasures, ...writtenMeasures] as const;
export type WeighedMeasure = (typeof weighedMeasures)[number];
export type GeneralMeasure = (typeof generalMeasures)[number];

/** Null where the item says nothing of it. */
export type GeneralScore<M extends GeneralMeasure = GeneralMeasure> = Readonly<Record<M, number | null>>;

/**
 * - `chosen`: 1 where the right continuation is likelier than each wrong one, else 0
 * - `margin`: by how much, in nats (`marginOf`)
 * - `likely`: the log-probability of the right one, in nats
 */
export function scoreWeighed(choices: readonly Choice[]): GeneralScore<WeighedMeasure> {
  return {
    chosen: bit(choosesRight(choices)),
    margin: marginOf(choices),
    likely: choices.find(({ right }) => right)!.logProbability,
  };
}

/**
 * As `scoreWeighed`, and
 * - `goesOn`: what it writes behind the text begins with the right words
 * - `plainRight`, `plainRefused`: the right words stand in its answer to the plain question; it refuses
 * - `trainingRight`, `trainingRefused`: the same, asked in the words of the training, without a passage
 */
export function scoreItem(item: GeneralItem, { choices, continuation, plain, training }: ItemAnswer): GeneralScore {
  const golds = [item.right, ...item.also];
  const right = (said: Said | null) => said && bit(!said.refused && containsGold(said.text, golds));
  const refused = (said: Said | null) => said && bit(said.refused);
  return {
    ...scoreWeighed(choices),
    goesOn: bit(golds.some((gold) => beginsWith(continuation.text, gold))),
    plainRight: right(plain),
    plainRefused: refused(plain),
    trainingRight: right(training),
    trainingRefused: refused(training),
  };
}

function beginsWith(text: string, gold: string): boolean {
  const wanted = normalisedWords(gold);
  const words = normalisedWords(text);
  return wanted.every((word, i) => words[i] === word);
}

const bit = (holds: boolean): 0 | 1 => (holds ? 1 : 0);

/** An item as both models have it. */
export interface ScoredItem<M extends GeneralMeasure = GeneralMeasure> {
  readonly item: GeneralItem;
  readonly base: GeneralScore<M>;
  readonly tuned: GeneralScore<M>;
}

/** What tuning changes (a: base, b: tuned), over items of a kind or of all; null where none speaks of it. */
export function tuningChanges<M extends GeneralMeasure>(
  measure: M,
  scored: readonly ScoredItem<M>[],
  kind: ItemKind | null = null,
): PairedDifference | null {
  const pairs = scored.flatMap(({ item, base, tuned }) => {
    const a: number | null = base[measure];
    const b: number | null = tuned[measure];
    return a === null || b === null || (kind !== null && item.kind !== kind) ? [] : [[a, b] as const];
  });
  return pairedDifference(pairs);
}

/** Items on which exactly one of the two chooses right. */
export function turned(scored: readonly ScoredItem<WeighedMeasure>[]): {
  readonly lost: readonly GeneralItem[];
  readonly gained: readonly GeneralItem[];
} {
  const where = (base: number, tuned: number) =>
    scored.filter((one) => one.base.chosen === base && one.tuned.chosen === tuned).map(({ item }) => item);
  return { lost: where(1, 0), gained: where(0, 1) };
}

/** The share of items that chance would choose rightly. */
export function byLot(items: readonly GeneralItem[]): number {
  return mean(items.map(({ wrong }) => 1 / (wrong.length + 1)));
}
