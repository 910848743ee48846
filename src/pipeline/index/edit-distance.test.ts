import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, letterSet, lettersApart } from './edit-distance.ts';

/** By its definition, over all prefixes. */
function plain(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, () => Array<number>(b.length + 1).fill(0));
  for (let i = 0; i <= a.length; i++) {
    for (let j = 0; j <= b.length; j++) {
      if (i === 0 || j === 0) {
        table[i]![j] = i + j;
        continue;
      }
      const same = a[i - 1] === b[j - 1];
      const ways = [table[i - 1]![j]! + 1, table[i]![j - 1]! + 1, table[i - 1]![j - 1]! + (same ? 0 : 1)];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) ways.push(table[i - 2]![j - 2]! + 1);
      table[i]![j] = Math.min(...ways);
    }
  }
  return table[a.length]![b.length]!;
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 9 });

describe('editDistance', () => {
  it('counts slips: left out, put in, changed, swapped', () => {
    expect(editDistance('deposit', 'depsit', 2)).toBe(1);
    expect(editDistance('deposit', 'depposit', 2)).toBe(1);
    expect(editDistance('deposit', 'deposot', 2)).toBe(1);
    expect(editDistance('deposit', 'depsoit', 2)).toBe(1);
    expect(editDistance('deposit', 'dpeosti', 2)).toBe(2);
    expect(editDistance('deposit', 'landlord', 2)).toBe(3);
  });

  it('equals the definition up to the limit, and says so beyond it', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 4 }), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(plain(a, b), limit + 1));
      }),
    );
  });

  it('never is less than half of the letters that only one word holds', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(lettersApart(letterSet(a), letterSet(b))).toBeLessThanOrEqual(2 * plain(a, b));
      }),
    );
  });
});
