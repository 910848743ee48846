/**
 * The one way in which a collection's ZIP is written (PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.16): no dates,
 * no comments, no extra fields, ASCII names. What is not written so is not ours, or damaged: a reader makes the headers
 * anew and compares, so that no byte between the entries can be another.
 */

/** 0: stored as it is; 8: deflated. */
export type Method = 0 | 8;

export interface ZipEntry {
  readonly name: string;
  readonly method: Method;
  /** CRC-32 and length of the bytes when unpacked. */
  readonly crc: number;
  readonly bytes: number;
  /** Length as it lies in the file, and where its local header does. */
  readonly packed: number;
  readonly offset: number;
}

/** Without ZIP64: so many bytes and entries at most. */
export const mostFileBytes = 0xffff_fffe;
export const mostEntries = 0xfffe;

const localLength = 30;
const centralLength = 46;
export const endLength = 22;
const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const;
/** Deflate needs version 2.0; the first day that a ZIP can name. */
const needed = 20;
const day = 0x0021;

export const localHeaderLength = ({ name }: Pick<ZipEntry, 'name'>): number => localLength + name.length;

export function localHeader(entry: ZipEntry): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(localHeaderLength(entry));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signatures.local, true);
  shared(view, 4, entry);
  bytes.set(ascii(entry.name), localLength);
  return bytes;
}

/** The directory at the end of the file, and the record that ends it. */
export function directory(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const length = entries.reduce((sum, { name }) => sum + centralLength + name.length, 0);
  const bytes = new Uint8Array(length + endLength);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const entry of entries) {
    view.setUint32(at, signatures.central, true);
    view.setUint16(at + 4, needed, true);
    shared(view, at + 6, entry);
    view.setUint32(at + 42, entry.offset, true);
    bytes.set(ascii(entry.name), at + centralLength);
    at += centralLength + entry.name.length;
  }
  const last = entries.at(-1);
  view.setUint32(at, signatures.end, true);
  view.setUint16(at + 8, entries.length, true);
  view.setUint16(at + 10, entries.length, true);
  view.setUint32(at + 12, length, true);
  view.setUint32(at + 16, last ? endOf(last) : 0, true);
  return bytes;
}

/** Length of the directory that the end record names; null where it is no end record. @param end the last bytes of the file */
export function directoryLength(end: DataView): number | null {
  return end.byteLength === endLength && end.getUint32(0, true) === signatures.end ? end.getUint32(12, true) : null;
}

/** Entries as a directory names them, unchecked; null where it breaks off. @param bytes without the end record */
export function entriesOf(bytes: Uint8Array): ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: ZipEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + centralLength > bytes.length || view.getUint32(at, true) !== signatures.central) return null;
    const end = at + centralLength + view.getUint16(at + 28, true);
    if (end > bytes.length) return null;
    entries.push({
      name: new TextDecoder('latin1').decode(bytes.subarray(at + centralLength, end)),
      method: view.getUint16(at + 10, true) === 0 ? 0 : 8,
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at = end;
  }
  return entries;
}

/** Where the entry's last byte has been. */
export function endOf(entry: ZipEntry): number {
  return entry.offset + localHeaderLength(entry) + entry.packed;
}

/** The fields that both headers have, in the same order. */
function shared(view: DataView, at: number, { name, method, crc, bytes, packed }: ZipEntry): void {
  view.setUint16(at, needed, true);
  view.setUint16(at + 4, method, true);
  view.setUint16(at + 8, day, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, packed, true);
  view.setUint32(at + 18, bytes, true);
  view.setUint16(at + 22, name.length, true);
}

function ascii(name: string): Uint8Array {
  return Uint8Array.from(name, (sign) => sign.charCodeAt(0));
}
