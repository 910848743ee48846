/** Values with their intervals on one axis, a row for each of what is measured: a forest plot, or dots in groups. */
import { scaleLinear } from 'd3-scale';
import { shapePath, type Shape as Outline } from '../lab/map/marks.ts';
import { textWidth, type Drawing, type Ink, type Shape } from './drawing.ts';
import { short } from './svg.ts';

export interface Mark {
  readonly outline: Outline;
  readonly ink: Ink;
  /** Not filled. */
  readonly open?: boolean;
}

export interface IntervalPoint {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly mark: Mark;
}

export interface IntervalChart {
  readonly rows: readonly {
    readonly label: string;
    /** Below each other. */
    readonly points: readonly IntervalPoint[];
    /** The same in figures. */
    readonly figures?: string;
  }[];
  /** Ends of the axis; around 0 as far as the values go if it is left out. */
  readonly domain?: readonly [number, number];
  readonly axis: string;
  /** What it means to lie to the left and to the right of 0. */
  readonly towards?: readonly [left: string, right: string];
  readonly legend?: readonly { readonly label: string; readonly mark: Mark }[];
  /** Of a value of the axis. */
  tick(value: number): string;
}

const size = 12.5;
const small = 12;
const radius = 5;
/** From one point of a row to the next, and between two rows. */
const step = 15;
const apart = 14;
/** Room for half a word at either end of the axis. */
const side = 14;
/** Below it a label stands over its row instead of beside it. */
const narrow = 560;

/** @param width pixels */
export function intervalChart(chart: IntervalChart, width: number): Drawing {
  const { rows, legend = [], towards, axis, tick } = chart;
  const above = width < narrow;
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => textWidth(text, size)));
  const left = above ? side : Math.min(width * 0.32, widest(rows.map(({ label }) => label)) + 20);
  const right = width - (above ? side : widest(rows.map(({ figures = '' }) => figures)) + 20);
  const x = scaleLinear(chart.domain ?? aroundZero(rows), [left, right]);
  // The axis of values that were given an end is whole; others end at a round number.
  if (!chart.domain) x.nice(above ? 4 : 6);

  const shapes: Shape[] = [];
  let y = 4;
  for (const line of inLines(legend, width)) {
    for (const { at, label, mark } of line) {
      shapes.push(drawn(mark, [at + 6, y + 7]), { kind: 'text', at: [at + 17, y + 11], text: label, ink: 'ink', size });
    }
    y += 20;
  }
  const top = y + 2;
  const content: Shape[] = [];
  y = top + apart / 2;
  for (const { label, points, figures } of rows) {
    const letters = Math.floor((above ? width * 0.6 : left - 16) / (size * 0.55));
    const text = short(label, letters);
    const middle = y + (above ? 20 : 0) + ((points.length - 1) * step) / 2 + step / 2;
    content.push({ kind: 'text', at: above ? [0, y + 11] : [0, middle + 4], text, ink: 'ink', size });
    if (figures)
      content.push({
        ...{ kind: 'text', at: [width, above ? y + 11 : middle + 4], text: figures, ink: 'soft', size: small },
        anchor: 'end',
      });
    if (above) y += 20;
    for (const { value, low, high, mark } of points) {
      const at = y + step / 2;
      content.push({ kind: 'line', from: [x(low), at], to: [x(high), at], ink: mark.ink, width: 2 });
      for (const end of [low, high])
        content.push({ kind: 'line', from: [x(end), at - 3], to: [x(end), at + 3], ink: mark.ink, width: 2 });
      content.push(drawn(mark, [x(value), at]));
      y += step;
    }
    y += apart;
  }
  const bottom = y - apart / 2;
  for (const value of x.ticks(above ? 4 : 6)) {
    const zero = value === 0;
    shapes.push({ kind: 'line', from: [x(value), top], to: [x(value), bottom], ink: zero ? 'edge' : 'line' });
    shapes.push({
      ...{ kind: 'text', at: [x(value), bottom + 15], text: tick(value), ink: 'soft', size: small },
      anchor: 'middle',
    });
  }
  shapes.push({ kind: 'line', from: [left, bottom], to: [right, bottom], ink: 'edge' }, ...content);
  let end = bottom + 33;
  const middle = (left + right) / 2;
  shapes.push({ kind: 'text', at: [middle, end], text: axis, ink: 'soft', size: small, anchor: 'middle' });
  if (towards) {
    end += 18;
    const beside = { kind: 'text', ink: 'ink', size: small } as const;
    shapes.push({ ...beside, at: [left, end], text: `← ${towards[0]}` });
    shapes.push({ ...beside, at: [right, end], text: `${towards[1]} →`, anchor: 'end' });
  }
  return { width, height: end + 8, shapes };
}

/** As far as the values go, 0 among them, and no less than a tenth. */
function aroundZero(rows: IntervalChart['rows']): [number, number] {
  const ends = rows.flatMap(({ points }) => points.flatMap(({ low, high, value }) => [low, high, value]));
  return [Math.min(-0.05, ...ends), Math.max(0.05, ...ends)];
}

function drawn({ outline, ink, open = false }: Mark, at: readonly [number, number]): Shape {
  return { kind: 'mark', at, path: shapePath(outline, radius), ink, open };
}

/** The legend in as many lines as it needs. */
function inLines(legend: NonNullable<IntervalChart['legend']>, width: number) {
  const lines: { at: number; label: string; mark: Mark }[][] = [];
  let at = Infinity;
  for (const one of legend) {
    const wide = 17 + textWidth(one.label, size) + 18;
    if (at + wide > width) {
      lines.push([]);
      at = 0;
    }
    lines.at(-1)!.push({ ...one, at });
    at += wide;
  }
  return lines;
}
