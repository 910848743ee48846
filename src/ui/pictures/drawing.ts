/** What a chart is made of, the same on the page and in a file; only the colours are told apart. */
import { colours } from '../lab/map/palette.ts';
import { escaped, round, svgFile, type SvgWords } from './svg.ts';

/** Colours by what they are for. `series` are told apart by people with each kind of colour blindness (palette.test.ts). */
export type Ink = 'sheet' | 'ink' | 'soft' | 'line' | 'edge' | 'accent' | 'towards' | 'against' | Series;
export type Series = `series-${0 | 1 | 2 | 3 | 4 | 5}`;

export type Shape =
  | { readonly kind: 'line'; readonly from: Point; readonly to: Point; readonly ink: Ink; readonly width?: number }
  | { readonly kind: 'bar'; readonly at: Point; readonly width: number; readonly height: number; readonly ink: Ink }
  /** An outline about its place (`shapePath`), filled, or open and filled with the sheet's colour. */
  | { readonly kind: 'mark'; readonly at: Point; readonly path: string; readonly ink: Ink; readonly open?: boolean }
  | {
      readonly kind: 'text';
      /** Of its base line. */
      readonly at: Point;
      readonly text: string;
      readonly ink: Ink;
      readonly size: number;
      readonly anchor?: 'middle' | 'end';
      readonly strong?: boolean;
    };

/** x and y in pixels, y downwards. */
export type Point = readonly [x: number, y: number];

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

const { light, dark } = colours;
const series = (of: (i: number) => string) =>
  Object.fromEntries(light.documents.map((_, i) => [`series-${i}`, of(i)])) as Record<Series, string>;

/** Light, whatever the page is. */
export const fileInks: Readonly<Record<Ink, string>> = {
  ...{ sheet: light.sheet, ink: light.ink, soft: light.soft, line: '#e3dfd6', edge: '#8f8b82', accent: light.accent },
  ...{ towards: '#3b76b5', against: '#c0641b' },
  ...series((i) => light.documents[i]!),
};

/** The page's own, which follow light and dark. */
export const pageInks: Readonly<Record<Ink, string>> = {
  ...{ sheet: 'var(--sheet)', ink: 'var(--ink)', soft: 'var(--soft)', line: 'var(--line)', edge: 'var(--edge)' },
  ...{ accent: 'var(--accent)', towards: 'light-dark(#3b76b5, #7fb0e0)', against: 'light-dark(#c0641b, #f0a46b)' },
  ...series((i) => `light-dark(${light.documents[i]!}, ${dark.documents[i]!})`),
};

/** The drawing as a file of its own, its title above it. */
export function drawingSvg(words: SvgWords, { width, height, shapes }: Drawing): string {
  const head = 34;
  const margin = 30;
  return svgFile(words, { width: width + 2 * margin, height: head + height + 10 }, fileInks, [
    `<text x="${margin}" y="24" font-size="15" font-weight="600" fill="${fileInks.ink}">${escaped(words.title)}</text>`,
    `<g transform="translate(${margin} ${head})">`,
    ...shapes.map(element),
    '</g>',
  ]);
}

function element(shape: Shape): string {
  const ink = fileInks[shape.ink];
  const [x, y] = ('at' in shape ? shape.at : shape.from).map(round);
  switch (shape.kind) {
    case 'line': {
      const [x2, y2] = shape.to.map(round);
      return `<line x1="${x}" y1="${y}" x2="${x2}" y2="${y2}" stroke="${ink}" stroke-width="${shape.width ?? 1}"/>`;
    }
    case 'bar':
      return `<rect x="${x}" y="${y}" width="${round(shape.width)}" height="${round(shape.height)}" fill="${ink}"/>`;
    case 'mark': {
      const fill = shape.open ? fileInks.sheet : ink;
      return `<path d="${shape.path}" transform="translate(${x} ${y})" fill="${fill}" stroke="${ink}" stroke-width="1.5"/>`;
    }
    case 'text': {
      const anchor = shape.anchor ? ` text-anchor="${shape.anchor}"` : '';
      const weight = shape.strong ? ' font-weight="600"' : '';
      return `<text x="${x}" y="${y}" font-size="${shape.size}"${anchor}${weight} fill="${ink}">${escaped(shape.text)}</text>`;
    }
  }
}

/** About how wide a line of the page's sans is, in pixels: no browser is asked. */
export function textWidth(text: string, size: number): number {
  return text.length * size * 0.55;
}
