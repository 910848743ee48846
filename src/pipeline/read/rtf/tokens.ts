/** Rich Text as tokens: groups, control words, symbols and bytes of text. */

export type Token =
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  /** `\b0` has the name `b` and the value 0; without a number the value is null. */
  | { readonly kind: 'word'; readonly name: string; readonly value: number | null }
  /** `\~`, `\*` and the like. */
  | { readonly kind: 'symbol'; readonly sign: string }
  /** One byte of text, literal or as `\'e4`, in the code page of its font. */
  | { readonly kind: 'byte'; readonly byte: number };

const OPEN: Token = { kind: 'open' };
const CLOSE: Token = { kind: 'close' };

const BACKSLASH = 0x5c;
/** Longest name of a control word that any program writes. */
const MAX_WORD = 40;
const MAX_DIGITS = 10;

/** Calls `take` with each token, in order. Bytes of `\bin` are passed by. */
export function eachToken(bytes: Uint8Array, take: (token: Token, at: number) => void): void {
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at]!;
    if (byte === BACKSLASH) at = control(bytes, at + 1, take);
    else {
      if (byte === 0x7b) take(OPEN, at);
      else if (byte === 0x7d) take(CLOSE, at);
      // Line ends are there for the eye; a zero byte is none of the text.
      else if (byte !== 0x0d && byte !== 0x0a && byte !== 0) take({ kind: 'byte', byte }, at);
      at++;
    }
  }
}

function control(bytes: Uint8Array, at: number, take: (token: Token, at: number) => void): number {
  const first = bytes[at];
  if (first === undefined) return at;
  if (!isLetter(first)) {
    if (first !== 0x27) {
      take({ kind: 'symbol', sign: String.fromCharCode(first) }, at);
      return at + 1;
    }
    const hex = /^[0-9a-f]{2}$/i.exec(String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0))?.[0];
    if (hex === undefined) return at + 1;
    take({ kind: 'byte', byte: Number.parseInt(hex, 16) }, at);
    return at + 3;
  }
  let end = at;
  while (end - at < MAX_WORD && isLetter(bytes[end] ?? 0)) end++;
  const name = String.fromCharCode(...bytes.subarray(at, end));
  const digits = end;
  if (bytes[end] === 0x2d) end++;
  while (end - digits < MAX_DIGITS && isDigit(bytes[end] ?? 0)) end++;
  const number = String.fromCharCode(...bytes.subarray(digits, end));
  if (number === '-') end = digits;
  const value = number === '' || number === '-' ? null : Number(number);
  if (bytes[end] === 0x20) end++;
  if (name === 'bin') return end + Math.max(0, value ?? 0);
  take({ kind: 'word', name, value }, at);
  return end;
}

function isLetter(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
