/** Makes blocks cover a text whole, and sections out of headings. */
import type { Block, Part } from '../document.ts';

/**
 * Blocks in order, extended or added to so that every non-space character lies in exactly one.
 * Marks on the line of a block (`- `, `> `, closing `##`) join it; a gap with words of its own becomes a paragraph.
 */
export function cover(text: string, blocks: readonly Block[]): Block[] {
  const covered: Block[] = [];
  let from = 0;
  for (const block of blocks) {
    // A parser may let a heading begin at the definition before it.
    const begin = Math.max(block.start, from);
    if (block.end <= begin) continue;
    const start = fillGap(text, from, begin, covered);
    covered.push({ ...block, start });
    from = block.end;
  }
  fillGap(text, from, text.length, covered);
  return covered;
}

/** Gives the gap's text to the block before, to the one after (returning its new start), or to a block of its own. */
function fillGap(text: string, from: number, to: number, covered: Block[]): number {
  const gap = text.slice(from, to);
  const first = gap.search(/\S/);
  if (first === -1) return to;
  const start = from + first;
  const end = from + gap.trimEnd().length;
  const previous = covered.at(-1);
  const marksOnly = !/[\p{L}\p{N}]/u.test(gap);
  const endsPreviousLine = previous !== undefined && !gap.slice(0, first).includes('\n');
  const beginsNextLine = to < text.length && !text.slice(end, to).includes('\n');
  if (beginsNextLine && (marksOnly || !gap.trim().includes('\n'))) return start;
  if (previous !== undefined && (endsPreviousLine || marksOnly)) covered[covered.length - 1] = { ...previous, end };
  else covered.push({ kind: 'paragraph', start, end });
  return to;
}

/**
 * One section for each heading, from it to before the next one; `labels` gives each heading's text in order.
 * What stands before the first heading is labelled with the title. No headings, no sections.
 */
export function sections(text: string, blocks: readonly Block[], labels: readonly string[], title: string): Part[] {
  const starts = blocks.filter((block) => block.kind === 'heading').map((block) => block.start);
  const parts: Part[] = [];
  const add = (label: string, start: number, end: number): void => {
    const slice = text.slice(start, end);
    const first = slice.search(/\S/);
    if (first !== -1) parts.push({ kind: 'section', label, start: start + first, end: start + slice.trimEnd().length });
  };
  if (starts[0] === undefined) return [];
  add(title, 0, starts[0]);
  starts.forEach((start, i) => add(labels[i] || title, start, starts[i + 1] ?? text.length));
  return parts;
}
