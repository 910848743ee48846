/** General items as a file: the same bytes for the same items and weights. */
import { sixPlaces } from '../paired.ts';
import { generalMeasures, tuningChanges, type ScoredItem } from './general-score.ts';
import { itemKinds } from './item.ts';
import type { ItemAnswer } from './write-item.ts';

export interface AnsweredItem extends ScoredItem {
  readonly answers: { readonly base: ItemAnswer; readonly tuned: ItemAnswer };
}

export function generalReport(setting: object, items: readonly AnsweredItem[]): string {
  const measured = generalMeasures.flatMap((measure) =>
    [null, ...itemKinds].flatMap((kind) => {
      const figure = tuningChanges(measure, items, kind);
      return figure ? [{ measure, kind: kind ?? 'all', ...sixPlaces(figure) }] : [];
    }),
  );
  const rows = items.map(({ item, answers, base, tuned }) => ({
    ...item,
    base: { ...answers.base, score: base },
    tuned: { ...answers.tuned, score: tuned },
  }));
  return `${JSON.stringify({ setting, measured, items: rows }, null, 1)}\n`;
}
