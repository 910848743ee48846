import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Passage } from '../../../pipeline/document.ts';
import { mapCsv } from './map-csv.ts';

const passage = (start: number, text: string) => ({ start, end: start + text.length, text }) as Passage;
const points = [
  { path: 'a, "b".txt', passage: passage(0, 'Two\nlines, and "quotes"') },
  { path: 'sums.csv', passage: passage(10, '=1+1') },
];
const places = Float32Array.of(0.5, -0.25, 1e-9, 3);
const parts = [{ kind: 'page', label: 'page 1', start: 0, end: 30 }] as const;
const documents = new Map([['a, "b".txt', { parts }]]);

describe('a map as CSV', () => {
  it('comes back from another reader as it was, and no cell is a formula', () => {
    const question = {
      text: '',
      place: [0, 0] as const,
      cosines: Float32Array.of(0.25, 0.5),
      order: Int32Array.of(1, 0),
    };
    const { data, errors } = Papa.parse<Record<string, string>>(mapCsv({ points, places }, question, documents), {
      header: true,
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    expect(data).toEqual([
      {
        ...{ document: 'a, "b".txt', part: 'page 1', start: '0', end: '23', x: '0.5', y: '-0.25' },
        ...{ cosine_to_question: '0.25', rank: '2', text: 'Two\nlines, and "quotes"' },
      },
      {
        ...{ document: 'sums.csv', part: '', start: '10', end: '14', x: '0', y: '3' },
        ...{ cosine_to_question: '0.5', rank: '1', text: "'=1+1" },
      },
    ]);
  });

  it('leaves cosine and rank empty without a question', () => {
    expect(mapCsv({ points, places }, null, documents).split('\r\n')[2]).toBe(`"sums.csv","",10,14,0,3,,,"'=1+1"`);
  });
});
