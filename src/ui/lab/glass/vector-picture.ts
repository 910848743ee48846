/** A vector as a strip: a bar for each of its numbers, up or down from zero. */
import type { Drawing, Shape } from '../../pictures/drawing.ts';

const high = 54;

/** @param width pixels */
export function vectorDrawing(values: ArrayLike<number>, width: number): Drawing {
  const largest = Math.max(Number.MIN_VALUE, ...Array.from(values, Math.abs));
  const each = width / Math.max(1, values.length);
  const middle = high / 2;
  const shapes = Array.from(values, (value, i): Shape => {
    const tall = (Math.abs(value) / largest) * (middle - 1);
    const ink = value < 0 ? 'against' : 'towards';
    return { kind: 'bar', at: [i * each, value < 0 ? middle : middle - tall], width: each * 0.85, height: tall, ink };
  });
  return {
    width,
    height: high,
    shapes: [...shapes, { kind: 'line', from: [0, middle], to: [width, middle], ink: 'edge' }],
  };
}

/** √Σv² */
export function normOf(values: ArrayLike<number>): number {
  return Math.hypot(...Array.from(values));
}

/** The first numbers of a vector: `0.0312, −0.0145, …` */
export function firstNumbers(values: ArrayLike<number>, count = 8): string {
  const first = Array.from(values)
    .slice(0, count)
    .map((value) => value.toFixed(4).replace('-', '−'));
  return `${first.join(', ')}${values.length > count ? ', …' : ''}`;
}
