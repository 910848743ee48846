import { describe, expect, it } from 'vitest';
import { placed } from './quotes.ts';

const texts = new Map([['a.txt', 'The key (brass)\nhangs behind the clock. The clock stands in the hall.']]);
const asking = (quote: string) => ({
  id: 'q',
  question: 'Where?',
  wanted: { by: 'quotes' as const, quotes: [{ document: 'a.txt', quote }] },
});

describe('placed', () => {
  it('finds a quotation whatever its white space, signs taken as they stand', () => {
    expect(placed(asking('key (brass) hangs'), texts).wanted).toEqual({
      by: 'spans',
      places: [{ document: 'a.txt', start: 4, end: 21 }],
    });
  });

  it('names the question whose quotation does not stand there, or stands twice', () => {
    expect(() => placed(asking('the cupboard'), texts)).toThrow('Question q: “the cupboard” does not stand in a.txt.');
    expect(() => placed(asking('clock'), texts)).toThrow('more than once');
  });

  it('leaves other questions as they are', () => {
    const question = { id: 'q', question: 'Why?', wanted: { by: 'nothing' as const } };
    expect(placed(question, texts)).toEqual(question);
  });
});
