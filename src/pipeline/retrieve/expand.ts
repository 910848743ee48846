import type { Passage } from '../document.ts';

/**
 * The passage with as much of its document around it as fits, by whole neighbouring passages: the one after it first,
 * as an answer more often follows than precedes what names it, then the one before, and so on. What it says of itself
 * (id, context, header) stays; `start`, `end`, `text` and `tokens` are those of the whole.
 * @param siblings all passages of its document in order, it among them; they may overlap
 * @param text of the document
 * @param most tokens of the whole, by the passages' own counts
 */
export function expand(passage: Passage, siblings: readonly Passage[], text: string, most: number): Passage {
  const at = siblings.findIndex(({ start, end }) => start === passage.start && end === passage.end);
  if (at < 0) return passage;
  let [first, last, tokens] = [at, at, passage.tokens];
  const take = (sibling: Passage | undefined): boolean => {
    if (!sibling || tokens + sibling.tokens > most) return false;
    tokens += sibling.tokens;
    return true;
  };
  for (;;) {
    const after = take(siblings[last + 1]);
    if (after) last++;
    const before = take(siblings[first - 1]);
    if (before) first--;
    if (!after && !before) break;
  }
  if (first === last) return passage;
  const start = siblings[first]!.start;
  const end = siblings[last]!.end;
  return { ...passage, start, end, text: text.slice(start, end), tokens };
}
