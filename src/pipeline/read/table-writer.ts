/** Writes tables: each row as `Column: value; Column: value`, so that a row makes sense alone. */
import type { Block, Part, Shown } from '../document.ts';
import { spanAt } from './markup.ts';
import type { Row } from './table.ts';

export const ROWS_A_PART = 20;
/** Beyond this many rows a document is shown as text: a page cannot hold so many elements. */
const MAX_SHOWN_ROWS = 20_000;

/** What the columns of a table are called, and the number of the row that says so where it is one of its rows. */
export interface Columns {
  readonly names: readonly string[];
  /** True when the first of the rows is the one with the names. */
  readonly inFirstRow: boolean;
}

export const UNNAMED: Columns = { names: [], inFirstRow: false };

/** Text, blocks, parts and safe markup together; blocks of one table are joined by line ends, all else by blank lines. */
export class TableWriter {
  readonly blocks: Block[] = [];
  readonly #text: string[] = [];
  readonly #html: string[] = [];
  #length = 0;
  readonly #isShown: boolean;

  /** `rows`: how many will be written. */
  constructor(rows: number) {
    this.#isShown = rows <= MAX_SHOWN_ROWS;
  }

  get text(): string {
    return this.#text.join('');
  }

  get shown(): Shown {
    return this.#isShown ? { as: 'html', html: this.#html.join('') } : { as: 'text' };
  }

  get length(): number {
    return this.#length;
  }

  /** Opens the markup of a part. */
  openSection(part: number): void {
    this.#show(`<section data-part="${part}">`);
  }

  closeSection(): void {
    this.#show('</section>');
  }

  heading(text: string, level: number): void {
    const { start, end } = this.#begin(text, '\n\n');
    this.blocks.push({ kind: 'heading', level, start, end });
    this.#show(`<h${level}>${spanAt(text, start)}</h${level}>`);
  }

  paragraph(text: string): void {
    const { start, end } = this.#begin(text, '\n\n');
    this.blocks.push({ kind: 'paragraph', start, end });
    this.#show(`<p>${spanAt(text, start)}</p>`);
  }

  /** Writes rows, none of them empty, and returns the index of the first one's block. */
  table(rows: readonly Row[], columns: Columns): number {
    const first = this.blocks.length;
    this.#show('<table>');
    rows.forEach(({ cells }, index) => {
      const isHeader = columns.inFirstRow && index === 0;
      const row = rowText(cells, isHeader ? [] : columns.names);
      const { start, end } = this.#begin(row.text, index === 0 ? '\n\n' : '\n');
      // Each row names its columns itself: a header in its context would only say them twice.
      this.blocks.push({ kind: 'row', header: '', start, end });
      if (index === (columns.inFirstRow ? 1 : 0)) this.#show('<tbody>');
      if (!this.#isShown) return;
      if (isHeader) this.#show(`<thead>${rowHtml(cells, row.places, start, 'th')}</thead>`);
      else this.#show(rowHtml(cells, row.places, start, 'td'));
    });
    this.#show(rows.length > (columns.inFirstRow ? 1 : 0) ? '</tbody></table>' : '</table>');
    return first;
  }

  /** Writes what stands above a table, a block a row, and returns the index of the first: its title a heading, all else rows. */
  captions(rows: readonly Row[], level: number): number {
    const first = this.blocks.length;
    const [title] = rows;
    const isTitled = title !== undefined && isTitle(title.cells);
    if (isTitled) this.heading(title.cells.find((cell) => cell !== '') ?? '', level);
    const others = isTitled ? rows.slice(1) : rows;
    if (others.length > 0) this.table(others, UNNAMED);
    return first;
  }

  #show(html: string): void {
    if (this.#isShown) this.#html.push(html);
  }

  #begin(text: string, joint: string): { start: number; end: number } {
    if (this.#length > 0) this.#put(joint);
    const start = this.#length;
    this.#put(text);
    return { start, end: this.#length };
  }

  #put(text: string): void {
    this.#text.push(text);
    this.#length += text.length;
  }
}

const MAX_TITLE = 100;

/** A lone cell of a few words that names, not a sentence, a label or a number. */
function isTitle(cells: readonly string[]): boolean {
  const [words = '', ...others] = cells.filter((cell) => cell !== '');
  return others.length === 0 && words.length <= MAX_TITLE && /\p{L}/u.test(words) && !/[.:;,…]$/.test(words);
}

/** A row's text, and where in it each cell begins. */
function rowText(cells: readonly string[], names: readonly string[]): { text: string; places: readonly number[] } {
  const named = names.length > 0;
  const last = cells.findLastIndex((cell) => cell !== '');
  let text = '';
  const places = cells.map((cell, i) => {
    if (named ? cell === '' : i > last) return 0;
    if (text !== '' || (!named && i > 0)) text += named ? '; ' : ' | ';
    const name = names[i] ?? '';
    if (name !== '') text += `${name}: `;
    text += cell;
    return text.length - cell.length;
  });
  return { text, places };
}

function rowHtml(cells: readonly string[], places: readonly number[], at: number, tag: 'th' | 'td'): string {
  const inner = cells.map((cell, i) => `<${tag}>${spanAt(cell, at + (places[i] ?? 0))}</${tag}>`);
  return `<tr>${inner.join('')}</tr>`;
}

/** Parts of twenty rows each; a header row belongs to the first. `blocks` are those of the rows. */
export function rowParts(rows: readonly Row[], blocks: readonly Block[], columns: Columns, prefix = ''): Part[] {
  const parts: Part[] = [];
  const first = columns.inFirstRow && rows.length > 1 ? 1 : 0;
  for (let from = first; from < rows.length; from += ROWS_A_PART) {
    const to = Math.min(from + ROWS_A_PART, rows.length) - 1;
    const [a, b] = [rows[from]!.number, rows[to]!.number];
    parts.push({
      kind: 'rows',
      label: `${prefix}${a === b ? `row ${a}` : `rows ${a}–${b}`}`,
      start: blocks[from === first ? 0 : from]!.start,
      end: blocks[to]!.end,
    });
  }
  return parts;
}
