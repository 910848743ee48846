import Papa from 'papaparse';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv } from './csv.ts';

const read = (text: string) => Papa.parse<string[]>(text, { newline: '\r\n', skipEmptyLines: true }).data;

describe('a table as CSV', () => {
  it('has numbers bare, words in quotes, nothing for null, and no formula', () => {
    expect(
      csv(
        ['a', 'b', 'c'],
        [
          [1 / 3, 'says "no", twice', null],
          [1e-9, '=1+1', -0.5],
        ],
      ),
    ).toBe('a,b,c\r\n0.333333,"says ""no"", twice",\r\n0,"\'=1+1",-0.5\r\n');
  });

  it('comes back from another reader as it was', () => {
    const words = fc.string().filter((text) => !/^[=+\-@\t\r]/.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(words, words), { minLength: 1 }), (rows) => {
        expect(read(csv(['one', 'other'], rows)).slice(1)).toEqual(rows);
      }),
    );
  });
});
