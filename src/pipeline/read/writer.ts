/** Writes a document's text, its blocks and its safe markup together, so that the three always agree. */
import type { Block } from '../document.ts';
import { escapeHtml, spanAt } from './markup.ts';

/**
 * An element that holds blocks: lists, quotes, tables and what they are made of. Compared by identity.
 * A section wraps the markup of a slide, sheet, chapter or message; `part` is the index in `Document.parts`.
 */
export type Container =
  | { readonly tag: 'ul' | 'ol' | 'li' | 'blockquote' | 'table' | 'thead' | 'tbody' }
  | { readonly tag: 'section'; readonly part: number };

/** Containers, or marks, one in the other beyond this number add nothing for a reader. */
export const MAX_DEPTH = 30;

/** An opening tag of inline markup: `<em>`, `<a href="…">`. */
export type Mark = string;

export type BlockStyle =
  | { readonly kind: 'heading'; readonly level: number }
  | { readonly kind: 'paragraph' | 'item' | 'code' | 'quote' }
  | { readonly kind: 'row'; readonly header: string };

/** Invisible characters that only tear words apart for a search: soft hyphen, zero width space, byte order mark. */
const INVISIBLE = /[\u00AD\u200B\u2060\uFEFF]/g;
/** What makes running text be written otherwise than it stands; most text has none of it. */
const UNEVEN = /[\u00AD\u200B\u2060\uFEFF]|\s\s|[^\S ]/;

/**
 * Blocks are opened by their first visible character and joined by blank lines; rows of one table by line ends.
 * Runs of white space become one space, except in code.
 */
export class Writer {
  readonly blocks: Block[] = [];
  /** Text of each heading, in order. */
  readonly labels: string[] = [];
  #text: string[] = [];
  #length = 0;
  #html: string[] = [];
  #containers: Container[] = [];
  #marks: Mark[] = [];
  /** `words` are kept of headings. */
  #open: { style: BlockStyle; start: number; tag: string; words: string[] } | null = null;
  #space = false;
  #breaks = 0;
  #row: { readonly header: string; readonly inside: readonly Container[]; readonly cells: ('th' | 'td')[] } | null =
    null;
  #cellTag = '';
  #cellStart = -1;
  /** Bars before the next word: those after the last filled cell are never written. */
  #bars = 0;
  #lastTable: Container | null = null;

  get length(): number {
    return this.#length;
  }

  get text(): string {
    return this.#text.join('');
  }

  /** The table of the last row written, until other text follows. */
  get lastTable(): Container | null {
    return this.#lastTable;
  }

  get inRow(): boolean {
    return this.#row !== null;
  }

  /** Adds running text to the open block, or opens one in `style` within `containers`. */
  add(raw: string, style: BlockStyle, containers: readonly Container[], marks: readonly Mark[]): void {
    const collapsed = UNEVEN.test(raw) ? raw.replace(INVISIBLE, '').replace(/\s+/g, ' ') : raw;
    const words = collapsed.trim();
    if (words === '') {
      if (collapsed !== '') this.#space = true;
      return;
    }
    if (this.#open === null && this.#row !== null) this.#startRow(this.#row);
    if (this.#open === null) this.#start(style, containers);
    if (this.#bars > 0) {
      const bars = ' | '.repeat(this.#bars);
      this.#put(this.#length === this.#open?.start ? bars.trimStart() : bars);
      this.#bars = 0;
      this.#cellStart = this.#length;
    }
    if (this.#breaks > 0) {
      this.#put('\n');
      this.#setMarks([]);
      this.#html.push('<br>');
    }
    const spaced = this.#breaks === 0 && (this.#space || collapsed.startsWith(' ')) && !this.#atStart();
    this.#setMarks(marks);
    this.#emit((spaced ? ' ' : '') + words);
    this.#space = collapsed.endsWith(' ');
    this.#breaks = 0;
  }

  /** Adds a block of code or other text whose white space counts. */
  preformatted(raw: string, containers: readonly Container[]): void {
    this.end();
    const text = raw.replace(/^(?:[ \t]*\r?\n)+/, '').trimEnd();
    if (text === '') return;
    this.#start({ kind: 'code' }, containers);
    this.#emit(text);
    this.end();
  }

  /** A line break inside a block; two or more in a row end it. */
  lineBreak(): void {
    if (this.#open === null || this.#atStart()) return;
    this.#breaks++;
    if (this.#breaks > 1) this.end();
  }

  /** Begins a table row, opened by its first visible character; `inside` ends with the table and its head or body. */
  row(header: string, inside: readonly Container[]): void {
    this.end();
    this.#row = { header, inside, cells: [] };
  }

  cell(tag: 'th' | 'td'): void {
    if (this.#row === null) return;
    this.#row.cells.push(tag);
    if (this.#open === null) return;
    this.#closeCell();
    this.#bars++;
    this.#openCell(tag);
  }

  /** A space between two pieces of a cell that stand apart. */
  space(): void {
    this.#space = true;
  }

  rule(): void {
    this.end();
    if (this.#length > 0 && this.#containers.every(({ tag }) => tag === 'section')) this.#html.push('<hr>');
  }

  /** Ends the open block, if any. */
  end(): void {
    const open = this.#open;
    this.#row = null;
    this.#space = false;
    this.#breaks = 0;
    if (open === null) return;
    this.#closeCell();
    this.#setMarks([]);
    this.#html.push(`</${open.tag}>`);
    // What is put last is never white space.
    this.blocks.push({ ...open.style, start: open.start, end: this.#length });
    if (open.style.kind === 'heading') this.labels.push(open.words.join('').replace(/\s+/g, ' '));
    this.#open = null;
    this.#bars = 0;
  }

  /** Ends everything and returns the markup. */
  finish(): string {
    this.end();
    this.#setContainers([]);
    return this.#html.join('');
  }

  #start(style: BlockStyle, containers: readonly Container[]): void {
    const table = style.kind === 'row' ? (containers.find(({ tag }) => tag === 'table') ?? null) : null;
    if (this.#length > 0) this.#append(table !== null && table === this.#lastTable ? '\n' : '\n\n');
    this.#lastTable = table;
    this.#setContainers(containers);
    const tag = style.kind === 'heading' ? `h${style.level}` : TAGS[style.kind];
    this.#html.push(`<${tag}>`);
    this.#open = { style, start: this.#length, tag, words: [] };
  }

  #startRow({
    header,
    inside,
    cells,
  }: {
    header: string;
    inside: readonly Container[];
    cells: readonly ('th' | 'td')[];
  }): void {
    this.#start({ kind: 'row', header }, inside);
    for (const tag of cells.slice(0, -1)) this.#html.push(`<${tag}></${tag}>`);
    this.#bars = Math.max(0, cells.length - 1);
    this.#openCell(cells.at(-1) ?? 'td');
  }

  #openCell(tag: 'th' | 'td'): void {
    this.#html.push(`<${tag}>`);
    this.#cellTag = tag;
    this.#cellStart = this.#length;
  }

  #atStart(): boolean {
    if (this.#open === null) return true;
    return this.#length === (this.#open.style.kind === 'row' ? this.#cellStart : this.#open.start);
  }

  #emit(text: string): void {
    this.#html.push(spanAt(text, this.#length));
    this.#put(text);
  }

  /** Appends to the text of the open block. */
  #put(text: string): void {
    if (this.#open?.style.kind === 'heading') this.#open.words.push(text);
    this.#append(text);
  }

  #append(text: string): void {
    this.#text.push(text);
    this.#length += text.length;
  }

  #closeCell(): void {
    if (this.#cellTag === '') return;
    this.#setMarks([]);
    this.#html.push(`</${this.#cellTag}>`);
    this.#cellTag = '';
    this.#cellStart = -1;
    this.#space = false;
    this.#breaks = 0;
  }

  #setMarks(marks: readonly Mark[]): void {
    let same = 0;
    while (same < marks.length && this.#marks[same] === marks[same]) same++;
    if (same === marks.length && same === this.#marks.length) return;
    for (let i = this.#marks.length - 1; i >= same; i--) this.#html.push(closing(this.#marks[i]!));
    for (let i = same; i < marks.length; i++) this.#html.push(marks[i]!);
    this.#marks = [...marks];
  }

  #setContainers(containers: readonly Container[]): void {
    let same = 0;
    while (same < containers.length && this.#containers[same] === containers[same]) same++;
    if (same === containers.length && same === this.#containers.length) return;
    for (let i = this.#containers.length - 1; i >= same; i--) this.#html.push(`</${this.#containers[i]!.tag}>`);
    for (let i = same; i < containers.length; i++) this.#html.push(opening(containers[i]!));
    this.#containers = [...containers];
  }
}

const TAGS = { paragraph: 'p', item: 'p', quote: 'p', code: 'pre', row: 'tr' } as const;

function opening(container: Container): string {
  return container.tag === 'section' ? `<section data-part="${container.part}">` : `<${container.tag}>`;
}

function closing(mark: Mark): string {
  return `</${/^<([a-z]+)/.exec(mark)?.[1] ?? 'span'}>`;
}

/** The mark of a link. */
export function linkMark(address: string): Mark {
  return `<a href="${escapeHtml(address)}">`;
}
