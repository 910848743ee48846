/** The piece table of an old Word file ([MS-DOC] 2.8.35): which bytes hold which characters. */
import { decodePage } from '../prose/code-pages.ts';

/** Characters that lie together in the file. */
export interface Piece {
  /** Position of the first character in the whole text, and of the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Offset of the first character in the stream, and bytes a character. */
  readonly offset: number;
  readonly width: 1 | 2;
}

/** @throws RangeError where the table is broken */
export function readPieces(table: DataView, at: number, length: number): Piece[] {
  const end = at + length;
  let from = at;
  // Changes of a quick save stand before the table itself.
  while (from < end && table.getUint8(from) === 1) from += 3 + table.getUint16(from + 1, true);
  if (table.getUint8(from) !== 2) throw new RangeError('no piece table');
  const count = Math.floor((table.getUint32(from + 1, true) - 4) / 12);
  const positions = from + 5;
  const descriptors = positions + (count + 1) * 4;
  return Array.from({ length: Math.min(count, Math.ceil(length / 12)) }, (_, i) => {
    const place = table.getUint32(descriptors + i * 8 + 2, true);
    const isNarrow = (place & 0x40000000) !== 0;
    const offset = place & 0x3fffffff;
    return {
      from: table.getUint32(positions + i * 4, true),
      to: table.getUint32(positions + i * 4 + 4, true),
      offset: isNarrow ? offset / 2 : offset,
      width: isNarrow ? 1 : 2,
    } as const;
  }).filter((piece, i, all) => piece.to > piece.from && piece.from >= (all[i - 1]?.to ?? 0));
}

const UTF16 = new TextDecoder('utf-16le');

/** The characters of a piece, as many UTF-16 units as it claims; broken off where the stream is. */
export function textOfPiece(stream: Uint8Array, { from, to, offset, width }: Piece): string {
  const bytes = stream.subarray(offset, offset + (to - from) * width);
  return width === 1 ? decodePage(bytes, 1252) : UTF16.decode(bytes.subarray(0, bytes.length & ~1));
}
