import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunks } from './chunks.ts';

describe('chunks', () => {
  it('covers any text exactly with blocks within the limit', () => {
    const unit = fc.constantFrom('a', ' ', '\n', '\n\n', 'word ', 'x'.repeat(7_000), '\u{1f600}'.repeat(4_000));
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 30 }), (list) => {
        const text = list.join('');
        const blocks = chunks(text);
        expect(blocks.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        for (const { start, end } of blocks) {
          expect(end - start).toBeGreaterThan(0);
          expect(end - start).toBeLessThanOrEqual(12_000);
          // Throws for half a surrogate pair.
          expect(() => encodeURIComponent(text.slice(start, end))).not.toThrow();
        }
      }),
      { numRuns: 60 },
    );
  });

  it('prefers to cut between paragraphs', () => {
    const paragraph = `${'a line of words\n'.repeat(40)}\n`;
    const text = paragraph.repeat(60);
    for (const { end } of chunks(text)) expect(text.slice(end - 2, end)).toBe('\n\n');
  });
});
