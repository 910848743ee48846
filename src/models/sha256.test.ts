import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sha256 } from './sha256.ts';

const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 131 + (i >> 8)) % 256);
const reference = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

describe('sha256', () => {
  // Around the padding's edges, around a block, and beyond one slice.
  const lengths = [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_000_001];

  test.each(lengths)('without Web Crypto agrees with Node on %i bytes', async (length) => {
    const data = bytes(length);
    expect(await sha256(data, { subtle: null })).toBe(reference(data));
    expect(await sha256(new Blob([data]), { subtle: null })).toBe(reference(data));
  });

  test('with Web Crypto agrees with Node', async () => {
    const data = bytes(1000);
    expect(await sha256(data)).toBe(reference(data));
    expect(await sha256(new Blob([data]))).toBe(reference(data));
  });

  test('stops between slices', async () => {
    const stop = new AbortController();
    const hash = sha256(bytes(3 << 20), { subtle: null, signal: stop.signal });
    stop.abort();
    await expect(hash).rejects.toThrow(/abort/i);
  });
});
