/** Pieces of text on a page, with boxes as shown and places in the frame in which their line runs level. */
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { TextContent } from './text-content.ts';

export type PageViewport = ReturnType<PDFPageProxy['getViewport']>;

/** In points from the top left corner of the page as shown. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Item {
  readonly text: string;
  readonly box: Box;
  /** Frame of all text that runs the same way: `0` is level, others turned. */
  readonly frame: string;
  /** Along the line, in the frame: `left` to `right`; across it: `top` to `bottom`. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Font size in points. */
  readonly size: number;
  readonly font: string;
  readonly rightToLeft: boolean;
  /** White space came before it in the file. */
  readonly spaced: boolean;
}

/** Items with something to read, in the file's order; text drawn twice for a bold look is kept once. */
export function pageItems(content: TextContent, viewport: PageViewport): Item[] {
  const items: Item[] = [];
  const seen = new Map<string, { left: number; top: number }[]>();
  let spaced = false;
  for (const raw of content.items) {
    if (!('str' in raw)) continue;
    const text = readable(raw.str);
    if (text.trim() === '') {
      spaced = true;
      continue;
    }
    const style = content.styles[raw.fontName];
    const item = placed(text, raw, style, viewport, spaced || text.startsWith(' '));
    spaced = text.endsWith(' ') || raw.hasEOL;
    if (item === null) continue;
    const twins = seen.get(item.text) ?? [];
    const near = item.size * 0.15;
    if (twins.some((twin) => Math.abs(twin.left - item.left) < near && Math.abs(twin.top - item.top) < near)) continue;
    twins.push(item);
    seen.set(item.text, twins);
    items.push(item);
  }
  return items;
}

/** How many characters have no meaning: their font does not say which letters they are. */
export function unknownCharacters(content: TextContent): number {
  return content.items.reduce((sum, raw) => sum + ('str' in raw ? [...raw.str.matchAll(UNKNOWN)].length : 0), 0);
}

/** Controls that are no white space. */
const UNKNOWN = /[^\P{Cc}\s]/gu;

type RawItem = Extract<TextContent['items'][number], { str: string }>;
type Style = TextContent['styles'][string];

function placed(
  text: string,
  raw: RawItem,
  style: Style | undefined,
  viewport: PageViewport,
  spaced: boolean,
): Item | null {
  const [a, b, c, d, e, f] = multiply(viewport.transform as number[], raw.transform as number[]);
  const vertical = style?.vertical === true;
  const size = Math.hypot(c, d) || Math.hypot(a, b);
  const length = (vertical ? raw.height : raw.width) * viewport.scale;
  if (![e, f, size, length].every(Number.isFinite) || size === 0) return null;
  // Vertical text runs to where its letters have their feet.
  const angle = vertical ? Math.atan2(-d, -c) : Math.atan2(b, a);
  const quarter = Math.round(angle / (Math.PI / 2));
  const level = Math.abs(angle - (quarter * Math.PI) / 2) < 0.06;
  const turned = level ? (quarter * Math.PI) / 2 : angle;
  const [cos, sin] = [Math.round(Math.cos(turned) * 1e6) / 1e6, Math.round(Math.sin(turned) * 1e6) / 1e6];
  const ascent = vertical ? 0.5 : sensible(style?.ascent, 0.8);
  const descent = vertical ? 0.5 : sensible(-(style?.descent ?? 0), 0.2);
  const left = e * cos + f * sin;
  const base = -e * sin + f * cos;
  const [right, top, bottom] = [left + length, base - ascent * size, base + descent * size];
  const xs = [left, right].flatMap((u) => [top, bottom].map((v) => u * cos - v * sin));
  const ys = [left, right].flatMap((u) => [top, bottom].map((v) => u * sin + v * cos));
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return {
    text: text.trim(),
    box: { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y },
    frame: level ? String(((quarter % 4) + 4) % 4) : `turned ${Math.round((angle * 180) / Math.PI)}`,
    left,
    right,
    top,
    bottom,
    size,
    font: raw.fontName,
    rightToLeft: raw.dir === 'rtl',
    spaced,
  };
}

/** Fonts often state no metrics, or senseless ones. */
function sensible(metric: number | undefined, fallback: number): number {
  return metric !== undefined && metric > 0.05 && metric < 1.3 ? metric : fallback;
}

function multiply(m: number[], n: number[]): [number, number, number, number, number, number] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = n;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** Ligatures and presentation forms spelled out, white space made plain, controls and broken surrogates taken out. */
export function readable(text: string): string {
  return text
    .replace(/[\uFB00-\uFB4F\uFB50-\uFDFF\uFE10-\uFE19\uFE30-\uFE48\uFE70-\uFEFC]/g, (form) => form.normalize('NFKC'))
    .replace(/[\u200B\u2060\uFEFF]/g, '')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/[\s\p{Cc}]+/gu, ' ');
}
