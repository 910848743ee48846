/** Bytes to text: byte order mark, then UTF-8, then a stated charset, then a guess. */
import { decodeAs } from './decode-as.ts';
import { guessEncoding } from './encoding-guess.ts';
import { decodeUtf32, utf32Kind } from './utf32.ts';

export interface Decoded {
  readonly text: string;
  /** WHATWG label of the encoding that was used. */
  readonly encoding: string;
  /** Sentences for the report: a guess, bytes that could not be decoded. */
  readonly notes: readonly string[];
}

const SAMPLE = 1 << 16;
const NOT_STATED = (encoding: string): string => `The text encoding was not stated; it was read as ${encoding}.`;
/** Above this share of control characters a file is not text. */
const CONTROL_SHARE = 0.02;

/**
 * Decodes bytes. `stated` is a charset that the file itself names (HTML's meta); it counts only where
 * the bytes are not valid UTF-8. Returns null when the bytes are no text in any encoding.
 */
export function decodeText(bytes: Uint8Array, stated?: string): Decoded | null {
  const utf32 = utf32Kind(bytes);
  if (utf32 !== null)
    return checked(
      decodeUtf32(bytes, utf32.littleEndian),
      utf32.littleEndian ? 'utf-32le' : 'utf-32be',
      utf32.marked ? [] : [NOT_STATED('utf-32')],
    );
  const marked = byteOrderMark(bytes);
  if (marked !== null) return checked(decodeAs(bytes, marked), marked, []);

  const wide = wideWithoutMark(bytes);
  if (wide !== null) return checked(decodeAs(bytes, wide), wide, [NOT_STATED(wide)]);

  // Its escapes are all ASCII, so it would pass as UTF-8.
  if (isEscapedJapanese(bytes))
    return checked(decodeAs(bytes, 'iso-2022-jp'), 'iso-2022-jp', [NOT_STATED('iso-2022-jp')]);

  const loose = decodeAs(bytes, 'utf-8');
  const broken = count(loose, /\uFFFD/g) - markersInFile(bytes);
  if (broken <= 0) return checked(loose, 'utf-8', []);
  // A few bad bytes among many good sequences are damage in UTF-8, not another encoding.
  if (broken * 20 < count(loose, /[\u0080-\uFFFC]/g))
    return checked(loose, 'utf-8', [
      `${broken} ${broken === 1 ? 'place' : 'places'} could not be decoded as UTF-8 and ${broken === 1 ? 'is' : 'are'} shown as \uFFFD.`,
    ]);

  if (stated !== undefined && supported(stated)) return checked(decodeAs(bytes, stated), stated, []);
  if (isMainframe(bytes)) return null;
  const guess = guessEncoding(bytes.subarray(0, SAMPLE));
  return checked(decodeAs(bytes, guess), guess, [NOT_STATED(guess)]);
}

function byteOrderMark(bytes: Uint8Array): string | null {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return null;
}

/**
 * UTF-16 without a mark shows as NUL in nearly every second byte of Latin text; in other scripts as NUL beside its
 * spaces and line ends, always on the same side.
 */
function wideWithoutMark(bytes: Uint8Array): string | null {
  const length = Math.min(bytes.length, SAMPLE) & ~1;
  if (length < 8) return null;
  let [even, odd, little, big] = [0, 0, 0, 0];
  for (let i = 0; i < length; i += 2) {
    const [a, b] = [bytes[i]!, bytes[i + 1]!];
    if (a === 0) even++;
    if (b === 0) odd++;
    if (b === 0 && WIDE_BLANKS.has(a)) little++;
    if (a === 0 && WIDE_BLANKS.has(b)) big++;
  }
  const half = length / 2;
  if (odd > half * 0.6 && even < half * 0.02) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.02) return 'utf-16be';
  if (bytes.length % 2 === 1) return null;
  if (little > big * 4 && isSound(bytes, 'utf-16le')) return 'utf-16le';
  return big > little * 4 && isSound(bytes, 'utf-16be') ? 'utf-16be' : null;
}

const WIDE_BLANKS: ReadonlySet<number> = new Set([0x20, 0x0a, 0x0d, 0x09]);

/** Decodes without a fault to text that is nearly all letters of assigned scripts. */
function isSound(bytes: Uint8Array, label: string): boolean {
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes.subarray(0, Math.min(bytes.length, SAMPLE) & ~1));
    const words = count(text, /[\p{L}\p{M}\p{N}\p{P}\s]/gu);
    return words > text.length * 0.95;
  } catch {
    return false;
  }
}

/** ISO-2022-JP: only 7-bit bytes, and the escapes that switch to kanji. */
function isEscapedJapanese(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, SAMPLE);
  if (!head.includes(0x1b) || head.some((byte) => byte >= 0x80)) return false;
  // eslint-disable-next-line no-control-regex
  return /\u001B\$[@B][\x21-\x7E]{2}/.test(new TextDecoder('latin1').decode(head));
}

/** U+FFFD that really stands in the file (EF BF BD) is not a decoding error. */
function markersInFile(bytes: Uint8Array): number {
  let found = 0;
  for (let i = bytes.indexOf(0xef); i !== -1; i = bytes.indexOf(0xef, i + 1))
    if (bytes[i + 1] === 0xbf && bytes[i + 2] === 0xbd) found++;
  return found;
}

/** EBCDIC, which no browser decodes: its space is 0x40, its letters lie above 0x80, and it has no ASCII space. */
function isMainframe(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, SAMPLE);
  let [spaces, letters, blanks] = [0, 0, 0];
  for (const byte of head) {
    if (byte === 0x40) spaces++;
    else if (byte === 0x20) blanks++;
    else if (byte >= 0x81 && byte <= 0xe9) letters++;
  }
  return spaces > head.length * 0.08 && letters > head.length * 0.3 && blanks < head.length * 0.005;
}

function supported(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}

function checked(text: string, encoding: string, notes: string[]): Decoded | null {
  const head = text.slice(0, SAMPLE);
  const tail = text.slice(Math.max(SAMPLE, text.length - SAMPLE));
  const controls = count(head, CONTROLS) + count(tail, CONTROLS);
  if (controls > (head.length + tail.length) * CONTROL_SHARE) return null;
  return { text, encoding, notes };
}

/** C0 controls that no text file uses; tab, line ends, form feed, escape and end-of-file stay allowed. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000E-\u0019\u001C-\u001F\uFFFE\uFFFF]/g;

function count(text: string, pattern: RegExp): number {
  let found = 0;
  for (const _ of text.matchAll(pattern)) found++;
  return found;
}
