/** The bytes of a mail, mended where programs broke the rules of its headers. */
import { decodeText } from '../decode.ts';

/** The bytes with headers in UTF-8, without blank lines or a mailbox's envelope before them. */
export function tidied(bytes: Uint8Array): Uint8Array {
  const wide = bytes[0] === 0 || bytes[1] === 0 || bytes[0] === 0xff || bytes[0] === 0xfe;
  const text = wide ? decodeText(bytes) : null;
  const narrow = text === null ? bytes : new TextEncoder().encode(text.text);
  let start = narrow[0] === 0xef && narrow[1] === 0xbb ? 3 : 0;
  while (narrow[start] === 0x0a || narrow[start] === 0x0d || narrow[start] === 0x20) start++;
  if (new TextDecoder('latin1').decode(narrow.subarray(start, start + 5)) === 'From ')
    start = narrow.indexOf(0x0a, start) + 1;
  return withReadableHeaders(narrow.subarray(start));
}

/** Headers that were sent in another encoding, against all rules, become UTF-8. */
function withReadableHeaders(bytes: Uint8Array): Uint8Array {
  const end = headersEnd(bytes);
  const decoded = decodeText(bytes.subarray(0, end));
  if (decoded === null || decoded.encoding === 'utf-8') return bytes;
  const headers = new TextEncoder().encode(decoded.text);
  const whole = new Uint8Array(headers.length + bytes.length - end);
  whole.set(headers);
  whole.set(bytes.subarray(end), headers.length);
  return whole;
}

/** Where the first blank line begins. */
function headersEnd(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1))
    if (bytes[at + 1] === 0x0a || (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a)) return at + 1;
  return bytes.length;
}
