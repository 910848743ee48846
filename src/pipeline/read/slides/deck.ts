/** A presentation as slides of paragraphs and tables, whatever format it came in. */
import type { InnerFile, Omitted } from '../../document.ts';
import type { Mark } from '../writer.ts';

/** Text in one style; a line end in it is a line break. */
export interface Run {
  readonly text: string;
  readonly marks: readonly Mark[];
}

export type Piece =
  | { readonly kind: 'title' | 'paragraph' | 'note'; readonly runs: readonly Run[] }
  /** `level` 0 is the outermost. */
  | { readonly kind: 'item'; readonly list: 'ul' | 'ol'; readonly level: number; readonly runs: readonly Run[] }
  | Table;

export interface Table {
  readonly kind: 'table';
  /** True when the first row names the columns. */
  readonly hasHeader: boolean;
  /** Rows of cells; a cell covered by a merged one is empty. */
  readonly rows: readonly (readonly (readonly Run[])[])[];
}

export interface Slide {
  /** 1-based, as the presentation counts, hidden slides with it. */
  readonly number: number;
  readonly hidden: boolean;
  /** In reading order, the title first and the speaker's notes last. */
  readonly pieces: readonly Piece[];
}

export interface Deck {
  readonly slides: readonly Slide[];
  /** Numbers of slides that could not be read. */
  readonly damaged: readonly number[];
  readonly title: string;
  readonly author: string;
  /** ISO 8601 or ''. */
  readonly date: string;
  readonly notes: readonly string[];
  readonly omitted: readonly Omitted[];
  readonly inner: readonly InnerFile[];
}

export function plain(text: string): Run[] {
  return [{ text, marks: [] }];
}

/** The words of runs as one line. */
export function lineOf(runs: readonly Run[]): string {
  return runs
    .map(({ text }) => text)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The words of a piece, for reports. */
export function wordsOf(piece: Piece): string {
  if (piece.kind !== 'table') return lineOf(piece.runs);
  return piece.rows.map((row) => row.map(lineOf).join(' | ')).join('\n');
}
