/** llama.cpp's formats of 32 numbers with one scale (ggml-quants.c: quantize_row_q8_0_ref, quantize_row_q4_0_ref). */

export type Format = 'F32' | 'Q8_0' | 'Q4_0';

/** As GGUF numbers them. */
export const formatNumber: Readonly<Record<Format, number>> = { F32: 0, Q4_0: 2, Q8_0: 8 };

const BLOCK = 32;

/** @throws RangeError if a row does not end with a block */
export function encode(values: Float32Array, columns: number, format: Format): Uint8Array {
  if (format === 'F32') return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  if (columns % BLOCK !== 0) throw new RangeError(`Rows of ${columns} numbers do not fit blocks of ${BLOCK}.`);
  const size = format === 'Q8_0' ? 2 + BLOCK : 2 + BLOCK / 2;
  const out = new Uint8Array((values.length / BLOCK) * size);
  const view = new DataView(out.buffer);
  for (let block = 0; block < values.length / BLOCK; block++) {
    const from = values.subarray(block * BLOCK, (block + 1) * BLOCK);
    (format === 'Q8_0' ? q8 : q4)(from, view, block * size);
  }
  return out;
}

function q8(from: Float32Array, view: DataView, at: number): void {
  const largest = from.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = largest / 127;
  view.setUint16(at, half(scale), true);
  for (let i = 0; i < BLOCK; i++) view.setInt8(at + 2 + i, scale === 0 ? 0 : Math.round(from[i]! / scale));
}

/** The number that is largest without its sign becomes -8; two codes share a byte, 16 places apart. */
function q4(from: Float32Array, view: DataView, at: number): void {
  const largest = from.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  const scale = largest / -8;
  view.setUint16(at, half(scale), true);
  const code = (value: number) => (scale === 0 ? 8 : Math.min(15, Math.floor(value / scale + 8.5)));
  for (let i = 0; i < BLOCK / 2; i++) view.setUint8(at + 2 + i, code(from[i]!) | (code(from[i + BLOCK / 2]!) << 4));
}

const one = new Float32Array(1);
const bits = new Uint32Array(one.buffer);

/** float16, rounded to nearest even. */
export function half(value: number): number {
  one[0] = value;
  const word = bits[0]!;
  const sign = (word >>> 16) & 0x8000;
  const exponent = ((word >>> 23) & 0xff) - 127 + 15;
  const mantissa = word & 0x7fffff;
  if (exponent >= 31) return sign | 0x7c00 | (exponent === 143 && mantissa ? 0x200 : 0);
  if (exponent <= 0) {
    if (exponent < -10) return sign;
    return sign | rounded(mantissa | 0x800000, 14 - exponent);
  }
  return (sign | (exponent << 10)) + rounded(mantissa, 13);
}

function rounded(value: number, shift: number): number {
  const kept = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const middle = 1 << (shift - 1);
  return rest > middle || (rest === middle && kept & 1) ? kept + 1 : kept;
}
