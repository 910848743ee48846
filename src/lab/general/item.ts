/**
 * General questions that no document answers, to see what fine-tuning has cost: twenty each of general knowledge, words,
 * simple sums and plain language. Self-made, and written before any of them was put to a model.
 */
import json from './items.json' with { type: 'json' };

export const itemKinds = ['facts', 'words', 'sums', 'language'] as const;
export type ItemKind = (typeof itemKinds)[number];

export interface GeneralItem {
  readonly id: string;
  readonly kind: ItemKind;
  /** A text that breaks off. */
  readonly begin: string;
  /** How it goes on: after a space. */
  readonly right: string;
  /** How it does not: as long, and of the same sort. */
  readonly wrong: readonly string[];
  /** The same, asked; null where there is nothing to ask. */
  readonly question: string | null;
  /** Other ways of writing what is right, in an answer to the question: `five` for `5`. */
  readonly also: readonly string[];
}

export const generalItems = json as readonly GeneralItem[];
