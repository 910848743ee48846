/** The times of all stages as bars to one scale, those of the first run below those of the last. */
import { stageIds } from '../../../lab/stages.ts';
import type { GlassRun } from '../../../library/glass-box.ts';
import { duration } from '../../wording.ts';
import { csv } from '../../pictures/csv.ts';
import { drawingSvg, textWidth, type Drawing, type Shape } from '../../pictures/drawing.ts';
import { stageName, timeText } from './glass-text.ts';

type Timed = Pick<GlassRun, 'ran'> & { readonly stages: GlassRun['stages'] };

const size = 12;
const row = 26;

export function longestOf(...runs: readonly Pick<GlassRun, 'stages'>[]): number {
  return Math.max(1, ...runs.flatMap(({ stages }) => stageIds.map((id) => stages[id].milliseconds)));
}

/** @param width pixels */
export function timesDrawing(first: GlassRun, run: GlassRun, width: number): Drawing {
  const left = Math.max(...stageIds.map((id) => textWidth(stageName[id], size))) + 12;
  const texts = stageIds.map((id) => timeText(id, run, first));
  const right = width - Math.max(...texts.map((text) => textWidth(text, size))) - 12;
  const longest = longestOf(first, run);
  const wide = (milliseconds: number) => Math.max(0.5, ((right - left) * milliseconds) / longest);
  const shapes = stageIds.flatMap((id, i): Shape[] => {
    const y = i * row;
    const again = run !== first && run.ran.has(id);
    const now = wide(run.stages[id].milliseconds);
    return [
      { kind: 'text', at: [0, y + 15], text: stageName[id], ink: 'ink', size },
      { kind: 'bar', at: [left, y + 4], width: now, height: 9, ink: again || run === first ? 'accent' : 'edge' },
      ...(again
        ? [
            {
              kind: 'bar',
              at: [left, y + 15],
              width: wide(first.stages[id].milliseconds),
              height: 4,
              ink: 'edge',
            } as const,
          ]
        : []),
      { kind: 'text', at: [width, y + 15], text: texts[i]!, ink: 'soft', size, anchor: 'end' },
    ];
  });
  return { width, height: stageIds.length * row, shapes };
}

export function timesSvg(question: string, first: GlassRun, run: GlassRun): string {
  const description = [
    `For “${question}”.`,
    run === first
      ? 'Each stage ran once.'
      : 'Green: run again, with the time of the first run in grey below. Grey alone: kept, with the time it took then.',
    ...stageIds.map((id) => `${stageName[id]}: ${timeText(id, run, first)}.`),
  ];
  return drawingSvg({ title: 'The stages and their times', description }, timesDrawing(first, run, 720));
}

export function timesCsv(first: Timed, run: Timed): string {
  return csv(
    ['stage', 'name', 'ran', 'milliseconds', 'first_milliseconds'],
    stageIds.map((id) => [
      ...[id, stageName[id], run.ran.has(id) ? 'yes' : 'no'],
      ...[run.stages[id].milliseconds, first.stages[id].milliseconds],
    ]),
    2,
  );
}

/** `3.2 s in all` */
export function totalText({ stages, ran }: Timed): string {
  return duration(stageIds.reduce((sum, id) => sum + (ran.has(id) ? stages[id].milliseconds : 0), 0));
}
