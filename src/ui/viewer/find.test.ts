import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Finder, firstFrom } from './find.ts';

const found = async (text: string, query: string): Promise<string[]> =>
  (await new Finder(text).find(query)).map(({ start, end }) => text.slice(start, end));

describe('Finder', () => {
  it('does not mind case or accents, composed or not', async () => {
    expect(await found('Café CAFE cafe\u0301 cafés', 'cafe')).toEqual(['Café', 'CAFE', 'cafe\u0301', 'café']);
    expect(await found('the cafe', 'CAFÉ')).toEqual(['cafe']);
  });

  it('does not mind line ends, repeated spaces and soft hyphens', async () => {
    expect(await found('the notice\n   period, no\u00adtice\u00a0period', 'notice period')).toEqual([
      'notice\n   period',
      'no\u00adtice\u00a0period',
    ]);
  });

  it('takes a whole ligature when the match ends inside it', async () => {
    expect(await found('an of\ufb01ce', 'office')).toEqual(['of\ufb01ce']);
    expect(await found('the \ufb01nal', 'fin')).toEqual(['\ufb01n']);
    expect(await found('the \ufb01nal', 'f')).toEqual(['\ufb01']);
  });

  it('reads typographic quotes and dashes as typed ones', async () => {
    expect(await found('three months\u2019 notice \u2013 in writing', "months' notice - in")).toEqual([
      'months\u2019 notice \u2013 in',
    ]);
  });

  it('finds text beyond the basic plane and in other scripts', async () => {
    expect(await found('a \u{1d400}bc and 契約期間', 'abc')).toEqual(['\u{1d400}bc']);
    expect(await found('a \u{1d400}bc and 契約期間', '期間')).toEqual(['期間']);
    expect(await found('ΣΊΣΥΦΟΣ', 'σισυφο')).toEqual(['ΣΊΣΥΦΟ']);
  });

  it('finds nothing for white space and never overlaps', async () => {
    expect(await found('a b', '  ')).toEqual([]);
    expect(await found('aaaaa', 'aa')).toEqual(['aa', 'aa']);
  });

  it('finds whatever is cut out of a text, with spans inside it, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.nat(60),
        fc.nat(8),
        async (text, from, size) => {
          const query = text.slice(from, from + size);
          const spans = await new Finder(text).find(query);
          let last = 0;
          for (const { start, end } of spans) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            last = end;
          }
          if (/^[a-z0-9]+$/i.test(query)) expect(spans.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('a text of several slices', () => {
  it('is found across the seams', async () => {
    const line = 'Die Kündigung  der\tWohnung ';
    const text = line.repeat(30_000);
    const spans = await new Finder(text).find('kundigung der wohnung');
    expect(spans.length).toBe(30_000);
    expect(spans.every(({ start, end }) => text.slice(start, end) === 'Kündigung  der\tWohnung')).toBe(true);
  });
});

describe('firstFrom', () => {
  const matches = [
    { start: 4, end: 6 },
    { start: 20, end: 22 },
  ];
  it('goes forward from where one reads and around at the end', () => {
    expect(firstFrom(matches, 0)).toBe(0);
    expect(firstFrom(matches, 6)).toBe(1);
    expect(firstFrom(matches, 30)).toBe(0);
    expect(firstFrom([], 3)).toBe(-1);
  });
});
