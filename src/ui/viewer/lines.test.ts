import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberedChunks } from './lines.ts';

describe('numberedChunks', () => {
  it('numbers the lines of a short text', () => {
    expect(numberedChunks('a\n\nb\n')).toEqual([{ start: 0, end: 5, numbers: ['1', '2', '3'], last: 3 }]);
  });

  it('gives the rest of a line that was cut no number', () => {
    const [first, second] = numberedChunks('x'.repeat(20_000));
    expect(first?.numbers).toEqual(['1']);
    expect(second?.numbers).toEqual(['']);
  });

  it('numbers every line once, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 300 }), { maxLength: 200 }), (parts) => {
        const text = parts.map((part) => part.replaceAll('\n', '')).join('\n');
        const numbers = numberedChunks(text)
          .flatMap((chunk) => chunk.numbers)
          .filter((number) => number !== '');
        const lines = text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
        expect(numbers).toEqual(Array.from({ length: lines }, (_, i) => String(i + 1)));
      }),
    );
  });
});
