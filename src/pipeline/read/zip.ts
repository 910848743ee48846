/** The files named in a ZIP, found even where its directory is damaged; nothing is unpacked. */

export interface ZipEntry {
  readonly name: string;
  /** Bytes unpacked, as the archive claims; 0 where it does not say. */
  readonly size: number;
}

const LOCAL = { signature: 0x04034b50, sizeAt: 22, nameLengthAt: 26, nameAt: 30 };
const CENTRAL = { signature: 0x02014b50, sizeAt: 24, nameLengthAt: 28, nameAt: 46 };

/** Entries of the central directory; where there is none, those of the local headers. */
export function zipEntries(bytes: Uint8Array): ZipEntry[] {
  const central = headers(bytes, CENTRAL);
  return central.length > 0 ? central : headers(bytes, LOCAL);
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
