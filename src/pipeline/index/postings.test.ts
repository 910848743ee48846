import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Postings } from './postings.ts';

interface Entry {
  readonly row: number;
  readonly text: number;
  readonly context: number;
}

/** A copy: what `entries` gives is used again. */
function listed(postings: Postings, term: number): Entry[] {
  const { length, rows, text, context } = postings.entries(term);
  return Array.from({ length }, (_, i) => ({ row: rows[i]!, text: text[i]!, context: context[i]! }));
}

/** On both sides of each border between two forms of an entry. */
const frequency = fc.constantFrom(0, 1, 1, 1, 2, 14, 15, 16, 127, 128, 255, 16_383, 16_384, 3_000_000);
const gap = fc.oneof(fc.nat(3), fc.constantFrom(62, 63, 64, 8191, 8192, 1_000_000));

describe('Postings', () => {
  it('gives back every entry of every list, whatever the order in which the lists grow', () => {
    const pushed = fc.record({ term: fc.nat(4), gap, text: frequency, context: frequency });
    fc.assert(
      fc.property(fc.array(pushed, { maxLength: 400 }), (all) => {
        const postings = new Postings();
        const lists: Entry[][] = Array.from({ length: 5 }, () => []);
        for (const list of lists) expect(postings.addTerm()).toBe(lists.indexOf(list));
        let row = -1;
        for (const { term, gap: rows, text, context } of all) {
          row += 1 + rows;
          if (text + context === 0) continue;
          postings.push(term, row, text, context);
          lists[term]!.push({ row, text, context });
        }
        lists.forEach((list, term) => {
          expect(postings.length(term)).toBe(list.length);
          expect(listed(postings, term)).toEqual(list);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('holds long lists over many pages, in little more than a byte an entry', () => {
    const postings = new Postings();
    const terms = [0, 1, 2].map(() => postings.addTerm());
    for (let row = 0; row < 100_000; row++) for (const term of terms) postings.push(term, row * 3, 1, 0);
    const bytes = postings.bytes;
    for (const term of terms) {
      const { length, rows } = postings.entries(term);
      expect(length).toBe(100_000);
      expect([rows[0], rows[99_999]]).toEqual([0, 299_997]);
    }
    expect(bytes / 300_000).toBeLessThan(1.2);
  });
});
