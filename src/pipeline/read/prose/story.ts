/** A run of text as it grows, paragraph by paragraph: the body, a footnote, a text box. Tables stand open until text outside of them comes. */
import type { Run } from '../slides/deck.ts';
import type { Mark } from '../writer.ts';
import type { Prose, ProseRow, ProseStyle } from './manuscript.ts';

/** Tables in tables beyond this are read as one. */
const MAX_TABLES = 20;

interface OpenTable {
  readonly rows: ProseRow[];
  cells: Prose[][];
  cell: Prose[];
}

export class Story {
  readonly #pieces: Prose[] = [];
  readonly #tables: OpenTable[] = [];
  #runs: Run[] = [];
  #boxes: Prose[] = [];

  get hasRuns(): boolean {
    return this.#runs.some(({ text }) => /\S/.test(text));
  }

  add(text: string, marks: readonly Mark[]): void {
    const last = this.#runs.at(-1);
    if (last !== undefined && last.marks === marks)
      this.#runs[this.#runs.length - 1] = { text: last.text + text, marks };
    else this.#runs.push({ text, marks });
  }

  /** A text box: it follows the paragraph it is anchored in. */
  box(pieces: readonly Prose[]): void {
    this.#boxes.push(...pieces);
  }

  /** Ends the paragraph at a depth of tables, 0 outside of all. */
  paragraph(style: ProseStyle, depth: number): void {
    this.#open(depth);
    const into = this.#tables.at(-1)?.cell ?? this.#pieces;
    if (this.#runs.length > 0) into.push({ kind: 'paragraph', style, runs: this.#runs.map(wellFormed) });
    into.push(...this.#boxes);
    this.#runs = [];
    this.#boxes = [];
  }

  cell(style: ProseStyle, depth: number): void {
    this.paragraph(style, Math.max(1, depth));
    const table = this.#tables.at(-1)!;
    table.cells.push(table.cell);
    table.cell = [];
  }

  row(depth: number, isHeader: boolean): void {
    this.#open(Math.max(1, depth));
    endRow(this.#tables.at(-1)!, isHeader);
  }

  finish(style: ProseStyle, depth: number): readonly Prose[] {
    this.paragraph(style, this.#runs.length > 0 ? depth : 0);
    this.#open(0);
    return this.#pieces;
  }

  #open(depth: number): void {
    const wanted = Math.min(depth, MAX_TABLES);
    while (this.#tables.length > wanted) {
      const table = this.#tables.pop()!;
      // A file may break off inside a row.
      if (table.cell.length > 0) table.cells.push(table.cell);
      if (table.cells.length > 0) endRow(table, false);
      (this.#tables.at(-1)?.cell ?? this.#pieces).push({ kind: 'table', rows: table.rows });
    }
    while (this.#tables.length < wanted) this.#tables.push({ rows: [], cells: [], cell: [] });
  }
}

function endRow(table: OpenTable, isHeader: boolean): void {
  if (table.cell.length > 0) table.cells.push(table.cell);
  table.rows.push({ isHeader, cells: table.cells });
  table.cells = [];
  table.cell = [];
}

/** Old formats may hold half of a pair. */
function wellFormed({ text, marks }: Run): Run {
  return {
    text: text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD'),
    marks,
  };
}
