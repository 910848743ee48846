/** The head of an old Word file ([MS-DOC] 2.5): where its text and tables stand, and how long each story is. */
import { ReadError } from '../../document.ts';
import { lockedFile } from '../reading.ts';

/** Places of tables in the file information block. */
export const TABLE = {
  styles: 1,
  footnoteReferences: 2,
  footnoteTexts: 3,
  commentTexts: 5,
  characters: 12,
  paragraphs: 13,
  pieces: 33,
  endnoteReferences: 46,
  endnoteTexts: 47,
  lists: 73,
  listOverrides: 74,
} as const;

/** Characters in each story; they follow one another in this order. */
export interface Stories {
  readonly main: number;
  readonly footnotes: number;
  readonly margins: number;
  readonly macros: number;
  readonly comments: number;
  readonly endnotes: number;
  readonly boxes: number;
}

export interface Fib {
  readonly tableStream: '0Table' | '1Table';
  readonly stories: Stories;
  /** Offset and length in the table stream. */
  place(table: keyof typeof TABLE): { readonly at: number; readonly length: number };
}

const RG_LW = 64;
const RG_FC_LCB = 154;

/** @throws ReadError encrypted, unsupported; RangeError where the stream is too short */
export function readFib(name: string, word: DataView): Fib {
  const flags = word.getUint16(0x0a, true);
  if ((flags & 0x0100) !== 0) throw lockedFile(name, 'an old Word document');
  if (word.getUint16(0, true) !== 0xa5ec || word.getUint16(2, true) < 0xc1)
    throw new ReadError(
      'unsupported',
      `“${name}” was written by Word 95 or an older one, whose format cannot be read. Open it in LibreOffice, save it as .docx and add that.`,
    );
  const count = (index: number): number => word.getUint32(RG_LW + index * 4, true);
  return {
    tableStream: (flags & 0x0200) !== 0 ? '1Table' : '0Table',
    stories: {
      main: count(3),
      footnotes: count(4),
      margins: count(5),
      macros: count(6),
      comments: count(7),
      endnotes: count(8),
      boxes: count(9),
    },
    place: (table) => ({
      at: word.getUint32(RG_FC_LCB + TABLE[table] * 8, true),
      length: word.getUint32(RG_FC_LCB + TABLE[table] * 8 + 4, true),
    }),
  };
}
