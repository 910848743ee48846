import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Page } from '../../pipeline/document.ts';
import { around, boxes, overlap, pieces, touches, type Highlight } from './marks.ts';

const byLength = (text: string): number => text.length;

describe('overlap', () => {
  it('is the shared range, and null when only the edges meet', () => {
    expect(overlap({ start: 2, end: 8 }, { start: 5, end: 20 })).toEqual({ start: 5, end: 8 });
    expect(overlap({ start: 2, end: 8 }, { start: 8, end: 20 })).toBeNull();
  });
});

describe('pieces', () => {
  it('leaves a text without highlights whole', () => {
    expect(pieces({ start: 3, end: 9 }, [])).toEqual([{ start: 3, end: 9, as: [] }]);
  });

  it('marks a citation that runs in from before and a match inside it', () => {
    const highlights: Highlight[] = [
      { start: 0, end: 6, as: 'cited' },
      { start: 4, end: 5, as: 'current' },
    ];
    expect(pieces({ start: 3, end: 9 }, highlights)).toEqual([
      { start: 3, end: 4, as: ['cited'] },
      { start: 4, end: 5, as: ['cited', 'current'] },
      { start: 5, end: 6, as: ['cited'] },
      { start: 6, end: 9, as: [] },
    ]);
  });

  it('covers the range in order, marking exactly the highlighted characters', () => {
    const span = fc.tuple(fc.nat(60), fc.nat(20)).map(([start, size]) => ({ start, end: start + size }));
    const highlight = fc.tuple(span, fc.constantFrom<Highlight['as']>('cited', 'found', 'current'));
    fc.assert(
      fc.property(span, fc.array(highlight, { maxLength: 6 }), (range, list) => {
        const highlights = list.map(([at, as]): Highlight => ({ ...at, as }));
        const result = pieces(range, highlights);
        expect(result.reduce((sum, piece) => sum + piece.end - piece.start, 0)).toBe(range.end - range.start);
        let at = range.start;
        for (const piece of result) {
          expect(piece.start).toBe(at);
          at = piece.end;
          for (let offset = piece.start; offset < piece.end; offset += 1) {
            const reasons = new Set(highlights.filter((h) => h.start <= offset && offset < h.end).map((h) => h.as));
            expect(new Set(piece.as)).toEqual(reasons);
          }
        }
      }),
    );
  });
});

describe('boxes', () => {
  const text = 'three months notice\nin writing';
  const page: Page = {
    number: 4,
    start: 0,
    end: text.length,
    width: 600,
    height: 800,
    runs: [
      { start: 0, end: 12, x: 100, y: 50, width: 120, height: 10 },
      { start: 13, end: 19, x: 230, y: 50, width: 60, height: 10 },
      { start: 20, end: 30, x: 100, y: 64, width: 100, height: 10 },
    ],
  };

  it('takes the proportional part of a run that the span starts or ends in', () => {
    const marked = boxes(page, text, [{ start: 6, end: 23, as: 'cited' }], byLength).filter((box) => box.as.length > 0);
    expect(marked.map((box) => text.slice(box.start, box.end))).toEqual(['months', 'notice', 'in ']);
    expect(marked.map(({ x, y, width }) => [x, y, width])).toEqual([
      [160, 50, 70],
      [230, 50, 60],
      [100, 64, 30],
    ]);
  });

  it('reaches over the gap between two marked runs of a line but not over one that is not marked', () => {
    const [first] = boxes(page, text, [{ start: 0, end: 12, as: 'cited' }], byLength);
    expect(first?.width).toBe(120);
    const [joined] = boxes(page, text, [{ start: 0, end: 19, as: 'cited' }], byLength);
    expect(joined?.width).toBe(130);
  });

  it('goes from the right in Hebrew and Arabic, over the gap to the left too', () => {
    const hebrew = 'הודעה מוקדמת בכתב';
    const runs = [
      { start: 0, end: 12, x: 300, y: 50, width: 120, height: 10 },
      { start: 13, end: 17, x: 250, y: 50, width: 40, height: 10 },
    ];
    const rtl: Page = { ...page, end: hebrew.length, runs };
    const marked = boxes(rtl, hebrew, [{ start: 6, end: 15, as: 'cited' }], byLength).filter(({ as }) => as.length > 0);
    expect(marked.map((box) => hebrew.slice(box.start, box.end))).toEqual(['מוקדמת', 'בכ']);
    expect(marked.map(({ x, width }) => [x, x + width])).toEqual([
      [290, 360],
      [270, 290],
    ]);
  });

  it('keeps every run once when nothing is marked', () => {
    expect(boxes(page, text, [], byLength)).toEqual(page.runs.map((run) => ({ ...run, as: [] })));
  });

  it('survives a run whose text has no width', () => {
    const marked = boxes(page, text, [{ start: 3, end: 5, as: 'found' }], () => 0);
    expect(marked.every((box) => Number.isFinite(box.x) && box.width >= 0)).toBe(true);
  });
});

describe('touches and around', () => {
  it('asks for a shared character and one of the reasons', () => {
    const highlights: Highlight[] = [{ start: 5, end: 9, as: 'found' }];
    expect(touches({ start: 0, end: 6 }, highlights, 'found')).toBe(true);
    expect(touches({ start: 0, end: 5 }, highlights, 'found')).toBe(false);
    expect(touches({ start: 0, end: 6 }, highlights, 'cited', 'current')).toBe(false);
  });

  it('keeps the neighbours of one item', () => {
    expect(around([0, 1, 2, 3, 4, 5], 1, 2)).toEqual([0, 1, 2, 3]);
  });
});
