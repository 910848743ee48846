/** A long text cut into blocks that a browser lays out one at a time. */
import type { Span } from '../../pipeline/document.ts';

const AIM = 6_000;
const LIMIT = 12_000;

/**
 * Consecutive spans that cover `text` exactly, each about 6,000 characters and at most 12,000.
 * A cut falls behind an empty line if one is near, else behind a line's end, else behind a space,
 * else anywhere but inside a surrogate pair. A cut shows as a line's end.
 */
export function chunks(text: string): Span[] {
  const list: Span[] = [];
  let start = 0;
  while (start < text.length) {
    const end = text.length - start <= LIMIT ? text.length : cut(text, start);
    list.push({ start, end });
    start = end;
  }
  return list;
}

function cut(text: string, start: number): number {
  const reach = text.slice(start, start + LIMIT);
  for (const seam of ['\n\n', '\n', ' ']) {
    const after = reach.indexOf(seam, AIM);
    if (after >= 0) return start + after + seam.length;
  }
  const code = text.charCodeAt(start + LIMIT - 1);
  return start + LIMIT - (code >= 0xd800 && code <= 0xdbff ? 1 : 0);
}
