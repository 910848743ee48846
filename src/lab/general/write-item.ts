/** A general item put to one model: weighed, gone on with, and asked, plainly and in the words of the training. */
import type { Weighed } from '../../pipeline/generate/weigh.ts';
import type { Model } from '../../pipeline/pipeline.ts';
import { isRefusal } from '../../pipeline/prompt/format.ts';
import type { Asking } from '../../pipeline/prompt/wording.ts';
import type { GeneralItem } from './item.ts';
import { choicesOf, continuationsOf, type Choice } from './weigh-item.ts';

/** How an item is put to a model in writing. Without passages in all of them: there is no document. */
export const generalAskings = {
  continuation: { wording: 'continuation', maxTokens: 8 },
  plain: { wording: 'plain', maxTokens: 32 },
  training: { wording: 'training', maxTokens: 32 },
} as const satisfies Record<string, Asking>;
export type GeneralAsking = keyof typeof generalAskings;

/** One of the two models, or one in between. */
export interface GeneralModel {
  weigh(text: string, continuations: readonly string[]): Promise<readonly Weighed[]>;
  /** Asks in these words. */
  model(asking: Asking): Promise<Model>;
}

export interface Said {
  readonly text: string;
  readonly refused: boolean;
}

/** What one model makes of an item. */
export interface ItemAnswer {
  readonly choices: readonly Choice[];
  readonly continuation: Said;
  /** Null where the item asks nothing. */
  readonly plain: Said | null;
  readonly training: Said | null;
}

export async function weighItem({ weigh }: Pick<GeneralModel, 'weigh'>, item: GeneralItem): Promise<readonly Choice[]> {
  return choicesOf(item, await weigh(item.begin, continuationsOf(item)));
}

/** Greedy, and cut after some tokens. @throws the signal's reason when it is stopped before anything was written */
export async function say(
  { model }: Pick<GeneralModel, 'model'>,
  text: string,
  asking: GeneralAsking,
  signal: AbortSignal,
): Promise<Said> {
  const asked = await model(generalAskings[asking]);
  const nothing = () => undefined;
  const { text: written } = await asked.generate(await asked.prompt([], text), signal, nothing, nothing);
  return { text: written.trim(), refused: isRefusal(written.trim()) };
}

export async function answerItem(model: GeneralModel, item: GeneralItem, signal: AbortSignal): Promise<ItemAnswer> {
  const asked = (asking: GeneralAsking) => (item.question === null ? null : say(model, item.question, asking, signal));
  return {
    choices: await weighItem(model, item),
    continuation: await say(model, item.begin, 'continuation', signal),
    plain: await asked('plain'),
    training: await asked('training'),
  };
}
