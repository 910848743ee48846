/** The evidence of a search on its scale from 0 to 1, with the threshold, in words and as a table. */
import { scaleLinear } from 'd3-scale';
import type { Trace } from '../../pipeline/answer.ts';
import { csv } from '../pictures/csv.ts';
import { drawingSvg, type Drawing, type Shape } from '../pictures/drawing.ts';

export type Weighed = Pick<Trace, 'question' | 'evidence' | 'threshold' | 'features' | 'calibrated'>;

/** @param width pixels */
export function evidenceDrawing({ evidence, threshold }: Weighed, width: number): Drawing {
  const x = scaleLinear([0, 1], [14, width - 14]);
  const text = { kind: 'text', size: 12, anchor: 'middle' } as const;
  // At either end a word would be cut.
  const within = (at: number) => Math.min(Math.max(at, 50), width - 50);
  const shapes: Shape[] = [
    { kind: 'bar', at: [x(0), 22], width: x(1) - x(0), height: 10, ink: 'line' },
    { kind: 'bar', at: [x(0), 22], width: x(evidence) - x(0), height: 10, ink: against(evidence, threshold) },
    { kind: 'line', from: [x(threshold), 18], to: [x(threshold), 36], ink: 'ink', width: 2 },
    { ...text, at: [within(x(threshold)), 12], text: `threshold ${threshold.toFixed(2)}`, ink: 'ink' },
    ...x.ticks(5).map((value): Shape => ({ ...text, at: [x(value), 50], text: value.toFixed(1), ink: 'soft' })),
  ];
  return { width, height: 58, shapes };
}

const against = (evidence: number, threshold: number) => (evidence < threshold ? 'against' : 'accent');

export function evidenceText({ evidence, threshold }: Weighed): string {
  const said = evidence < threshold ? 'below it, so the page refuses' : 'not below it, so the page answers';
  return `The evidence is ${evidence.toFixed(2)} of 1, the threshold ${threshold.toFixed(2)}: ${said}.`;
}

export function evidenceSvg(weighed: Weighed): string {
  const description = [`For “${weighed.question}”.`, evidenceText(weighed)];
  return drawingSvg({ title: 'Evidence and threshold', description }, evidenceDrawing(weighed, 620));
}

export function evidenceCsv({ question, evidence, threshold, features, calibrated }: Weighed): string {
  const { cosine, coverage, standing, length, size } = features;
  return csv(
    ['question', 'evidence', 'threshold', 'calibrated', 'cosine', 'coverage', 'standing', 'length', 'size'],
    [[question, evidence, threshold, calibrated ? 'yes' : 'no', cosine, coverage, standing, length, size]],
  );
}
