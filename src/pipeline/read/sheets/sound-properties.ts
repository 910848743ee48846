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

/** The workbook without property streams that cannot be as they say; the same bytes where all are sound. */
export function withSoundProperties(bytes: Uint8Array): Uint8Array {
  const file = opened(bytes);
  if (file === null) return bytes;
  const broken = file.FileIndex.flatMap(({ name, content }, i) =>
    /SummaryInformation$/.test(name) && !isSound(Uint8Array.from(content)) ? [file.FullPaths[i]!] : [],
  );
  if (broken.length === 0) return bytes;
  for (const path of broken) CFB.utils.cfb_del(file, path);
  return new Uint8Array(CFB.write(file, { type: 'array' }) as ArrayLike<number>);
}

/** Null where it is no compound file, or too damaged: SheetJS then says so. */
function opened(bytes: Uint8Array): CFB.CFB$Container | null {
  try {
    return CFB.parse(bytes);
  } catch {
    return null;
  }
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
