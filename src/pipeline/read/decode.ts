/** Bytes to text: byte order mark, then UTF-8, then a stated charset, then a guess. */
import chardet from 'chardet';

export interface Decoded {
  readonly text: string;
  /** WHATWG label of the encoding that was used. */
  readonly encoding: string;
  /** Sentences for the report: a guess, bytes that could not be decoded. */
  readonly notes: readonly string[];
}

const SAMPLE = 1 << 16;
/** Above this share of control characters a file is not text. */
const CONTROL_SHARE = 0.02;

/**
 * Decodes bytes. `stated` is a charset that the file itself names (HTML's meta); it counts only where
 * the bytes are not valid UTF-8. Returns null when the bytes are no text in any encoding.
 */
export function decodeText(bytes: Uint8Array, stated?: string): Decoded | null {
  const marked = byteOrderMark(bytes);
  if (marked !== null) return checked(decodeAs(bytes, marked), marked, []);

  const wide = wideWithoutMark(bytes);
  if (wide !== null)
    return checked(decodeAs(bytes, wide), wide, [`The text encoding was not stated; it was read as ${wide}.`]);

  const loose = decodeAs(bytes, 'utf-8');
  const broken = count(loose, /\uFFFD/g) - markersInFile(bytes);
  if (broken <= 0) return checked(loose, 'utf-8', []);
  // A few bad bytes among many good sequences are damage in UTF-8, not another encoding.
  if (broken * 20 < count(loose, /[\u0080-\uFFFC]/g))
    return checked(loose, 'utf-8', [
      `${broken} ${broken === 1 ? 'place' : 'places'} could not be decoded as UTF-8 and ${broken === 1 ? 'is' : 'are'} shown as \uFFFD.`,
    ]);

  if (stated !== undefined && supported(stated)) return checked(decodeAs(bytes, stated), stated, []);
  const guess = guessed(bytes);
  return checked(decodeAs(bytes, guess), guess, [`The text encoding was not stated; it was read as ${guess}.`]);
}

function byteOrderMark(bytes: Uint8Array): string | null {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 without a mark shows as NUL in nearly every second byte of Latin text. */
function wideWithoutMark(bytes: Uint8Array): string | null {
  const length = Math.min(bytes.length, SAMPLE) & ~1;
  if (length < 8) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  const half = length / 2;
  if (odd > half * 0.6 && even < half * 0.02) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.02) return 'utf-16be';
  return null;
}

/** U+FFFD that really stands in the file (EF BF BD) is not a decoding error. */
function markersInFile(bytes: Uint8Array): number {
  let found = 0;
  for (let i = bytes.indexOf(0xef); i !== -1; i = bytes.indexOf(0xef, i + 1))
    if (bytes[i + 1] === 0xbf && bytes[i + 2] === 0xbd) found++;
  return found;
}

function guessed(bytes: Uint8Array): string {
  const found = chardet.detect(bytes.subarray(0, SAMPLE));
  // Every byte of windows-1252 decodes, so it is the last resort; ISO-8859-1 is its alias in browsers.
  if (found === null || found === 'UTF-8' || found === 'ASCII' || !supported(found)) return 'windows-1252';
  return new TextDecoder(found).encoding;
}

function supported(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}

function decodeAs(bytes: Uint8Array, label: string): string {
  return new TextDecoder(label).decode(bytes);
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
