/** Running headers, footers and page numbers: what stands at the same place on several pages with the same words. */
import type { Segment } from './segments.ts';

export interface PageSegments {
  /** 1-based. */
  readonly number: number;
  readonly height: number;
  readonly segments: readonly Segment[];
}

/** Share of the page's height at top and bottom where running lines stand, and how many lines are looked at. */
const ZONE = 0.14;
const LINES = 4;
/** Points by which a running line may move between pages. */
const DRIFT = 6;

interface Candidate {
  readonly page: number;
  readonly segment: Segment;
}

/** The segments of each page (by its number) that run through the document; `bodySize` is its usual font size. */
export function runningSegments(pages: readonly PageSegments[], bodySize: number): Map<number, Set<Segment>> {
  const groups = new Map<string, Candidate[]>();
  for (const { number, height, segments } of pages)
    for (const segment of outermost(segments, height)) {
      if (segment.size > bodySize * 1.3) continue;
      for (const key of keys(segmentText(segment), number)) {
        const group = groups.get(key);
        if (group) group.push({ page: number, segment });
        else groups.set(key, [{ page: number, segment }]);
      }
    }
  const needed = pages.length <= 4 ? 2 : 3;
  const running = new Map<number, Set<Segment>>();
  for (const group of groups.values())
    for (const candidate of group) {
      const { top, size } = candidate.segment;
      const alike = group.filter(
        ({ page, segment }) =>
          Math.abs(segment.top - top) <= DRIFT &&
          Math.abs(segment.size - size) < 1 &&
          Math.abs(page - candidate.page) <= 12,
      );
      if (new Set(alike.map(({ page }) => page)).size < needed) continue;
      const found = running.get(candidate.page) ?? new Set();
      running.set(candidate.page, found.add(candidate.segment));
    }
  return running;
}

export function segmentText(segment: Segment): string {
  return segment.items.map(({ text }) => text).join(' ');
}

function outermost(segments: readonly Segment[], height: number): Segment[] {
  const level = segments.filter(({ items }) => items[0]!.frame === '0');
  const sorted = [...level].sort((a, b) => a.top - b.top);
  const take = (ordered: readonly Segment[], inZone: (segment: Segment) => boolean): Segment[] => {
    const taken: Segment[] = [];
    let lines = 0;
    let at = -Infinity;
    for (const segment of ordered) {
      if (Math.abs(segment.top - at) > segment.size * 0.5) {
        lines++;
        at = segment.top;
      }
      if (lines > LINES || !inZone(segment)) break;
      taken.push(segment);
    }
    return taken;
  };
  const above = take(sorted, ({ bottom }) => bottom < height * ZONE);
  const below = take([...sorted].reverse(), ({ top }) => top > height * (1 - ZONE));
  return [...above, ...below];
}

/** The words as they stand, and with each number that may count pages written as its distance from the page. */
function keys(text: string, page: number): string[] {
  const plain = text.replace(/\s+/g, ' ').trim();
  // Bare numbers repeat in tables too: only those that count with the pages are page numbers.
  const found = /\p{L}/u.test(plain) ? [plain] : [];
  const numbers = [...plain.matchAll(/\d{1,4}/g)].slice(0, 4);
  for (const hit of numbers) {
    // In a long line only a number at either end counts pages; others are part of what it says.
    const atEnd = hit.index < 3 || hit.index + hit[0].length > plain.length - 3;
    if (plain.length <= 40 || atEnd)
      found.push(`${plain.slice(0, hit.index)}{${Number(hit[0]) - page}}${plain.slice(hit.index + hit[0].length)}`);
  }
  const roman = romanValue(plain.replace(/[^ivxlc]/gi, ''));
  if (roman !== null && /^\W*[ivxlc]+\W*$/i.test(plain)) found.push(`roman {${roman - page}}`);
  return found;
}

function romanValue(numeral: string): number | null {
  const values: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100 };
  const digits = [...numeral.toLowerCase()].map((letter) => values[letter] ?? 0);
  if (digits.length === 0 || digits.length > 8) return null;
  return digits.reduce((sum, value, i) => sum + (value < (digits[i + 1] ?? 0) ? -value : value), 0);
}
