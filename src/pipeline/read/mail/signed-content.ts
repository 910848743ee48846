/** The content of an opaque S/MIME signature (RFC 5652, in BER or DER); no signature is checked. */

/** Contents of values by their type, in hexadecimal (RFC 5652, 4 and 5.1, 6.1; RFC 3274). */
const SIGNED = '2a864886f70d010702';
const ENVELOPED = ['2a864886f70d010703', '2a864886f70d0109100117'];

const TAG = { octets: 0x04, oid: 0x06, sequence: 0x30, set: 0x31, context: 0xa0 } as const;
/** Strings made of strings, and values without a length, deeper than this no program writes. */
const MAX_DEPTH = 16;

export type SecuredContent =
  | { readonly kind: 'signed'; readonly content: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'encrypted' }
  /** Neither, or broken. */
  | { readonly kind: 'unknown' };

/** What is inside a `smime.p7m`. */
export function securedContent(bytes: Uint8Array): SecuredContent {
  try {
    const info = inside(bytes, valueAt(bytes, 0, bytes.length), TAG.sequence);
    const type = hex(bytes, info[0]);
    if (ENVELOPED.includes(type)) return { kind: 'encrypted' };
    if (type !== SIGNED) return { kind: 'unknown' };
    const [signed] = inside(bytes, info[1], TAG.context);
    // The version, the digests' names, then what is signed.
    const encapsulated = inside(bytes, inside(bytes, signed, TAG.sequence)[2], TAG.sequence);
    const [octets] = inside(bytes, encapsulated[1], TAG.context);
    return { kind: 'signed', content: joined(octetsOf(bytes, octets, 0)) };
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'unknown' };
    throw error;
  }
}

interface Value {
  readonly tag: number;
  /** Of its contents. */
  readonly start: number;
  readonly end: number;
  /** Where the next value begins. */
  readonly next: number;
}

/** @throws RangeError where there is none */
function valueAt(bytes: Uint8Array, at: number, end: number, depth = 0): Value {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || at + 2 > end || depth > MAX_DEPTH) throw new RangeError('no value');
  if (first === 0x80) {
    // Without a length: it ends with two zero bytes behind its last value.
    let next = at + 2;
    while (bytes[next] !== 0 || bytes[next + 1] !== 0) next = valueAt(bytes, next, end, depth + 1).next;
    return { tag, start: at + 2, end: next, next: next + 2 };
  }
  const digits = first < 0x80 ? 0 : first & 0x7f;
  if (digits > 4) throw new RangeError('a length beyond all files');
  let length = first < 0x80 ? first : 0;
  for (let i = 0; i < digits; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  const start = at + 2 + digits;
  if (start + length > end) throw new RangeError('a value longer than what it stands in');
  return { tag, start, end: start + length, next: start + length };
}

/** The values right inside one of this tag. @throws RangeError */
function inside(bytes: Uint8Array, value: Value | undefined, tag: number): Value[] {
  if (value === undefined || value.tag !== tag) throw new RangeError('another value');
  const values: Value[] = [];
  for (let at = value.start; at < value.end;) {
    const found = valueAt(bytes, at, value.end);
    values.push(found);
    at = found.next;
  }
  return values;
}

/** A string of bytes, or one made of strings. @throws RangeError */
function octetsOf(bytes: Uint8Array, value: Value | undefined, depth: number): Uint8Array[] {
  if (value === undefined || depth > MAX_DEPTH) throw new RangeError('no string');
  if (value.tag === TAG.octets) return [bytes.subarray(value.start, value.end)];
  return inside(bytes, value, TAG.octets | 0x20).flatMap((piece) => octetsOf(bytes, piece, depth + 1));
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function hex(bytes: Uint8Array, value: Value | undefined): string {
  if (value === undefined || value.tag !== TAG.oid) throw new RangeError('no type');
  return [...bytes.subarray(value.start, Math.min(value.end, value.start + 20))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
