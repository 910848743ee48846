/** The files named in a ZIP, found even where its directory is damaged; nothing is unpacked. */

export interface ZipEntry {
  readonly name: string;
  /** Bytes unpacked, as the archive claims; 0 where it does not say. */
  readonly size: number;
}

const LOCAL = { signature: 0x04034b50, sizeAt: 22, nameLengthAt: 26, nameAt: 30 };
const CENTRAL = { signature: 0x02014b50, sizeAt: 24, nameLengthAt: 28, nameAt: 46 };

/** Entries of the central directory; where it is damaged, all that look like entries, else those of the local headers. */
export function zipEntries(bytes: Uint8Array): ZipEntry[] {
  const directory = directoryEntries(bytes);
  if (directory !== null) return directory;
  const central = headers(bytes, CENTRAL);
  return central.length > 0 ? central : headers(bytes, LOCAL);
}

const END = { signature: 0x06054b50, size: 22, maxComment: 0xffff, countAt: 10, offsetAt: 16 };

/** The directory that the archive's end points to: entries of archives stored inside are none of its own. */
function directoryEntries(bytes: Uint8Array): ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - END.size;
  const lowest = Math.max(0, end - END.maxComment);
  while (end >= lowest && view.getUint32(end, true) !== END.signature) end--;
  if (end < lowest) return null;
  const decoder = new TextDecoder();
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + END.offsetAt, true);
  for (let left = view.getUint16(end + END.countAt, true); left > 0; left--) {
    if (at + CENTRAL.nameAt > end || view.getUint32(at, true) !== CENTRAL.signature) return null;
    const [name, extra, comment] = [0, 2, 4].map((skip) => view.getUint16(at + CENTRAL.nameLengthAt + skip, true));
    const nameEnd = at + CENTRAL.nameAt + (name ?? 0);
    entries.push({
      name: decoder.decode(bytes.subarray(at + CENTRAL.nameAt, nameEnd)),
      size: view.getUint32(at + CENTRAL.sizeAt, true),
    });
    at = nameEnd + (extra ?? 0) + (comment ?? 0);
  }
  return entries.length > 0 ? entries : null;
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
