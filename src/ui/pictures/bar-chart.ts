/** Bars beside their names, in as many columns as wanted: shares of a score, times of stages. */
import { scaleLinear } from 'd3-scale';
import { textWidth, type Drawing, type Ink, type Shape } from './drawing.ts';
import { short } from './svg.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The value as it is written. */
  readonly text: string;
  readonly ink: Ink;
}

const size = 12;
const line = 18;
const gap = 26;
/** Letters of a name. */
const longest = 30;

/** Bars from 0, to either side where some are below it. They go down one column and on at the top of the next. */
export function barChart(bars: readonly Bar[], width: number, columns = 1): Drawing {
  const rows = Math.ceil(bars.length / columns);
  const each = (width - (columns - 1) * gap) / columns;
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => textWidth(text, size)));
  const names = bars.map(({ label }) => short(label, longest));
  const left = Math.min(each * 0.45, widest(names) + 10);
  const right = each - widest(bars.map(({ text }) => text)) - 10;
  const values = bars.map(({ value }) => value);
  const x = scaleLinear([Math.min(0, ...values), Math.max(Number.MIN_VALUE, ...values)], [left, right]);
  const shapes = bars.flatMap(({ value, text, ink }, i): Shape[] => {
    const from = Math.floor(i / rows) * (each + gap);
    const y = (i % rows) * line;
    const [start, end] = [x(Math.min(0, value)), x(Math.max(0, value))];
    return [
      { kind: 'text', at: [from, y + 13], text: names[i]!, ink: 'ink', size },
      { kind: 'bar', at: [from + start, y + 5], width: Math.max(0.5, end - start), height: 9, ink },
      { kind: 'text', at: [from + each, y + 13], text, ink: 'soft', size, anchor: 'end' },
    ];
  });
  const zeros = Array.from({ length: Math.ceil(bars.length / Math.max(1, rows)) }, (_, c): Shape => {
    const at = c * (each + gap) + x(0);
    const count = Math.min(rows, bars.length - c * rows);
    return { kind: 'line', from: [at, 2], to: [at, count * line], ink: 'edge' };
  });
  return { width, height: rows * line + 4, shapes: [...shapes, ...zeros] };
}
