import { describe, expect, it } from 'vitest';
import { inReadingOrder } from './reading-order.ts';

const at = (name: string, x: number, y: number, width = 10, height = 10) => ({ name, box: { x, y, width, height } });
const order = (items: Parameters<typeof inReadingOrder<ReturnType<typeof at> | { name: string; box: null }>>[0]) =>
  inReadingOrder(items).map(({ name }) => name);

describe('reading order', () => {
  it('goes down rows and across columns', () => {
    expect(order([at('d', 20, 20), at('b', 20, 0), at('c', 0, 20), at('a', 0, 0)])).toEqual(['a', 'b', 'c', 'd']);
  });

  it('reads a column whole where no line cuts across both', () => {
    expect(order([at('right', 20, 0, 10, 40), at('low', 0, 22, 10, 18), at('high', 0, 0, 10, 20)])).toEqual([
      'high',
      'low',
      'right',
    ]);
  });

  it('keeps the order of boxes that overlap, and of all when one has no place', () => {
    expect(order([at('second', 3, 3), at('first', 0, 0)])).toEqual(['second', 'first']);
    expect(order([at('b', 0, 50), { name: 'x', box: null }, at('a', 0, 0)])).toEqual(['b', 'x', 'a']);
  });
});
