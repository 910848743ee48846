/** The part of a passage worth showing on a card, with the words that made it count marked. */
import { isContent, words } from '../../pipeline/index/words.ts';

export interface Marked {
  readonly text: string;
  readonly marked: boolean;
}

const word = /[\p{L}\p{M}\p{N}]+(?:['’.,:/-][\p{L}\p{M}\p{N}]+)*/gu;

/** The index's terms of a text that say something; citation marks are no part of it. */
export function contentWords(text: string): Set<string> {
  return new Set(words(text.replace(/\[\d+\]/g, ' ')).filter(isContent));
}

/**
 * At most about `length` characters of `text`, cut between words where the most marked words lie,
 * with `…` at a cut end. Marked words that only a short word separates become one mark.
 */
export function excerpt(text: string, wanted: ReadonlySet<string>, length: number): Marked[] {
  const all = [...text.matchAll(word)].map((m) => ({
    start: m.index,
    end: m.index + m[0].length,
    hit: words(m[0]).some((term) => wanted.has(term)),
  }));
  const { start, end } = densest(text, all, length);
  const marks: { start: number; end: number }[] = [];
  let between = 0;
  for (const w of all) {
    if (w.start < start || w.end > end) continue;
    const last = marks.at(-1);
    if (!w.hit) {
      between += w.end - w.start;
      continue;
    }
    if (last && between <= 3 && !/[.!?\n]/.test(text.slice(last.end, w.start))) last.end = w.end;
    else marks.push({ start: w.start, end: w.end });
    between = 0;
  }

  const found: Marked[] = [];
  let from = start;
  const push = (to: number, marked: boolean): void => {
    if (to > from) found.push({ text: text.slice(from, to), marked });
    from = to;
  };
  if (start > 0) found.push({ text: '… ', marked: false });
  for (const mark of marks) {
    push(mark.start, false);
    push(mark.end, true);
  }
  push(end, false);
  if (end < text.length) found.push({ text: ' …', marked: false });
  return found;
}

function densest(
  text: string,
  all: readonly { start: number; end: number; hit: boolean }[],
  length: number,
): { start: number; end: number } {
  if (text.length <= length || all.length === 0) return { start: 0, end: Math.min(text.length, length) };
  const last = all.length - 1;
  let best = { first: 0, hits: -1 };
  let to = -1;
  let hits = 0;
  for (let first = 0; first <= last; first++) {
    const open = all[first]?.start ?? 0;
    while (to < last && (all[to + 1]?.end ?? 0) - open <= length) if (all[++to]?.hit) hits++;
    if (hits > best.hits) best = { first, hits };
    if (to === last) break;
    if (all[first]?.hit) hits--;
  }
  const start = all[best.first]?.start ?? 0;
  const fitting = all.filter((w) => w.start >= start && w.end - start <= length).at(-1)?.end ?? start + length;
  // a sentence's own end mark belongs to it
  const end = /^[.!?)]+\s*$/.test(text.slice(fitting)) ? text.length : fitting;
  return { start: best.first === 0 ? 0 : start, end };
}
