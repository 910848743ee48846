/** The sizes and the face that a document's text usually has. */
import { NO_FONT } from './annotations.ts';
import type { Typography } from './blocks.ts';
import type { Region } from './lines.ts';
import type { Segment } from './segments.ts';

export function prevailingSize(segments: Iterable<Segment>): { size: number; font: string } {
  const counts = new Map<string, { size: number; font: string; count: number }>();
  for (const { items } of segments)
    for (const { size, font, text } of items) {
      const rounded = Math.round(size * 2) / 2;
      const key = `${rounded} ${font}`;
      const entry = counts.get(key);
      if (entry) entry.count += text.length;
      else counts.set(key, { size: rounded, font, count: text.length });
    }
  const best = [...counts.values()].reduce((a, b) => (b.count > a.count ? b : a), { size: 10, font: '', count: 0 });
  return { size: best.size, font: best.font };
}

export function typographyOf(regions: readonly Region[]): Typography {
  const lines = regions.flat().filter(({ font }) => font !== NO_FONT);
  const body = prevailingSize(lines.flatMap(({ segments }) => segments));
  const larger = new Set(lines.map(({ size }) => size).filter((size) => size > body.size * 1.12));
  return { body: body.size, font: body.font, headings: [...larger].sort((a, b) => b - a) };
}
