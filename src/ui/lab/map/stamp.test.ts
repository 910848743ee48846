import { describe, expect, it } from 'vitest';
import { press, stampOf, type Pixels } from './stamp.ts';

const white = 0xffffffff;
const blank = (width: number, height: number): Pixels => ({
  ...{ width, height, pixels: new Uint32Array(width * height).fill(white) },
});
/** Two by two: red, half of blue, clear, green. */
const data = Uint8ClampedArray.of(255, 0, 0, 255, 0, 0, 255, 128, 9, 9, 9, 0, 0, 255, 0, 255);
/** Red, green, blue of a pixel. */
const rgb = ({ width, pixels }: Pixels, x: number, y: number) =>
  [...new Uint8Array(Uint32Array.of(pixels[y * width + x]!).buffer)].slice(0, 3);

describe('a mark pressed into a picture', () => {
  it('hides what is below it, lets it through where it is clear, and is mixed with it in between', () => {
    const picture = blank(4, 3);
    press(picture, stampOf(data, 1), 1, 1);
    expect([rgb(picture, 1, 1), rgb(picture, 2, 1), rgb(picture, 1, 2), rgb(picture, 2, 2)]).toEqual([
      ...[
        [255, 0, 0],
        [127, 127, 255],
        [255, 255, 255],
        [0, 255, 0],
      ],
    ]);
    expect(picture.pixels.filter((one) => one !== white)).toHaveLength(3);
  });

  it('is faint where that is wanted', () => {
    const picture = blank(2, 2);
    press(picture, stampOf(data, 0.2), 0, 0);
    expect(rgb(picture, 0, 0)).toEqual([255, 204, 204]);
  });

  it('is cut at the edges, and does not come in at the other side', () => {
    for (const [x, y, seen] of [
      [-1, 0, [[0, 1, 0, 255, 0]]],
      [1, 1, [[1, 1, 255, 0, 0]]],
      [2, 0, []],
      [0, -5, []],
    ] as const) {
      const picture = blank(2, 2);
      press(picture, stampOf(data, 1), x, y);
      const changed = [0, 1, 2, 3].flatMap((i) =>
        picture.pixels[i] === white ? [] : [[i % 2, i >> 1, ...rgb(picture, i % 2, i >> 1)]],
      );
      if (x === -1) expect(changed).toEqual([[0, 0, 127, 127, 255], ...seen]);
      else expect(changed).toEqual(seen);
    }
  });
});
