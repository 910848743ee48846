/** Compressed RTF (MS-OXRTFCP): an LZ77 whose window begins with what every RTF says. */

const COMPRESSED = 0x75465a4c;
const UNCOMPRESSED = 0x414c454d;
const HEADER_LENGTH = 16;
const WINDOW = 4096;
const MAX_LENGTH = 100_000_000;

/** As the specification gives it. */
const DICTIONARY =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';

/** The RTF, a byte a character; '' where it is none. Never longer than the header claims. */
export function decompressRtf(bytes: Uint8Array): string {
  if (bytes.length < HEADER_LENGTH) return '';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Math.min(view.getUint32(4, true), MAX_LENGTH);
  const kind = view.getUint32(8, true);
  if (kind === UNCOMPRESSED) return latin(bytes.subarray(HEADER_LENGTH, HEADER_LENGTH + length));
  return kind === COMPRESSED ? latin(expand(bytes, Math.min(length, bytes.length * 18))) : '';
}

function expand(bytes: Uint8Array, length: number): Uint8Array {
  const window = new Uint8Array(WINDOW);
  for (let i = 0; i < DICTIONARY.length; i++) window[i] = DICTIONARY.charCodeAt(i);
  const out = new Uint8Array(length);
  let write = DICTIONARY.length;
  let done = 0;
  const put = (byte: number): void => {
    out[done++] = byte;
    window[write] = byte;
    write = (write + 1) % WINDOW;
  };
  let at = HEADER_LENGTH;
  while (at < bytes.length && done < length) {
    const control = bytes[at++]!;
    for (let bit = 0; bit < 8 && at < bytes.length && done < length; bit++) {
      if ((control & (1 << bit)) === 0) {
        put(bytes[at++]!);
        continue;
      }
      const reference = (bytes[at]! << 8) | (bytes[at + 1] ?? 0);
      at += 2;
      const from = reference >> 4;
      if (from === write) return out.subarray(0, done);
      const count = (reference & 0xf) + 2;
      for (let i = 0; i < count && done < length; i++) put(window[(from + i) % WINDOW]!);
    }
  }
  return out.subarray(0, done);
}

function latin(bytes: Uint8Array): string {
  return Array.from({ length: Math.ceil(bytes.length / 8192) }, (_, i) =>
    String.fromCharCode(...bytes.subarray(i * 8192, (i + 1) * 8192)),
  ).join('');
}
