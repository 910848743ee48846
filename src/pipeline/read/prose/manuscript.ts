/** A word processor's document as paragraphs and tables, whatever format it came in. */
import type { InnerFile, Omitted } from '../../document.ts';
import type { Run } from '../slides/deck.ts';
import { lineOf } from '../slides/deck.ts';

export type ProseStyle =
  | { readonly kind: 'heading'; readonly level: number }
  /** `level` 0 is the outermost. */
  | { readonly kind: 'item'; readonly list: 'ul' | 'ol'; readonly level: number }
  | { readonly kind: 'paragraph' | 'quote' | 'code' };

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly style: ProseStyle;
  /** A line end in a run is a line break. */
  readonly runs: readonly Run[];
}

export interface ProseRow {
  /** True where the file itself says that the row heads its table. */
  readonly isHeader: boolean;
  readonly cells: readonly (readonly Prose[])[];
}

export interface ProseTable {
  readonly kind: 'table';
  readonly rows: readonly ProseRow[];
}

export type Prose = Paragraph | ProseTable;

/** A footnote or endnote; `mark` stands in the text as `[mark]`. */
export interface Note {
  readonly mark: string;
  readonly content: readonly Prose[];
}

export interface Manuscript {
  readonly title: string;
  readonly author: string;
  /** ISO 8601 or ''. */
  readonly date: string;
  readonly body: readonly Prose[];
  /** In the order of their marks; they follow the body. */
  readonly footnotes: readonly Note[];
  readonly pictures: number;
  readonly notes: readonly string[];
  readonly omitted: readonly Omitted[];
  readonly inner: readonly InnerFile[];
}

export const BODY: ProseStyle = { kind: 'paragraph' };

export function paragraph(text: string, style: ProseStyle = BODY): Paragraph {
  return { kind: 'paragraph', style, runs: [{ text, marks: [] }] };
}

/** The words of a piece, for reports and measures: cells parted by bars, paragraphs by spaces. */
export function wordsIn(pieces: readonly Prose[]): string {
  return pieces
    .map((piece) =>
      piece.kind === 'paragraph'
        ? lineOf(piece.runs)
        : piece.rows.map(({ cells }) => cells.map(wordsIn).join(' | ')).join(' '),
    )
    .filter((words) => words !== '')
    .join(' ');
}
