/**
 * Property streams of old workbooks ([MS-OLEPS]): title, author, dates. SheetJS believes their counts, so one damaged byte
 * would have it read milliards of properties beyond the stream's end.
 */
import CFB from 'cfb';

/** Places in the stream, in a set of it, and in one of its properties. */
const AT = { sets: 24, firstOffset: 44, secondOffset: 64, properties: 8, count: 4 } as const;
/** Types of values that begin with a count: texts, blobs, and every kind of list. */
const COUNTED = new Set([0x1e, 0x1f, 0x41, 0x47]);
const LIST = 0x1000;
const DICTIONARY = 0;

/**
 * The workbook without property streams that cannot be as they say, which are taken out of the opened `file` too; the
 * same bytes where all are sound, or where it could not be opened: SheetJS then says so.
 */
export function withSoundProperties(bytes: Uint8Array, file: CFB.CFB$Container | null): Uint8Array {
  if (file === null) return bytes;
  const broken = file.FileIndex.flatMap((entry, i) => (isBroken(entry) ? [file.FullPaths[i]!] : []));
  if (broken.length === 0) return bytes;
  for (const path of broken) CFB.utils.cfb_del(file, path);
  return new Uint8Array(CFB.write(file, { type: 'array' }) as ArrayLike<number>);
}

/** A stream of no bytes claims nothing, and has no content at all, whatever the library's types say. */
function isBroken({ name, size, content }: CFB.CFB$Entry): boolean {
  return /SummaryInformation$/.test(name) && size > 0 && !isSound(Uint8Array.from(content ?? []));
}

function isSound(stream: Uint8Array): boolean {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const number = (at: number): number => (at + 4 <= view.byteLength ? view.getUint32(at, true) : Infinity);
  const sets = number(AT.sets);
  const offsets = [AT.firstOffset, AT.secondOffset].slice(0, sets === 2 ? 2 : 1).map(number);
  return offsets.every((start) => {
    const count = number(start + AT.count);
    if (start + AT.properties + count * 8 > view.byteLength) return false;
    return Array.from({ length: count }, (_, i) => start + AT.properties + i * 8).every((entry) => {
      const value = start + number(entry + 4);
      const isDictionary = number(entry) === DICTIONARY;
      const type = number(value);
      if (!isDictionary && !COUNTED.has(type) && (type & LIST) === 0) return true;
      return number(isDictionary ? value : value + AT.count) <= view.byteLength;
    });
  });
}
