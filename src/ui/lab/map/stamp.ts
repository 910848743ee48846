/**
 * Marks as pixels that are copied into a picture: 10,000 of them take a fifth of the time that a canvas needs to be told
 * of each one, where nothing but the processor draws.
 */

/** The pixels of a mark that are not wholly clear, by their places from its top left corner. */
export interface Stamp {
  readonly size: number;
  readonly xs: Int32Array;
  readonly ys: Int32Array;
  /** As a pixel stands in memory: red lowest, opacity highest. */
  readonly colours: Uint32Array;
}

/** A picture that hides what is below it; `pixels` are its rows, one after the other. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
}

/**
 * @param data of a square: red, green, blue and opacity of each pixel, as `ImageData` has them
 * @param strength in [0, 1]: what its opacity is multiplied by
 */
export function stampOf(data: Uint8ClampedArray, strength: number): Stamp {
  const size = Math.sqrt(data.length / 4);
  const seen = Array.from({ length: size * size }, (_, i) => i).filter(
    (i) => Math.round(data[4 * i + 3]! * strength) > 0,
  );
  return {
    size,
    xs: Int32Array.from(seen, (i) => i % size),
    ys: Int32Array.from(seen, (i) => Math.floor(i / size)),
    colours: Uint32Array.from(seen, (i) => {
      const [red, green, blue, opacity] = data.subarray(4 * i, 4 * i + 4);
      return ((Math.round(opacity! * strength) << 24) | (blue! << 16) | (green! << 8) | red!) >>> 0;
    }),
  };
}

/** Copies a mark with its top left corner at a place, which may lie outside. */
export function press({ width, height, pixels }: Pixels, { size, xs, ys, colours }: Stamp, x: number, y: number): void {
  const inside = x >= 0 && y >= 0 && x + size <= width && y + size <= height;
  for (let i = 0; i < colours.length; i++) {
    const [px, py] = [x + xs[i]!, y + ys[i]!];
    if (!inside && (px < 0 || py < 0 || px >= width || py >= height)) continue;
    const at = py * width + px;
    const colour = colours[i]!;
    const opacity = colour >>> 24;
    pixels[at] = opacity === 255 ? colour : over(colour, opacity, pixels[at]!);
  }
}

/** One colour over another that hides all below it. */
function over(colour: number, opacity: number, below: number): number {
  const rest = 255 - opacity;
  const red = ((colour & 255) * opacity + (below & 255) * rest + 127) / 255;
  const green = (((colour >>> 8) & 255) * opacity + ((below >>> 8) & 255) * rest + 127) / 255;
  const blue = (((colour >>> 16) & 255) * opacity + ((below >>> 16) & 255) * rest + 127) / 255;
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
}
