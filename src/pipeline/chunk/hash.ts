/** Small synchronous hashes: identity of passages, and the coin tosses of the chunker. Not for security. */

/** 64 bits of `text` as 16 hexadecimal digits: two 32-bit multiply-xor lanes, mixed as in MurmurHash3's finaliser. */
export function hash64(text: string): string {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995) ^ (b >>> 15);
  }
  a = mix(a ^ (b >>> 16));
  b = mix(b ^ (a >>> 13) ^ text.length);
  return hex(a) + hex(b);
}

/** 32 bits of `text`, unsigned (FNV-1a over UTF-16 units, then mixed). */
export function hash32(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h) >>> 0;
}

function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function hex(h: number): string {
  return (h >>> 0).toString(16).padStart(8, '0');
}
