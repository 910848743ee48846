import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { colours } from './palette.ts';

type Linear = readonly [number, number, number];

/** As eyes without one kind of cones see linear RGB (Machado, Oliveira and Fernandes 2009, severity 1). */
const eyes: Readonly<Record<string, readonly number[]>> = {
  'all three cones': [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

function linear(hex: string): Linear {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return [r!, g!, b!];
}

function seenBy(eye: readonly number[], colour: Linear): Linear {
  const [r, g, b] = [0, 3, 6].map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        colour.reduce((sum, c, i) => sum + eye[row + i]! * c, 0),
      ),
    ),
  );
  return [r!, g!, b!];
}

/** Oklab (Ottosson 2020): distances there are about those seen. */
function oklab([r, g, b]: Linear): Linear {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function contrast(a: string, b: string): number {
  const [dark, light] = [a, b]
    .map(linear)
    .map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b)
    .sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

describe.each(['light', 'dark'] as const)('colours of documents, %s', (theme) => {
  const { sheet, documents } = colours[theme];

  it('stand out from the sheet by 3 to 1', () => {
    for (const colour of documents) expect(contrast(colour, sheet), colour).toBeGreaterThan(3);
  });

  it.each(Object.entries(eyes))('are told apart with %s', (_, eye) => {
    const seen = documents.map((colour) => oklab(seenBy(eye, linear(colour))));
    for (const [i, a] of seen.entries())
      for (const [j, b] of seen.entries())
        if (i < j) expect(Math.hypot(...a.map((value, k) => value - b[k]!)), `${i} and ${j}`).toBeGreaterThan(0.12);
  });

  it('lie on the sheet of the page, and beside its ink', () => {
    const css = readFileSync(new URL('../../theme.css', import.meta.url), 'utf8');
    for (const name of ['sheet', 'ink', 'soft', 'accent'] as const) {
      const [, light, dark] = new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(css)!;
      expect(colours[theme][name]).toBe(theme === 'light' ? light : dark);
    }
  });
});
