import { describe, expect, it } from 'vitest';
import { encode, half } from './blocks.ts';

describe('half', () => {
  it('rounds to nearest even, keeps small numbers and signs', () => {
    expect(half(1)).toBe(0x3c00);
    expect(half(-2)).toBe(0xc000);
    expect(half(65504)).toBe(0x7bff);
    expect(half(1e9)).toBe(0x7c00);
    expect(half(2 ** -24)).toBe(1);
    expect(half(2 ** -26)).toBe(0);
    expect(half(1 + 2 ** -11)).toBe(0x3c00);
    expect(half(1 + 3 * 2 ** -11)).toBe(0x3c02);
  });
});

describe('blocks', () => {
  const values = Float32Array.from({ length: 32 }, (_, i) => (i - 16) / 16);

  it('Q8_0 keeps each number to half a step', () => {
    const bytes = encode(values, 32, 'Q8_0');
    expect(bytes).toHaveLength(34);
    const codes = new Int8Array(bytes.buffer, 2);
    values.forEach((value, i) => expect(Math.abs(codes[i]! / 127 - value)).toBeLessThan(0.5 / 127 + 1e-3));
  });

  it('Q4_0 gives -8 to the largest and packs places 16 apart', () => {
    const bytes = encode(values, 32, 'Q4_0');
    expect(bytes).toHaveLength(18);
    expect(bytes[0]! | (bytes[1]! << 8)).toBe(half(1 / 8));
    expect(bytes[2]! & 15).toBe(0);
    expect(bytes[2]! >> 4).toBe(8);
  });

  it('does not take a row that ends inside a block', () => {
    expect(() => encode(new Float32Array(33), 33, 'Q8_0')).toThrow('33');
  });
});
