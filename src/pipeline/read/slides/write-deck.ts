/** Writes a deck: each slide a part and a section of the markup, its title a heading, the speaker's notes quotations. */
import type { Part } from '../../document.ts';
import { listFor } from '../list-nesting.ts';
import { withoutNul } from '../markup.ts';
import { nameOf, noText, stemOf, tidyTitle } from '../reading.ts';
import type { Content } from '../reading.ts';
import { headsNumbers } from '../table.ts';
import { Writer } from '../writer.ts';
import type { BlockStyle, Container } from '../writer.ts';
import { lineOf } from './deck.ts';
import type { Deck, Run, Slide, Table } from './deck.ts';

/** Lists nested deeper than this add nothing for a reader. */
const MAX_LEVEL = 8;
/** Titles that programs give to every presentation. */
const NO_TITLE = /^(?:powerpoint presentation|presentation|slide 1|untitled.*|no slide title)$/i;

/** @throws ReadError no-text */
export function writeDeck(path: string, deck: Deck): Content {
  const writer = new Writer();
  const parts: Part[] = [];
  const empty: number[] = [];
  for (const slide of deck.slides) {
    const before = writer.blocks.length;
    writeSlide(writer, slide, { tag: 'section', part: parts.length });
    const first = writer.blocks[before];
    const last = writer.blocks.at(-1);
    if (first === undefined || last === undefined) empty.push(slide.number);
    else parts.push({ kind: 'slide', label: labelOf(slide), start: first.start, end: last.end });
  }
  if (parts.length === 0) throw noText(nameOf(path), 'its slides hold no words, or only pictures of them.');
  const html = writer.finish();
  const own = tidyTitle(deck.title);
  const firstTitle = deck.slides.map(titleOf).find((title) => title !== '') ?? '';
  return {
    title: (NO_TITLE.test(own) ? '' : own) || firstTitle || stemOf(path),
    author: deck.author,
    date: deck.date,
    text: writer.text,
    blocks: writer.blocks,
    parts,
    shown: { as: 'html', html },
    notes: [...slideNotes(deck, empty), ...deck.notes],
    omitted: deck.omitted,
    inner: deck.inner,
  };
}

function titleOf({ pieces }: Slide): string {
  const title = pieces.find((piece) => piece.kind === 'title');
  return title?.kind === 'title' ? tidyTitle(lineOf(title.runs)) : '';
}

function labelOf(slide: Slide): string {
  const title = titleOf(slide);
  return title === '' ? `slide ${slide.number}` : `slide ${slide.number}: ${title}`;
}

function writeSlide(writer: Writer, slide: Slide, section: Container): void {
  let list: Container[] = [];
  let quote: Container | null = null;
  for (const piece of slide.pieces) {
    if (piece.kind !== 'item') list = [];
    if (piece.kind === 'table') writeTable(writer, piece, section);
    else if (piece.kind === 'item') {
      list = listFor(piece, list, MAX_LEVEL);
      writeRuns(writer, piece.runs, { kind: 'item' }, [section, ...list]);
    } else if (piece.kind === 'note') {
      quote ??= { tag: 'blockquote' };
      writeRuns(writer, piece.runs, { kind: 'quote' }, [section, quote]);
    } else {
      const style: BlockStyle = piece.kind === 'title' ? { kind: 'heading', level: 2 } : { kind: 'paragraph' };
      writeRuns(writer, piece.runs, style, [section]);
    }
  }
}

function writeRuns(writer: Writer, runs: readonly Run[], style: BlockStyle, inside: readonly Container[]): void {
  writer.end();
  for (const { text, marks } of runs)
    text.split('\n').forEach((line, i) => {
      if (i > 0) writer.lineBreak();
      writer.add(withoutNul(line), style, inside, marks);
    });
  writer.end();
}

function writeTable(writer: Writer, { rows, hasHeader: saysHeader }: Table, section: Container): void {
  const table: Container = { tag: 'table' };
  const head: Container = { tag: 'thead' };
  const body: Container = { tag: 'tbody' };
  const lines = rows.map((cells, i) => ({ number: i + 1, cells: cells.map(lineOf) }));
  const hasHeader = saysHeader || headsNumbers(lines);
  const header = hasHeader ? (lines[0]?.cells ?? []).join(' | ') : '';
  rows.forEach((cells, i) => {
    const isHead = hasHeader && i === 0;
    writer.row(isHead ? '' : header, [section, table, isHead ? head : body]);
    for (const runs of cells) {
      writer.cell(isHead ? 'th' : 'td');
      for (const { text, marks } of runs) writer.add(withoutNul(text), { kind: 'paragraph' }, [], marks);
    }
    writer.end();
  });
}

function slideNotes({ slides, damaged }: Deck, empty: readonly number[]): string[] {
  const hidden = slides.filter((slide) => slide.hidden && !empty.includes(slide.number)).map(({ number }) => number);
  const notes: string[] = [];
  if (hidden.length > 0) notes.push(`Hidden in the presentation, but read: ${slideNames(hidden)}.`);
  if (damaged.length > 0) notes.push(`Damaged and not read: ${slideNames(damaged)}.`);
  const blank = empty.filter((number) => !damaged.includes(number));
  if (blank.length > 0) notes.push(`Without any text: ${slideNames(blank)}.`);
  return notes;
}

/** `slide 3`, `slides 3, 5 and 9`. */
function slideNames(numbers: readonly number[]): string {
  if (numbers.length === 1) return `slide ${numbers[0]}`;
  return `slides ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}
