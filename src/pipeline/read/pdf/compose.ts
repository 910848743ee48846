/** Composes blocks into the document's text, keeping for each piece the run on its page. */
import type { Block, Run } from '../../document.ts';
import { NO_FONT } from './annotations.ts';
import type { PdfBlock } from './blocks.ts';
import { lineText } from './blocks.ts';
import type { Item } from './items.ts';
import type { Line, Region } from './lines.ts';
import type { Segment } from './segments.ts';

/** Words as they stand inside lines, to tell a hyphen that breaks a line from one that belongs to the word. */
export interface Vocabulary {
  readonly words: ReadonlySet<string>;
  readonly hyphenated: ReadonlySet<string>;
}

export function vocabularyOf(regions: Iterable<Region>): Vocabulary {
  const words = new Set<string>();
  const hyphenated = new Set<string>();
  for (const region of regions)
    for (const line of region)
      for (const [word] of lineText(line).matchAll(/\p{L}+(?:[-‐]\p{L}+)*/gu))
        (/[-‐]/.test(word) ? hyphenated : words).add(word.toLowerCase().replaceAll('‐', '-'));
  return { words, hyphenated };
}

/** Text under way. */
export class Composer {
  readonly blocks: Block[] = [];
  /** Pages done, and the page under way: looking back into one long string would copy it again and again. */
  #done: string[] = [];
  #base = 0;
  #text = '';
  #runs: Run[] = [];
  readonly #vocabulary: Vocabulary;

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  get text(): string {
    return this.#done.join('') + this.#text;
  }

  get #length(): number {
    return this.#base + this.#text.length;
  }

  /** Adds the blocks of a page; returns its extent and its runs. */
  page(blocks: readonly PdfBlock[]): { start: number; end: number; runs: Run[] } {
    this.#done.push(this.#text);
    this.#base += this.#text.length;
    this.#text = '';
    this.#runs = [];
    let start = -1;
    let header = '';
    let afterRow = false;
    for (const block of blocks) {
      const isRow = block.kind === 'row';
      const follows = isRow && afterRow && !block.first;
      if (this.#length > 0) this.#text += follows ? '\n' : '\n\n';
      const from = this.#length;
      if (start === -1) start = from;
      if (isRow) this.#row(block.lines);
      else this.#paragraph(block.lines);
      const span = { start: from, end: this.#length };
      if (isRow) {
        if (block.first) header = '';
        this.blocks.push({ kind: 'row', header, ...span });
        const text = this.#text.slice(from - this.#base);
        if (block.first && headsColumns(block.lines, text)) header = text;
      } else if (block.kind === 'heading') this.blocks.push({ kind: 'heading', level: block.level, ...span });
      else this.blocks.push({ kind: block.kind, ...span });
      afterRow = isRow;
    }
    const end = this.#length;
    return { start: start === -1 ? end : start, end, runs: this.#runs };
  }

  #row(lines: readonly Line[]): void {
    lines
      .flatMap(({ segments }) => segments)
      .forEach(({ items }, i) => {
        if (i > 0) {
          // The bar belongs to the cell before it, so that every character has a place on the page.
          this.#text += ' |';
          this.#extendRun();
          this.#text += ' ';
        }
        this.#items(items);
      });
  }

  #paragraph(lines: readonly Line[]): void {
    lines.forEach((line, i) => {
      if (i > 0 && !this.#mendHyphen(line) && !this.#goesOn(line)) this.#text += ' ';
      line.segments.forEach(({ items }, at) => {
        if (at > 0) this.#text += ' ';
        this.#items(items);
      });
    });
  }

  /** Chinese and Japanese lines follow each other without a space. */
  #goesOn(next: Line): boolean {
    return CJK.test(this.#text.at(-1) ?? '') && CJK.test(next.segments[0]?.items[0]?.text[0] ?? '');
  }

  #items(items: readonly Item[]): void {
    items.forEach((item, i) => {
      const before = items[i - 1];
      if (before && spaceBetween(before, item)) this.#text += ' ';
      const start = this.#length;
      const text = item.text.replace(/\u00AD(?!$)/g, '');
      this.#text += text;
      this.#runs.push({ start, end: start + text.length, ...item.box });
    });
  }

  /** Takes the hyphen off when the next line goes on with the same word. */
  #mendHyphen(next: Line): boolean {
    const tail = /(\p{L}+)([-‐\u00AD])$/u.exec(this.#text.slice(-60));
    const head = /^\p{L}+/u.exec(lineText(next))?.[0];
    if (!tail || head === undefined) return false;
    const [, stem = '', mark = ''] = tail;
    const soft = mark === '\u00AD';
    const whole = (stem + head).toLowerCase();
    const parted = `${stem}-${head}`.toLowerCase();
    const { words, hyphenated } = this.#vocabulary;
    const keeps = !soft && (head !== head.toLowerCase() || (hyphenated.has(parted) && !words.has(whole)));
    if (keeps) return true;
    const run = this.#runs.pop();
    this.#text = this.#text.slice(0, -1);
    if (run && run.end - 1 > run.start) this.#runs.push({ ...run, end: run.end - 1 });
    return true;
  }

  #extendRun(): void {
    const run = this.#runs.pop();
    if (run) this.#runs.push({ ...run, end: this.#length });
  }
}

/** Only printed words can head columns, and not what a form asks or is told. */
function headsColumns(lines: readonly Line[], text: string): boolean {
  return !/\d|:(?: \||$)/.test(text) && lines.every(({ segments }) => segments.every(isPrinted));
}

function isPrinted({ items }: Segment): boolean {
  return items.every(({ font }) => font !== NO_FONT);
}

/** A gap that a reader sees, or white space that the file has between the two. */
function spaceBetween(before: Item, item: Item): boolean {
  const gap = item.rightToLeft || before.rightToLeft ? before.left - item.right : item.left - before.right;
  const em = Math.min(before.size, item.size);
  if (gap > em * 0.17) return true;
  return item.spaced && gap > -em * 0.5 && !(CJK.test(before.text.at(-1) ?? '') && CJK.test(item.text[0] ?? ''));
}

const CJK = /[\u3000-\u30FF\u3400-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]/;
