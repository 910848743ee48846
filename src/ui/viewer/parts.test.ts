import { describe, expect, it } from 'vitest';
import type { Document, Part } from '../../pipeline/document.ts';
import { contents, partAt, tally, whereabouts } from './parts.ts';

const section = (label: string, start: number, end: number): Part => ({ kind: 'section', label, start, end });
const parts = [section('House', 0, 90), section('Animals', 10, 40), section('Dogs', 20, 40), section('Noise', 40, 90)];

describe('contents', () => {
  it('knows how deep a section lies', () => {
    expect(contents(parts).map((line) => line.depth)).toEqual([0, 1, 2, 1]);
  });
  it('keeps empty pages beside each other', () => {
    const pages = [0, 5, 5, 5].map((start, index): Part => ({
      kind: 'page',
      label: `page ${index + 1}`,
      start,
      end: index === 0 || index === 3 ? start + 5 : start,
    }));
    expect(contents(pages).map((line) => line.depth)).toEqual([0, 0, 0, 0]);
  });
});

describe('partAt', () => {
  it('is the innermost one', () => {
    expect(partAt(parts, 25)?.label).toBe('Dogs');
    expect(partAt(parts, 12)?.label).toBe('Animals');
    expect(partAt(parts, 5)?.label).toBe('House');
    expect(partAt(parts, 90)).toBeNull();
  });
});

describe('whereabouts', () => {
  it('counts pages and names sections', () => {
    const page: Part = { kind: 'page', label: 'page 2', start: 5, end: 9 };
    const document: Document = {
      path: 'a.pdf',
      name: 'a.pdf',
      kind: 'pdf',
      title: 'a',
      text: '',
      parts: [{ kind: 'page', label: 'page 1', start: 0, end: 5 }, page],
      blocks: [],
      shown: { as: 'text' },
      notes: [],
      author: '',
      date: '',
      omitted: [],
      inner: [],
    };
    expect(whereabouts(document, page)).toBe('page 2 of 2');
    expect(whereabouts(document, parts[1] ?? null)).toBe('Animals');
    expect(whereabouts(document, null)).toBe('');
  });
});

describe('tally', () => {
  it('counts what the file has of its own, not the stretches that a reader made', () => {
    const part = (kind: Part['kind']): Part => ({ kind, label: 'x', start: 0, end: 1 });
    expect(tally([part('sheet'), part('rows'), part('rows'), part('sheet'), part('section')])).toBe(
      '2 sheets, 1 section',
    );
    expect(tally([part('lines')])).toBe('');
  });
});
