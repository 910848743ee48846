import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOf, PointGrid } from './point-grid.ts';

const coordinate = fc.float({ min: -50, max: 50, noNaN: true });
const plane = fc.array(fc.tuple(coordinate, coordinate), { maxLength: 60 }).map((all) => Float32Array.from(all.flat()));

describe('the point under a pointer', () => {
  it('is the one that asking all points gives', () => {
    fc.assert(
      fc.property(
        plane,
        coordinate,
        coordinate,
        fc.double({ min: 0.1, max: 80, noNaN: true }),
        (places, x, y, radius) => {
          const far = (i: number) => (places[2 * i]! - x) ** 2 + (places[2 * i + 1]! - y) ** 2;
          const [expected = null] = Array.from({ length: places.length / 2 }, (_, i) => i)
            .filter((i) => far(i) <= radius * radius)
            .sort((a, b) => far(a) - far(b) || b - a);
          expect(new PointGrid(places).nearest(x, y, radius)).toBe(expected);
        },
      ),
      { seed: 8 },
    );
  });

  it('is found among 10,000 by asking few', () => {
    const places = Float32Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? (i / 2) % 100 : Math.floor(i / 200)));
    expect(new PointGrid(places).nearest(41.2, 17.1, 0.5)).toBe(17 * 100 + 41);
    expect(new PointGrid(places).nearest(41.5, 17.5, 0.2)).toBeNull();
  });
});

describe('bounds', () => {
  it('hold all points', () => {
    expect(boundsOf(Float32Array.of(1, -2, 3, 4))).toEqual({ left: 1, right: 3, top: -2, bottom: 4 });
    expect(boundsOf(new Float32Array())).toEqual({ left: 0, right: 0, top: 0, bottom: 0 });
  });
});
