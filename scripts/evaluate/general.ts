/** `--general`: what fine-tuning has cost in questions that no document answers. */
import { writeFile } from 'node:fs/promises';
import { generalReport, type AnsweredItem } from '../../src/lab/general/general-report.ts';
import { byLot, generalMeasures, scoreItem, tuningChanges, turned } from '../../src/lab/general/general-score.ts';
import { generalItems, itemKinds, type GeneralItem } from '../../src/lab/general/item.ts';
import { answerItem, type GeneralModel } from '../../src/lab/general/write-item.ts';
import { withBuiltPage } from '../built-page.ts';
import { KeptAnswers } from './answers/kept.ts';
import { Progress } from './answers/progress.ts';
import { shareOut, Writer } from './answers/writers.ts';
import { shippedModel } from './desk.ts';
import { differenceCells, three } from './figures.ts';

export interface GeneralOptions {
  /** The first so many items. */
  readonly most: number;
  /** Pages that write side by side. */
  readonly writers: number;
  /** Folder of what the generator wrote in earlier runs. */
  readonly kept: string;
  /** File for the report. */
  readonly json?: string | undefined;
}

export async function evaluateGeneral({ most, writers: count, kept, json }: GeneralOptions): Promise<void> {
  const generator = await shippedModel('generation');
  const items = generalItems.slice(0, most);
  const answered = await withBuiltPage(async (site) => {
    const writers = await Writer.openFor(items, site, count, new KeptAnswers(kept, generator));
    const progress = new Progress('general items', items.length);
    return shareOut(items, writers, async (item, writer) => {
      const done = await answerBoth(item, writer);
      progress.one(true);
      return done;
    });
  });
  for (const line of lines(answered)) console.log(line);
  if (!json) return;
  const setting = { generator: { id: generator.id, sha256: generator.sha256 } };
  await writeFile(json, generalReport(setting, answered));
}

async function answerBoth(item: GeneralItem, writer: Writer): Promise<AnsweredItem> {
  const model = (adapterScale: 0 | 1): GeneralModel => ({
    weigh: (text, continuations) => writer.weigh(text, continuations, adapterScale),
    model: (asking) => Promise.resolve(writer.model({ adapterScale, reading: 'together' }, undefined, asking)),
  });
  const { signal } = new AbortController();
  const base = await answerItem(model(0), item, signal);
  const tuned = await answerItem(model(1), item, signal);
  return { item, answers: { base, tuned }, base: scoreItem(item, base), tuned: scoreItem(item, tuned) };
}

/** A Markdown table, and the items on which the two choose differently. */
function lines(answered: readonly AnsweredItem[]): string[] {
  const rows = generalMeasures.flatMap((measure) =>
    [null, ...itemKinds].flatMap((kind) => {
      const figure = tuningChanges(measure, answered, kind);
      if (!figure) return [];
      return [`| ${[measure, kind ?? 'all', ...differenceCells(figure)].join(' | ')} |`];
    }),
  );
  const { lost, gained } = turned(answered);
  const named = (items: readonly GeneralItem[]): string => items.map(({ id }) => id).join(', ') || 'none';
  return [
    ...['| measure | items | base | tuned | difference | p | n |', '| --- | --- | --- | --- | --- | --- | --- |'],
    ...rows,
    '',
    `chosen by lot: ${three(byLot(answered.map(({ item }) => item)))}`,
    `right before tuning only: ${named(lost)}`,
    `right after tuning only: ${named(gained)}`,
  ];
}
