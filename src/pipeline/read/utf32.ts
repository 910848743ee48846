/** UTF-32, which browsers' TextDecoder does not know. */

/** Code units looked at to find it without a mark. */
const SAMPLE = 4096;

/** With a byte order mark, or when every unit of the beginning is a code point of few planes; null when it is not UTF-32. */
export function utf32Kind(bytes: Uint8Array): { littleEndian: boolean; marked: boolean } | null {
  if (bytes.length < 4 || bytes.length % 4 !== 0) return null;
  const view = viewOf(bytes);
  if (view.getUint32(0, true) === 0xfeff && (bytes.length > 4 || bytes[3] === 0))
    return { littleEndian: true, marked: true };
  if (view.getUint32(0, false) === 0xfeff) return { littleEndian: false, marked: true };
  if (bytes.length < 16) return null;
  for (const littleEndian of [true, false]) if (isText(view, littleEndian)) return { littleEndian, marked: false };
  return null;
}

function isText(view: DataView, littleEndian: boolean): boolean {
  const end = Math.min(view.byteLength, SAMPLE * 4);
  for (let at = 0; at < end; at += 4) {
    const code = view.getUint32(at, littleEndian);
    if (code < 0x09 || code > 0x2ffff || (code >= 0xd800 && code <= 0xdfff)) return false;
  }
  return true;
}

export function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = viewOf(bytes);
  const pieces: string[] = [];
  for (let at = 0; at < view.byteLength;) {
    const end = Math.min(view.byteLength, at + 4 * SAMPLE);
    const codes: number[] = [];
    for (; at < end; at += 4) {
      const code = view.getUint32(at, littleEndian);
      if (at === 0 && code === 0xfeff) continue;
      codes.push(code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? 0xfffd : code);
    }
    pieces.push(String.fromCodePoint(...codes));
  }
  return pieces.join('');
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
