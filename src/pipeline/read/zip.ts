/** The files named in a ZIP, by its directory, or found one by one where that is damaged; nothing is unpacked. */

import { decodePage } from './prose/code-pages.ts';

export interface ZipEntry {
  /** As the archive writes it: with slashes or backslashes, a folder with one at its end. */
  readonly name: string;
  /** Bytes unpacked, as the archive claims; 0 where it does not say. */
  readonly size: number;
}

/** An entry of an archive's own directory. */
export interface DirectoryEntry extends ZipEntry {
  /** Bytes as stored. */
  readonly packed: number;
  /** 0 stored, 8 deflated; all others are rare. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  /** Of its local header. */
  readonly offset: number;
}

const LOCAL = { signature: 0x04034b50, sizeAt: 22, nameLengthAt: 26, nameAt: 30 };
const CENTRAL = { signature: 0x02014b50, sizeAt: 24, nameLengthAt: 28, nameAt: 46 };
const END = 0x06054b50;
const END_LENGTH = 22;
const END_64 = 0x06064b50;
const LOCATOR_64_LENGTH = 20;
/** Of the comment after the directory's end. */
const MAX_COMMENT = 0xffff;
const EXTRA_64 = 1;

/** Entries of the archive's directory; where there is none, those whose headers are found. */
export function zipEntries(bytes: Uint8Array): ZipEntry[] {
  const directory = zipDirectory(bytes);
  if (directory !== null) return directory;
  const central = headers(bytes, CENTRAL);
  return central.length > 0 ? central : headers(bytes, LOCAL);
}

/** The archive's directory; null where it is missing or broken. */
export function zipDirectory(bytes: Uint8Array): DirectoryEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end === null) return null;
  const entries: DirectoryEntry[] = [];
  try {
    for (let i = 0, at = end.start; i < end.count; i++) {
      if (view.getUint32(at, true) !== CENTRAL.signature) return null;
      const { entry, next } = entryAt(view, bytes, at, end.shift);
      entries.push(entry);
      at = next;
    }
  } catch (error) {
    // The directory goes on behind the end of the file.
    if (error instanceof RangeError) return null;
    throw error;
  }
  return entries;
}

/** The bytes of an entry as stored; null where its header is not where the directory says. */
export function packedBytes(bytes: Uint8Array, { offset, packed }: DirectoryEntry): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (offset + LOCAL.nameAt > bytes.length || view.getUint32(offset, true) !== LOCAL.signature) return null;
  const start = offset + LOCAL.nameAt + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  return start + packed > bytes.length ? null : bytes.subarray(start, start + packed);
}

interface Directory {
  readonly start: number;
  readonly count: number;
  /** Bytes that something put before the archive, which its offsets do not count. */
  readonly shift: number;
}

function endOf(view: DataView): Directory | null {
  const last = view.byteLength - END_LENGTH;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
    if (view.getUint32(at, true) !== END) continue;
    if (at + END_LENGTH + view.getUint16(at + 20, true) > view.byteLength) continue;
    const wide = endOf64(view, at);
    if (wide !== null) return wide;
    const length = view.getUint32(at + 12, true);
    const start = view.getUint32(at + 16, true);
    const shift = at - length - start;
    if (shift < 0) continue;
    return { start: start + shift, count: view.getUint16(at + 10, true), shift };
  }
  return null;
}

/** The end of a directory of large numbers, just before the usual one. */
function endOf64(view: DataView, end: number): Directory | null {
  const at = end - LOCATOR_64_LENGTH - 56;
  if (at < 0 || view.getUint32(at, true) !== END_64) return null;
  const [count, length, start] = [32, 40, 48].map((field) => Number(view.getBigUint64(at + field, true)));
  const shift = at - length! - start!;
  return shift < 0 ? null : { start: start! + shift, count: count!, shift };
}

function entryAt(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  shift: number,
): { entry: DirectoryEntry; next: number } {
  const flags = view.getUint16(at + 8, true);
  const nameEnd = at + CENTRAL.nameAt + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  const short = {
    size: view.getUint32(at + 24, true),
    packed: view.getUint32(at + 20, true),
    offset: view.getUint32(at + 42, true),
  };
  const { size, packed, offset } = widened(view, nameEnd, extraEnd, short);
  const entry = {
    name: entryName(bytes.subarray(at + CENTRAL.nameAt, nameEnd), (flags & 0x800) !== 0),
    size,
    packed,
    method: view.getUint16(at + 10, true),
    encrypted: (flags & 1) !== 0,
    crc: view.getUint32(at + 16, true),
    offset: offset + shift,
  };
  return { entry, next: extraEnd + view.getUint16(at + 32, true) };
}

interface Numbers {
  readonly size: number;
  readonly packed: number;
  readonly offset: number;
}

/** Numbers that do not fit 32 bits stand in an extra field, in this order, each only where it is needed. */
function widened(view: DataView, from: number, to: number, short: Numbers): Numbers {
  let at = from;
  while (at + 4 <= to && view.getUint16(at, true) !== EXTRA_64) at += 4 + view.getUint16(at + 2, true);
  if (at + 4 > to) return short;
  at += 4;
  const wide = (value: number): number => {
    if (value !== 0xffffffff) return value;
    at += 8;
    return Number(view.getBigUint64(at - 8, true));
  };
  const size = wide(short.size);
  const packed = wide(short.packed);
  return { size, packed, offset: wide(short.offset) };
}

/** Names are UTF-8 where marked so; many programs write it without the mark, old ones write code page 437. */
function entryName(bytes: Uint8Array, isUtf8: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: !isUtf8 }).decode(bytes);
  } catch {
    return decodePage(bytes, 437);
  }
}

function headers(bytes: Uint8Array, layout: typeof LOCAL): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder();
  const entries: ZipEntry[] = [];
  const last = bytes.length - layout.nameAt;
  for (let at = bytes.indexOf(0x50); at !== -1 && at <= last; at = bytes.indexOf(0x50, at + 1)) {
    if (view.getUint32(at, true) !== layout.signature) continue;
    const nameEnd = at + layout.nameAt + view.getUint16(at + layout.nameLengthAt, true);
    const name = decoder.decode(bytes.subarray(at + layout.nameAt, nameEnd));
    entries.push({ name, size: view.getUint32(at + layout.sizeAt, true) });
  }
  return entries;
}
