import { describe, expect, it } from 'vitest';
import { matches } from './match.ts';

const items = [
  'Write a question',
  'Go to Lab',
  'Go to Settings',
  'Theme: dark',
  'Open lease.pdf',
  'Open עברית.txt',
  'Summarise lease.pdf',
].map((title) => ({ title }));
const best = (query: string) => matches(query, items)[0]?.item.title;

describe('matches', () => {
  it('finds by beginnings, by letters in order and by words in any order', () => {
    expect(best('dark')).toBe('Theme: dark');
    expect(best('opl')).toBe('Open lease.pdf');
    expect(best('settings go')).toBe('Go to Settings');
    expect(best('עבר')).toBe('Open עברית.txt');
    expect(best('SUMLEASE')).toBe('Summarise lease.pdf');
    expect(matches('zzzz', items)).toEqual([]);
  });

  it('gives all in their order where nothing is typed', () => {
    expect(matches(' ', items).map(({ item }) => item)).toEqual(items);
  });

  it('tells the matched letters, and loses none of the title', () => {
    for (const query of ['opl', 'o', 'lab', 'go to', 'pdf']) {
      for (const { item, pieces } of matches(query, items)) {
        expect(pieces.join('')).toBe(item.title);
        const matched = pieces.filter((_, i) => i % 2 === 1).join('');
        expect([...matched.toLowerCase().replace(/\s/g, '')].sort()).toEqual([...query.replace(/\s/g, '')].sort());
      }
    }
  });
});
