/** Columns side by side on an axis: how many there are of each size. */
import { scaleLinear } from 'd3-scale';
import type { Drawing, Shape } from './drawing.ts';

export interface Column {
  /** The values that it counts: `from` and what is below `to`. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface ColumnChart {
  readonly columns: readonly Column[];
  /** What the columns go along. */
  readonly across: string;
  /** What is counted. */
  readonly up: string;
  /** A value that is marked by a line, and what it is. */
  readonly limit?: { readonly value: number; readonly label: string };
}

const high = 110;
const top = 22;
const left = 44;
const small = 12;
const whole = new Intl.NumberFormat('en');

/** @param width pixels */
export function columnChart({ columns, across, up, limit }: ColumnChart, width: number): Drawing {
  const last = Math.max(limit?.value ?? 0, columns.at(-1)?.to ?? 0, 1);
  const x = scaleLinear([0, last], [left, width - 16]);
  const bottom = top + high;
  const y = scaleLinear([0, Math.max(1, ...columns.map(({ count }) => count))], [bottom, top]).nice(3);
  const text = { kind: 'text', ink: 'soft', size: small } as const;
  const shapes: Shape[] = [{ ...text, at: [0, 11], text: up }];
  for (const value of y.ticks(3).filter(Number.isInteger)) {
    shapes.push({
      kind: 'line',
      from: [left, y(value)],
      to: [width - 16, y(value)],
      ink: value === 0 ? 'edge' : 'line',
    });
    shapes.push({ ...text, at: [left - 8, y(value) + 4], text: whole.format(value), anchor: 'end' });
  }
  for (const { from, to, count } of columns) {
    if (count === 0) continue;
    const wide = Math.max(1, x(to) - x(from) - 1.5);
    shapes.push({ kind: 'bar', at: [x(from) + 0.75, y(count)], width: wide, height: bottom - y(count), ink: 'accent' });
  }
  for (const value of x.ticks(width < 500 ? 5 : 9))
    shapes.push({ ...text, at: [x(value), bottom + 16], text: whole.format(value), anchor: 'middle' });
  if (limit) {
    const at = x(limit.value);
    shapes.push({ kind: 'line', from: [at, top - 6], to: [at, bottom], ink: 'ink', width: 1.5 });
    const anchor = at > width / 2 ? ({ anchor: 'end' } as const) : {};
    shapes.push({ ...text, at: [at + (at > width / 2 ? -6 : 6), top - 2], text: limit.label, ink: 'ink', ...anchor });
  }
  shapes.push({ ...text, at: [(left + width) / 2, bottom + 34], text: across, anchor: 'middle' });
  return { width, height: bottom + 42, shapes };
}
