/** Footnotes and endnotes of an old Word file: where each is referred to and where its text stands ([MS-DOC] 2.8.19). */
import type { Fib } from './fib.ts';

export interface NotePlace {
  /** Numbered in the order of the text, footnotes and endnotes together. */
  readonly mark: string;
  /** Position of its sign. */
  readonly reference: number;
  /** Positions of its text. */
  readonly from: number;
  readonly to: number;
}

/** @throws RangeError where the tables are broken */
export function readNotes(table: DataView, fib: Fib): NotePlace[] {
  const { main, footnotes, margins, macros, comments } = fib.stories;
  const endnotesAt = main + footnotes + margins + macros + comments;
  const found = [
    ...places(table, fib.place('footnoteReferences'), fib.place('footnoteTexts'), main),
    ...places(table, fib.place('endnoteReferences'), fib.place('endnoteTexts'), endnotesAt),
  ];
  return found.sort((a, b) => a.reference - b.reference).map((place, i) => ({ ...place, mark: `${i + 1}` }));
}

interface Place {
  readonly at: number;
  readonly length: number;
}

function places(table: DataView, references: Place, texts: Place, base: number): Omit<NotePlace, 'mark'>[] {
  const count = Math.max(0, Math.floor((references.length - 4) / 6));
  const found: Omit<NotePlace, 'mark'>[] = [];
  for (let i = 0; i < count && (i + 2) * 4 <= texts.length; i++)
    found.push({
      reference: table.getUint32(references.at + i * 4, true),
      from: base + table.getUint32(texts.at + i * 4, true),
      to: base + table.getUint32(texts.at + i * 4 + 4, true),
    });
  return found;
}
